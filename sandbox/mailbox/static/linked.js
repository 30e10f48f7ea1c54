/** Text with its web addresses to follow. Text becomes text nodes only, never HTML. */

import { make } from "/shared/dom.js";

const ADDRESS = /https?:\/\/[^\s<>"]+/g;
// What stands after an address belongs to the sentence, unless it closes what it opened.
const AFTER = /[.,;:!?'*]+$/;

/** @param {string} text */
export function linked(text) {
  const pieces = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = trimmed(found);
    pieces.push(text.slice(done, index), link(address));
    done = index + address.length;
  }
  return [...pieces, text.slice(done)];
}

function trimmed(found) {
  const address = found.replace(AFTER, "");
  return address.endsWith(")") && !address.includes("(") ? trimmed(address.slice(0, -1)) : address;
}

function link(address) {
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
}
