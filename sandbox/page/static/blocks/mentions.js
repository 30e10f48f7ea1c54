/** People, channels and addresses inside text. */

import { make } from "/shared/dom.js";
import { beside, isLink } from "./links.js";

/** A link; words alone where the address leads nowhere. */
export function link(address, words = address) {
  if (!isLink(address)) return document.createTextNode(words);
  return make("a.bk-link", beside(address), words);
}

/** Somebody's name; a press opens who that is. */
export function userMention(id, fallback, context) {
  const name = context.users?.[id]?.name ?? (fallback || id);
  const attributes = { "data-user": id, "data-fallback": fallback ?? "" };
  const own = id === context.me?.id ? ".bk-mention-me" : "";
  if (!context.openUser || !context.users?.[id]) {
    return make(`span.bk-mention${own}`, attributes, `@${name}`);
  }
  const open = () => context.openUser(id);
  const button = { ...attributes, type: "button", onclick: open };
  return make(`button.bk-mention${own}`, button, `@${name}`);
}

/** A channel's name. */
export function channelMention(id, fallback, context) {
  const name = context.channels?.[id]?.name ?? (fallback || id);
  const attributes = { "data-channel": id, "data-fallback": fallback ?? "" };
  return make("span.bk-mention", attributes, `#${name}`);
}

/** @here, @channel, @everyone, or a group. */
export function broadcastMention(words) {
  return make("span.bk-mention.bk-mention-all", {}, words);
}

/** Give mentions the names that people and channels have now. */
export function refreshMentions(host, context) {
  for (const node of host.querySelectorAll(".bk-mention[data-user]")) {
    const { user, fallback } = node.dataset;
    rename(node, `@${context.users?.[user]?.name ?? (fallback || user)}`);
  }
  for (const node of host.querySelectorAll(".bk-mention[data-channel]")) {
    const { channel, fallback } = node.dataset;
    rename(node, `#${context.channels?.[channel]?.name ?? (fallback || channel)}`);
  }
}

function rename(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
