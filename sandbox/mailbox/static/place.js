/** What the page shows, as its address says. */

/**
 * @typedef {object} Place
 * @property {string} whose the address whose mailbox it is; "" is everybody's
 * @property {string} find
 * @property {number | null} letter
 */

/** @returns {Place} */
export function placeNow() {
  const asked = new URLSearchParams(location.search);
  const letter = Number.parseInt(asked.get("letter") ?? "", 10);
  return {
    whose: (asked.get("for") ?? "").toLowerCase(),
    find: asked.get("find") ?? "",
    letter: Number.isNaN(letter) ? null : letter,
  };
}

/** @param {Place} place */
export function addressOf({ whose, find, letter }) {
  const asked = new URLSearchParams();
  if (whose) asked.set("for", whose);
  if (find) asked.set("find", find);
  if (letter !== null) asked.set("letter", `${letter}`);
  return `/?${asked}`;
}

/** A link within the page; other windows and tabs are the browser's own. */
export function onFollow(link, go) {
  link.addEventListener("click", (press) => {
    if (press.ctrlKey || press.metaKey || press.shiftKey || press.altKey) return;
    press.preventDefault();
    go();
  });
}
