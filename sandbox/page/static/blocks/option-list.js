/** The list of a select: options in groups, one of them active. */

import { freshId, make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";

/**
 * @typedef {object} Option
 * @property {unknown} value what Slack keeps when it is chosen
 * @property {string} words
 * @property {string} [about] a second line
 * @typedef {{label: string, options: Option[]}} Group
 */

export class OptionList {
  #shown = [];
  #active = -1;

  /**
   * @param {{isMulti: boolean, isChosen: (option: Option) => boolean,
   *   isFull: () => boolean, onPick: (option: Option) => void,
   *   onActive: (id: string|null) => void}} how
   */
  constructor(how) {
    this.how = how;
    this.node = make("div.bk-listbox", {
      id: freshId(),
      role: "listbox",
      "aria-multiselectable": how.isMulti ? "true" : null,
    });
  }

  get isEmpty() {
    return this.#shown.length === 0;
  }

  /** The option that Enter would pick. */
  get active() {
    return this.#shown[this.#active]?.option ?? null;
  }

  /** @param {Group[]} groups @param {boolean} isFromTop rather than from what is chosen */
  show(groups, isFromTop) {
    this.#shown = [];
    this.node.replaceChildren(...groups.flatMap((group) => this.#group(group)));
    const chosen = this.#shown.findIndex(({ option }) => this.how.isChosen(option));
    this.activate(isFromTop || chosen < 0 ? 0 : chosen);
  }

  #group({ label, options }) {
    const nodes = options.map((option) => this.#option(option));
    if (!label || nodes.length === 0) return nodes;
    const id = freshId();
    const title = make(
      "div.bk-group-label",
      { id, role: "presentation", dir: "auto" },
      label,
    );
    return [make("div.bk-group", { role: "group", "aria-labelledby": id }, title, nodes)];
  }

  #option(option) {
    const at = this.#shown.length;
    const node = make(
      "div.bk-option",
      { id: freshId(), role: "option", onclick: () => this.pick(at) },
      make("span.bk-option-words", { dir: "auto" }, option.words),
      option.about && make("span.bk-option-about", { dir: "auto" }, option.about),
      icon("tick"),
    );
    node.addEventListener("mousemove", () => this.activate(at, false));
    this.#shown.push({ option, node });
    this.#mark(this.#shown[at]);
    return node;
  }

  #mark({ option, node }) {
    const isChosen = this.how.isChosen(option);
    node.setAttribute("aria-selected", String(isChosen));
    const isOut = this.how.isMulti && !isChosen && this.how.isFull();
    if (isOut) node.setAttribute("aria-disabled", "true");
    else node.removeAttribute("aria-disabled");
  }

  /** What is chosen has changed. */
  markChosen() {
    this.#shown.forEach((each) => this.#mark(each));
  }

  activate(at, isScrolled = true) {
    this.#shown[this.#active]?.node.classList.remove("bk-is-active");
    this.#active = Math.max(0, Math.min(at, this.#shown.length - 1));
    const node = this.#shown[this.#active]?.node;
    node?.classList.add("bk-is-active");
    if (isScrolled) node?.scrollIntoView({ block: "nearest" });
    this.how.onActive(node?.id ?? null);
  }

  move(by) {
    this.activate(this.#active + by);
  }

  toEnd() {
    this.activate(this.#shown.length - 1);
  }

  pick(at = this.#active) {
    const found = this.#shown[at];
    if (found && found.node.getAttribute("aria-disabled") !== "true") {
      this.how.onPick(found.option);
    }
  }
}
