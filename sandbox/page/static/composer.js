/** Where a person writes: messages, and slash commands with completion. */

import { make } from "/shared/dom.js";
import { Completion } from "./completion.js";
import { icon } from "/shared/icons.js";
import { setText } from "/shared/keyed.js";

/**
 * @typedef {{conversationId: string, label: string, closed: string,
 *   commands: import("./protocol.js").Command[], app: string}} Desk  where one writes;
 *   `closed` says why one can't
 */

export class Composer {
  /** @param {(conversationId: string, text: string) => Promise<boolean>} send */
  constructor(send) {
    this.send = send;
    this.host = document.getElementById("composer");
    this.drafts = new Map();
    this.closed = make("p.composer-closed", { hidden: true });
    this.input = make("div.composer-input", INPUT);
    this.hint = make("p.composer-hint", { id: "composer-hint" });
    const words = make("span.visually-hidden", {}, "Send");
    this.button = make("button.composer-send", { type: "submit" }, icon("send"), words);
    const list = make("ul.commands", { id: "commands", role: "listbox", "aria-label": "Commands" });
    list.hidden = true;
    this.form = make("form.composer", {}, list, this.hint, this.input, this.button);
    this.completion = new Completion(this.input, list, (command) => this.write(`${command} `));
    this.host.append(this.closed, this.form);
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("blur", () => this.completion.close());
    this.input.addEventListener("keydown", (press) => this.key(press));
    this.form.addEventListener("submit", (submitting) => {
      submitting.preventDefault();
      this.submit();
    });
    this.form.addEventListener("click", (press) => {
      if (press.target === this.form) this.input.focus();
    });
  }

  get text() {
    return this.input.innerText.replaceAll("\u00a0", " ");
  }

  /** @param {Desk|null} desk */
  draw(desk) {
    this.host.hidden = !desk;
    if (!desk) return;
    const isElsewhere = desk.conversationId !== this.desk?.conversationId;
    if (isElsewhere) this.keepDraft();
    this.desk = desk;
    this.closed.hidden = !desk.closed;
    this.form.hidden = Boolean(desk.closed);
    setText(this.closed, desk.closed);
    this.input.setAttribute("aria-label", desk.label);
    this.input.dataset.placeholder = desk.label;
    if (isElsewhere) this.write(this.drafts.get(desk.conversationId) ?? "", { focus: false });
  }

  /** Whether there is something to write into now. */
  get isOpen() {
    return !this.host.hidden && !this.form.hidden;
  }

  focus() {
    this.input.focus();
  }

  /** Put words there, with the caret behind them. */
  write(text, { focus = true } = {}) {
    this.input.textContent = text;
    if (focus) {
      this.input.focus();
      getSelection().selectAllChildren(this.input);
      getSelection().collapseToEnd();
    }
    this.typed();
  }

  typed() {
    const { commands, app } = this.desk;
    const text = this.text;
    const isEmpty = !text.trim();
    this.input.classList.toggle("is-empty", text === "" || text === "\n");
    this.button.disabled = isEmpty;
    this.completion.offer(text, commands, app);
    const known = commands.find(({ command }) => text.startsWith(`${command} `));
    setText(this.hint, known ? `${known.command} ${known.usage_hint}`.trim() : "");
    this.hint.hidden = !known;
  }

  key(press) {
    if (press.isComposing) return;
    if (this.completion.key(press)) press.preventDefault();
    else if (press.key === "Enter" && !press.shiftKey) {
      press.preventDefault();
      this.submit();
    }
  }

  async submit() {
    const { text } = this;
    const { conversationId } = this.desk;
    if (!text.trim()) return;
    this.write("");
    const isSent = await this.send(conversationId, text);
    if (isSent) return;
    const isStillHere = this.desk.conversationId === conversationId;
    if (!isStillHere) this.drafts.set(conversationId, text);
    else if (!this.text.trim()) this.write(text);
  }

  keepDraft() {
    if (this.desk) this.drafts.set(this.desk.conversationId, this.text);
  }
}

const INPUT = {
  contenteditable: "plaintext-only",
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-haspopup": "listbox",
  "aria-controls": "commands",
  "aria-expanded": "false",
  "aria-describedby": "composer-hint",
};
