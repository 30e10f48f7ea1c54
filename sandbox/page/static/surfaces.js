/** What the drawing of blocks is given. */

import { toast } from "./toasts.js";

/** @typedef {import("./protocol.js").Snapshot} Snapshot */

/**
 * Makes the context of one surface after another, for the workspace as it is now.
 * @param {Snapshot} snapshot
 * @param {import("./deeds.js").Deeds} deeds
 * @param {(id: string) => void} openUser
 */
export function contexts({ me, users, channels }, deeds, openUser) {
  const shared = {
    // What a message shows besides its own: it is drawn anew when this changes.
    surroundings: JSON.stringify([me.locale, me.tz, users, channels]),
    me,
    users,
    channels,
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
