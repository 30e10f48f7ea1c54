/** The list of slash commands above the composer: a combobox with a list to pick from. */

import { make } from "/shared/dom.js";
import { announce } from "./toasts.js";

/** @typedef {import("./protocol.js").Command} Command */

export class Completion {
  /**
   * @param {HTMLElement} input what is typed into
   * @param {HTMLElement} list where the commands are listed
   * @param {(command: string) => void} take
   */
  constructor(input, list, take) {
    this.input = input;
    this.list = list;
    this.take = take;
    this.found = [];
    this.at = 0;
    list.addEventListener("pointerdown", (press) => press.preventDefault());
    list.addEventListener("click", (press) => {
      const option = press.target.closest("[role=option]");
      if (option) this.choose(Number(option.dataset.at));
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /**
   * Offer the commands that begin as typed.
   * @param {string} typed
   * @param {Command[]} commands
   * @param {string} app whose commands they are
   */
  offer(typed, commands, app) {
    const isCommand = typed.startsWith("/") && !/\s/.test(typed);
    const wanted = typed.toLowerCase();
    const begins = ({ command }) => command.toLowerCase().startsWith(wanted);
    this.found = isCommand ? commands.filter(begins) : [];
    if (!this.found.length) return this.close();
    const wasOpen = this.isOpen;
    this.list.replaceChildren(...this.found.map((each, at) => option(each, at, app)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(0);
    if (!wasOpen) announce(`${this.found.length} commands; choose with the arrow keys`);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** What a key does to the list; true when it has been dealt with. */
  key(press) {
    if (!this.isOpen) return false;
    const last = this.found.length - 1;
    if (press.key === "ArrowDown") this.point(this.at === last ? 0 : this.at + 1);
    else if (press.key === "ArrowUp") this.point(this.at === 0 ? last : this.at - 1);
    else if (press.key === "Escape") this.close();
    else if (press.key === "Enter" && this.isTypedOut()) return false;
    else if (isTaking(press)) this.choose(this.at);
    else return false;
    return true;
  }

  /** Whether the whole command stands there already: then Enter sends it. */
  isTypedOut() {
    return this.found[this.at].command === this.input.textContent.trim();
  }

  choose(at) {
    const { command } = this.found[at];
    this.close();
    this.take(command);
  }

  point(at) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const pointed = this.list.children[at];
    pointed.setAttribute("aria-selected", "true");
    pointed.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", pointed.id);
  }
}

function isTaking({ key, shiftKey }) {
  return (key === "Enter" || key === "Tab") && !shiftKey;
}

/** @param {Command} command */
function option({ command, usage_hint: hint, description }, at, app) {
  return make(
    "li.command",
    { role: "option", id: `command-${at}`, "data-at": at, "aria-selected": "false" },
    make(
      "span.command-line",
      {},
      make("strong", {}, command),
      " ",
      make("span.command-hint", {}, hint),
    ),
    " ",
    make("span.command-about", {}, description),
    " ",
    make("span.command-app", {}, app),
  );
}
