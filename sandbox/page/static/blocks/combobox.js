/**
 * The editable combobox of the ARIA practices: one types to narrow a list down, the
 * arrows go through it, Enter picks, Escape leaves it as it was.
 */

import { freshId, make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";
import { OptionList } from "./option-list.js";
import { Popup } from "./popup.js";

const PAGE = 8;
/** Widths in characters, where nothing around it says how wide a select is. */
const [NARROWEST, WIDEST] = [12, 32];

export class Combobox {
  #typed = "";
  #round = 0;

  /**
   * @param {object} how
   * @param {{find: Function, pause: number}} how.source
   * @param {string} how.placeholder
   * @param {boolean} how.isMulti
   * @param {(option: object) => boolean} how.isChosen
   * @param {() => boolean} [how.isFull] whether nothing more can be chosen
   * @param {(option: object) => void} how.onPick
   * @param {() => string} how.restingText what it says while its list is closed
   * @param {() => void} [how.onBackspace] pressed in an empty field
   */
  constructor(how) {
    this.how = how;
    this.list = new OptionList({
      isMulti: how.isMulti,
      isChosen: how.isChosen,
      isFull: how.isFull ?? (() => false),
      onPick: (option) => this.#pick(option),
      onActive: (id) => this.#point(id),
    });
    this.input = this.#drawnInput(how.placeholder);
    this.list.node.setAttribute("aria-label", how.placeholder);
    this.notice = make("p.bk-popup-notice", { role: "status", lang: "en" });
    // A press in the popup leaves the keyboard where it was: in the field.
    const stay = { onmousedown: (event) => event.preventDefault() };
    const popup = make("div.bk-popup", stay, this.list.node, this.notice);
    this.box = make(
      "div.bk-combobox",
      { onclick: () => this.#onClick() },
      this.input,
      icon("chevron"),
    );
    this.node = make("div.bk-select", {}, this.box, popup);
    this.popup = new Popup(popup, this.box);
  }

  #drawnInput(placeholder) {
    return make("input.bk-combobox-input", {
      id: freshId(),
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      placeholder,
      size: Math.max(NARROWEST, Math.min(placeholder.length, WIDEST)),
      "aria-label": placeholder,
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-controls": this.list.node.id,
      "data-part": "input",
      dir: "auto",
      oninput: () => this.#search(this.input.value),
      onkeydown: (event) => this.#onKey(event),
      onblur: () => this.close(),
    });
  }

  get isOpen() {
    return this.popup.isOpen;
  }

  /** Say what is chosen, unless she is searching. */
  rest() {
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    if (!this.isOpen) this.input.value = this.how.restingText();
    this.list.markChosen();
  }

  open() {
    if (this.isOpen) return;
    this.input.select();
    this.#search("");
  }

  close() {
    this.#round += 1;
    this.popup.close();
    this.#point(null);
    this.rest();
  }

  #point(id) {
    if (id && this.isOpen) this.input.setAttribute("aria-activedescendant", id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #onClick() {
    this.input.focus();
    this.open();
  }

  #pick(option) {
    if (!this.how.isMulti) {
      this.close();
      this.how.onPick(option);
      return;
    }
    this.how.onPick(option);
    this.input.value = "";
    if (this.#typed) this.#search("");
    else this.list.markChosen();
  }

  /** Find what fits; an answer to what she typed before is an answer no more. */
  async #search(typed) {
    this.popup.open();
    this.input.setAttribute("aria-expanded", "true");
    this.#typed = typed;
    this.#round += 1;
    const round = this.#round;
    const found = this.how.source.find(typed.trim(), () => round === this.#round);
    if (found instanceof Promise) {
      this.#show({ groups: [], notice: "Searching…" });
      const answer = await found;
      if (round === this.#round) this.#show(answer);
    } else {
      this.#show(found);
    }
  }

  #show({ groups, notice = "" }) {
    this.list.show(groups, this.#typed !== "");
    const isFull = this.how.isMulti && this.how.isFull?.();
    const told = isFull ? "You have chosen as many as you can." : notice;
    this.notice.textContent = told || (this.list.isEmpty ? "No results" : "");
    this.list.node.hidden = this.list.isEmpty;
    this.popup.place();
  }

  // -- keyboard -------------------------------------------------------------------

  #onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const act = this.isOpen ? this.#whenOpen(event) : this.#whenClosed(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #whenClosed(event) {
    const isEmpty = this.input.value === "";
    if (["ArrowDown", "ArrowUp", "Enter", " "].includes(event.key))
      return () => this.open();
    if (event.key === "Backspace" && isEmpty) return this.how.onBackspace;
    return null;
  }

  #whenOpen(event) {
    if (event.key === "ArrowUp" && event.altKey) return () => this.close();
    const isEmpty = this.input.value === "";
    const acts = {
      ArrowDown: () => this.list.move(1),
      ArrowUp: () => this.list.move(-1),
      PageDown: () => this.list.move(PAGE),
      PageUp: () => this.list.move(-PAGE),
      Home: () => this.list.activate(0),
      End: () => this.list.toEnd(),
      Enter: () => this.list.pick(),
      Escape: () => this.close(),
      Backspace: isEmpty ? this.how.onBackspace : null,
    };
    return acts[event.key] ?? null;
  }
}
