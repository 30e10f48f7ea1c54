/** One modal: its frame, its form, and how it is submitted and closed. */

import { freshId, make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";
import { plain } from "./mrkdwn.js";
import { surfaceOf } from "./surface.js";

const TYPED = "input.bk-text-input, input.bk-date-input";
const REACHABLE = "button, a[href], input, textarea, select, [tabindex='0']";

export class Modal {
  #view = null;
  #sentAt = null;
  #isSending = false;

  constructor(id) {
    this.id = id;
    const title = freshId();
    this.title = make("h2.bk-modal-title", {
      id: title,
      tabindex: "-1",
      dir: "auto",
      "data-fallback-focus": true,
    });
    this.host = make("div.bk-modal-blocks");
    this.body = make("div.bk-modal-body", {}, this.host);
    this.alert = make("p.visually-hidden", { role: "alert", lang: "en" });
    this.trouble = make("p.bk-trouble", { role: "alert", lang: "en", hidden: true });
    this.closer = this.#button("bk-close", () => this.close(false));
    this.submitter = this.#button("bk-primary", () => this.submit());
    this.words = make("span.bk-button-words");
    this.submitter.append(this.words, make("span.bk-spinner", { "aria-hidden": "true" }));
    const buttons = make("div.bk-modal-buttons", {}, this.closer, this.submitter);
    this.node = make(
      "dialog.bk-modal",
      { "aria-labelledby": title },
      make("div.bk-modal-head", {}, this.title, this.#cross()),
      this.body,
      make("div.bk-modal-foot", {}, this.trouble, this.alert, buttons),
    );
    this.node.addEventListener("keydown", (event) => this.#onKey(event));
    this.node.addEventListener("cancel", (event) => event.preventDefault());
    this.surface = surfaceOf(this.host);
  }

  #button(kind, onclick) {
    return make(`button.bk-button.${kind}`, { type: "button", onclick });
  }

  #cross() {
    const attributes = {
      type: "button",
      "aria-label": "Close",
      lang: "en",
      onclick: () => this.close(true),
    };
    return make("button.bk-cross", attributes, icon("cross"));
  }

  /** Draw it as it is now. */
  draw(view, context) {
    const wasBusy = this.isBusy;
    this.#view = view;
    if (view.is_submitting || view.revision !== this.#sentAt) this.#sentAt = null;
    this.title.textContent = plain(view.title);
    this.submitter.hidden = !view.submit;
    this.words.textContent = plain(view.submit ?? "");
    this.closer.textContent = view.close
      ? plain(view.close)
      : view.submit
        ? "Cancel"
        : "Close";
    this.#say(this.trouble, view.trouble ?? "");
    this.surface.draw(view.blocks, {
      ...context,
      surface: { view: view.id },
      values: view.values,
      errors: view.errors,
    });
    this.#showBusy();
    this.#letScroll();
    if (wasBusy && !this.isBusy) this.#pointAtErrors();
  }

  /** Put the keyboard where somebody would begin. */
  enter() {
    const blocks = this.#view.blocks;
    const wanted = blocks.find(({ element, accessory, elements }) =>
      [element, accessory, ...(elements ?? [])].some((each) => each?.focus_on_load),
    );
    const first = wanted ?? blocks.find((block) => block.type === "input");
    if (!first || !this.surface.focus(first.block_id)) this.title.focus();
  }

  /** Whether the keyboard is where an opening puts it that finds nothing to fill in. */
  get isAtTitle() {
    return document.activeElement === this.title;
  }

  get revision() {
    return this.#view?.revision;
  }

  /** A text too long for its frame scrolls by the keyboard too. */
  #letScroll() {
    const isLong = this.body.scrollHeight > this.body.clientHeight;
    if (isLong && !this.host.querySelector(REACHABLE)) this.body.tabIndex = 0;
    else this.body.removeAttribute("tabindex");
    this.node.classList.toggle("bk-is-long", isLong);
  }

  #say(node, words) {
    if (node.textContent !== words) node.textContent = words;
    node.hidden = !words;
  }

  // -- submitting -----------------------------------------------------------------

  /** From the press until the app's answer has been drawn. */
  get isBusy() {
    return this.#isSending || this.#sentAt !== null || Boolean(this.#view?.is_submitting);
  }

  #showBusy() {
    this.surface.isBusy = this.isBusy;
    this.submitter.setAttribute("aria-disabled", String(this.isBusy));
    this.submitter.classList.toggle("bk-is-busy", this.isBusy);
    this.host.setAttribute("aria-busy", String(this.isBusy));
  }

  async submit() {
    if (this.isBusy || !this.#view.submit) return;
    this.surface.clearProblems();
    this.alert.textContent = "";
    const sent = this.surface.send({ deed: "submit", view_id: this.id });
    this.#isSending = true;
    const { revision } = this.#view;
    this.#showBusy();
    const answer = await sent;
    this.#isSending = false;
    const isRefused = answer.problem !== undefined && answer.ok !== true;
    // What came in meanwhile may already be the answer.
    if (!isRefused && this.#view.revision === revision) this.#sentAt = revision;
    if (isRefused) this.#refuse(answer);
    this.#showBusy();
    if (!this.isBusy) this.#pointAtErrors();
  }

  /** What Slack's client does not send; a problem that is no field's the page says. */
  #refuse(answer) {
    for (const [blockId, problem] of Object.entries(answer.fields ?? {})) {
      this.surface.showProblem(blockId, problem[0].toUpperCase() + problem.slice(1));
    }
  }

  /** To the first field that is not good, and how many there are. */
  #pointAtErrors() {
    const wrong = this.surface.wrongFields();
    if (wrong.length === 0) return;
    const count = wrong.length === 1 ? "1 field needs" : `${wrong.length} fields need`;
    this.alert.textContent = `${count} your attention.`;
    wrong[0].focus();
  }

  // -- closing --------------------------------------------------------------------

  close(isWhole) {
    this.surface.isBusy = false;
    this.surface.send({ deed: "close", view_id: this.id, whole_stack: isWhole });
  }

  #onKey(event) {
    if (event.defaultPrevented) return;
    const isEnter = event.key === "Enter" && !event.isComposing;
    const isMeant = event.ctrlKey || event.metaKey || event.target.matches(TYPED);
    if (isEnter && isMeant) {
      event.preventDefault();
      this.submit();
    }
    if (event.key === "Escape") {
      event.preventDefault();
      this.close(true);
    }
  }
}
