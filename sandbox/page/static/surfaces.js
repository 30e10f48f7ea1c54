/** What the drawing of blocks is given. */

import { toast } from "./toasts.js";

/** @typedef {import("./protocol.js").Snapshot} Snapshot */

/**
 * Makes the context of one surface after another, for the workspace as it is now.
 * @param {Snapshot} snapshot
 * @param {import("./deeds.js").Deeds} deeds
 * @param {(id: string) => void} openUser
 */
export function contexts(snapshot, deeds, openUser) {
  const { me, users, channels } = snapshot;
  const shared = {
    // What a message shows besides its own: it is drawn anew when this changes.
    surroundings: JSON.stringify([me.locale, me.tz, users, channels]),
    me,
    users,
    channels,
    directs: directs(snapshot),
    deed: (body) => deeds.do(body),
    upload: (form) => deeds.upload(form),
    downloadUrl: (fileId) => deeds.downloadUrl(fileId),
    openUser,
    say: toast,
  };
  return {
    ofMessage: (channel, { ts, values }) => ({
      ...shared,
      surface: { channel, message: ts },
      values,
      errors: {},
    }),
    ofView: (view) => ({
      ...shared,
      surface: { view: view.id },
      values: view.values,
      errors: view.errors ?? {},
    }),
    ofModals: () => ({ ...shared, surface: null, values: {}, errors: {} }),
  };
}

/** Her direct messages by id, with whom they are: those with the app. */
function directs({ app, conversations }) {
  const found = conversations.filter((each) => each.is_im && each.with_app);
  return Object.fromEntries(found.map(({ id }) => [id, app.name]));
}
