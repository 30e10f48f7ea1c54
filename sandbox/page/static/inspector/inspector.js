/** What goes between the app and Slack, live, for whoever builds the app. */

import { setText, syncChildren } from "/shared/keyed.js";
import { LiveStream } from "/shared/live.js";
import { copy } from "./copying.js";
import { EntryItem } from "./entry.js";
import { isWanted, offerPeople, wantedIn } from "./filter.js";

/** @typedef {import("../protocol.js").Entry} Entry */

const SHOWN_AT_MOST = 400;
const NEAR_THE_END = 40;

const part = (name) => document.getElementById(`inspector-${name}`);

export class Inspector {
  constructor() {
    this.panel = document.getElementById("inspector");
    this.opener = document.getElementById("open-inspector");
    this.list = document.getElementById("entries");
    this.scroller = part("list");
    this.form = part("filter");
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    this.items = new Map();
    this.cleared = new Set();
    this.stream = new LiveStream("/inspector/live", "entries", {
      onData: (entries, isFirst) => this.hear(entries, isFirst),
    });
    this.listen();
  }

  listen() {
    this.opener.disabled = false;
    this.opener.addEventListener("click", () => this.toggle(this.panel.hidden));
    part("close").addEventListener("click", () => this.toggle(false));
    part("clear").addEventListener("click", () => this.clear());
    part("copy").addEventListener("click", () => this.copyAll());
    this.form.addEventListener("input", () => this.draw());
    this.form.addEventListener("submit", (submitting) => submitting.preventDefault());
    this.panel.addEventListener("keydown", (press) => {
      // In a search field Escape takes away what stands in it.
      const isSearching = press.target.type === "search" && press.target.value;
      if (press.key === "Escape" && !isSearching) this.toggle(false);
    });
  }

  toggle(isOpen) {
    this.panel.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.stream.start();
    else this.stream.stop();
    if (isOpen) this.draw();
    if (isOpen) document.getElementById("inspector-title").focus();
    else this.opener.focus();
  }

  /** A new connection tells everything again, perhaps of another workspace. */
  hear(entries, isFirst) {
    if (isFirst) this.entries.clear();
    for (const entry of entries) this.entries.set(entry.id, entry);
    this.draw();
  }

  draw() {
    const kept = [...this.entries.values()].filter((each) => !this.cleared.has(nameOf(each)));
    offerPeople(this.form.elements.namedItem("who"), kept);
    const wanted = wantedIn(this.form);
    this.found = kept.filter((entry) => isWanted(entry, wanted));
    const shown = this.found.slice(-SHOWN_AT_MOST);
    setText(part("count"), countWords(shown.length, this.found.length, kept.length));
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    this.drawRows(shown);
    if (isAtEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** @param {Entry[]} shown */
  drawRows(shown) {
    const names = new Set(shown.map(nameOf));
    for (const name of this.items.keys()) if (!names.has(name)) this.items.delete(name);
    syncChildren(this.list, shown, {
      key: nameOf,
      create: (entry) => {
        const item = new EntryItem(entry);
        this.items.set(nameOf(entry), item);
        return item.node;
      },
      update: (_, entry) => this.items.get(nameOf(entry)).draw(entry),
    });
  }

  clear() {
    for (const entry of this.entries.values()) this.cleared.add(nameOf(entry));
    this.draw();
  }

  copyAll() {
    return copy(JSON.stringify(this.found, null, 2));
  }
}

/** Ids begin again in another workspace; moments do not. @param {Entry} entry */
function nameOf({ id, at }) {
  return `${id} ${at}`;
}

function countWords(shown, found, all) {
  if (all === 0) return "Nothing yet: what people do and what the app answers comes here.";
  if (shown < found) return `The newest ${shown} of ${found}`;
  return found === all ? `${all} in all` : `${found} of ${all}`;
}
