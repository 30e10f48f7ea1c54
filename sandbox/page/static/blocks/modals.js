/** The modals somebody has open, one on the other; only the top one can be reached. */

import { make } from "/shared/dom.js";
import { currentFocus, restoreFocus } from "./focus.js";
import { Modal } from "./modal.js";

const stacks = new WeakMap();

/**
 * Draw a person's modals into `host`, again as often as they change.
 * @param {HTMLElement} host
 * @param {object[]} modals bottom to top
 * @param {object} context as of `drawBlocks`; surface, values and errors are the views'
 */
export function drawModals(host, modals, context) {
  if (!stacks.has(host)) stacks.set(host, new Stack(host));
  stacks.get(host).draw(modals, context);
}

class Stack {
  constructor(host) {
    this.host = host;
    this.modals = [];
    this.scrim = make("div.bk-scrim");
    /** Where the keyboard was before each of them opened. */
    this.openers = new Map();
    document.addEventListener("keydown", (event) => this.#onKey(event));
  }

  get top() {
    return this.modals.at(-1) ?? null;
  }

  draw(views, context) {
    const ids = new Set(views.map((view) => view.id));
    const before = this.top;
    const gone = this.modals.filter((modal) => !ids.has(modal.id));
    const kept = new Map(this.modals.map((modal) => [modal.id, modal]));
    this.modals = views.map((view) => kept.get(view.id) ?? this.#opened(view));
    for (const modal of gone) modal.node.remove();
    this.#place();
    views.forEach((view, at) => this.#draw(this.modals[at], view, context));
    if (this.top !== before) this.#moveFocus(before);
  }

  #opened(view) {
    const modal = new Modal(view.id);
    this.openers.set(view.id, currentFocus(this.host));
    return modal;
  }

  #draw(modal, view, context) {
    const { revision: before, isAtTitle } = modal;
    modal.draw(view, context);
    const isUpdate = before !== undefined && before !== view.revision;
    if (isUpdate && isAtTitle && modal === this.top) modal.enter();
  }

  #place() {
    if (this.modals.length === 0) {
      this.host.replaceChildren();
      return;
    }
    if (!this.scrim.isConnected) this.host.append(this.scrim);
    for (const modal of this.modals) {
      if (!modal.node.isConnected) this.host.append(modal.node);
      modal.node.open = true;
      modal.node.inert = modal !== this.top;
      modal.node.classList.toggle("bk-is-below", modal !== this.top);
    }
  }

  /** Into what is on top now, or back to where she was in it. */
  #moveFocus(before) {
    const opener = before && this.openers.get(before.id);
    if (before && !this.modals.includes(before)) this.openers.delete(before.id);
    if (!this.top) return;
    const isBack = opener && !this.modals.includes(before);
    if (isBack) restoreFocus(opener, this.top.node);
    else this.top.enter();
  }

  /** Escape while the keyboard is nowhere. */
  #onKey(event) {
    const isNowhere = event.target === document.body;
    if (event.key === "Escape" && isNowhere && !event.defaultPrevented)
      this.top?.close(true);
  }
}
