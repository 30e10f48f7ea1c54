/** The small square before a name. */

import { make } from "/shared/dom.js";

const COLOURS = 8;

/** @param {string} name gives the letters and the colour */
export function avatar(name) {
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  const classes = `span.avatar.avatar-${sum % COLOURS}`;
  return make(classes, { "aria-hidden": "true" }, initials(name));
}

/** The app's, which is not a person. */
export function appSign() {
  return make("span.avatar.app-sign", { "aria-hidden": "true" });
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word][0].toLocaleUpperCase("en")).join("");
}
