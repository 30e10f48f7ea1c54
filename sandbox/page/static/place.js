/**
 * Where the address leads in the workspace as it is now.
 *
 * @typedef {import("./protocol.js").Conversation} Conversation
 * @typedef {import("./protocol.js").Snapshot} Snapshot
 * @typedef {{conversation: Conversation|null, tab: import("./address.js").Tab|null}}
 *   Whereabouts  with a `tab` it is the app; its conversation may not have begun yet
 */

/**
 * @param {import("./address.js").Place} place
 * @param {Snapshot} snapshot
 * @returns {Whereabouts}
 */
export function whereabouts(place, { app, conversations }) {
  const atApp = (tab) => ({ conversation: withTheApp(conversations), tab });
  if (place.tab) return atApp(offered(place.tab, app));
  const isMeant = ({ id, name }) => place.channel && [id, name].includes(place.channel);
  const found = conversations.find(isMeant);
  if (found && isWithTheApp(found)) return atApp(offered("messages", app));
  if (found) return { conversation: found, tab: null };
  const first = firstChannel(conversations);
  return first ? { conversation: first, tab: null } : atApp(offered("home", app));
}

/** Her direct messages with the app. */
export function withTheApp(conversations) {
  return conversations.find(isWithTheApp) ?? null;
}

/** @param {Conversation} conversation */
export function isWithTheApp(conversation) {
  return conversation.is_im && conversation.with_app;
}

/**
 * What kind of conversation it is, as a drawing and in words.
 * @param {Conversation} conversation
 * @returns {{shape: "person"|"lock"|"hash", words: string}}
 */
export function kindOf({ is_im: isDirect, is_private: isPrivate }) {
  if (isDirect) return { shape: "person", words: "direct message" };
  if (isPrivate) return { shape: "lock", words: "private channel" };
  return { shape: "hash", words: "channel" };
}

function firstChannel(conversations) {
  const channels = conversations.filter((each) => !each.is_im);
  return channels.sort((one, other) => one.name.localeCompare(other.name))[0];
}

function offered(tab, app) {
  if (tab === "home") return app.has_home ? "home" : "messages";
  return app.has_messages || !app.has_home ? "messages" : "home";
}
