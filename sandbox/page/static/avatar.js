/** The small square before a name. */

import { make } from "./blocks/dom.js";

const COLOURS = 8;

/** @param {string} id decides the colour @param {string} name gives the letters */
export function avatar(id, name) {
  const sum = [...id].reduce((total, letter) => total + letter.codePointAt(0), 0);
  const classes = `span.avatar.avatar-${sum % COLOURS}`;
  return make(classes, { "aria-hidden": "true" }, initials(name));
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word][0].toLocaleUpperCase("en")).join("");
}
