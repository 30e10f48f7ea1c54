/**
 * Who one is and where, in the page's address: two windows can be two people.
 *
 * @typedef {"home"|"messages"} Tab
 * @typedef {{as: string, channel: string, tab: Tab|null}} Place  `channel` is a name or an
 *   id; with a `tab` it is the app that is open
 */

/** @returns {Place} */
export function placeOf(address) {
  const asked = new URL(address).searchParams;
  const app = asked.get("app");
  return {
    as: asked.get("as") ?? "",
    channel: asked.get("in") ?? "",
    tab: app === "home" || app === "messages" ? app : null,
  };
}

/** @param {Partial<Place>} place */
export function addressOf({ as, channel, tab }) {
  const asked = new URLSearchParams();
  if (as) asked.set("as", as);
  if (tab) asked.set("app", tab);
  else if (channel) asked.set("in", channel);
  return `/?${asked}`;
}
