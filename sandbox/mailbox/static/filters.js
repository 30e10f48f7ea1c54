/** Whose mailbox it is, and what to find in it. */

import { make } from "/shared/dom.js";
import { setText, syncChildren } from "/shared/keyed.js";

const TYPING = 200;

export class Filters {
  /** @param {{onWhose: (address: string) => void, onFind: (words: string) => void}} heard */
  constructor({ onWhose, onFind }) {
    this.whose = document.getElementById("whose");
    this.find = document.getElementById("find");
    this.whose.addEventListener("change", () => onWhose(this.whose.value));
    this.find.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => onFind(this.find.value.trim()), TYPING);
    });
  }

  /** @param {import("./place.js").Place} place */
  draw(summary, { whose, find }) {
    const known = summary?.mailboxes ?? [];
    const isKnown = known.some(({ address }) => address === whose);
    const chosen = whose && !isKnown ? [{ address: whose, count: 0 }] : [];
    const everybody = { address: "", count: summary?.count ?? 0 };
    syncChildren(this.whose, [everybody, ...chosen, ...known], {
      key: ({ address }) => address,
      create: ({ address }) => make("option", { value: address }),
      update: (option, { address, count }) =>
        setText(option, `${address || "Everybody"} (${count})`),
    });
    this.whose.value = whose;
    if (this.find.value.trim() !== find && document.activeElement !== this.find)
      this.find.value = find;
  }
}
