/** One payload, call or fault in the inspector. */

import { make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";
import { exactTime } from "/shared/times.js";
import { copy } from "./copying.js";

/** @typedef {import("../protocol.js").Entry} Entry */

export class EntryItem {
  /** @param {Entry} entry */
  constructor({ id, kind }) {
    const detailId = `entry-${id}`;
    this.row = make("button.entry-row", {
      type: "button",
      "aria-expanded": "false",
      "aria-controls": detailId,
    });
    this.detail = make("div.entry-detail", { id: detailId, hidden: true });
    this.node = make(`li.entry.is-${kind}`, {}, this.row, this.detail);
    this.row.addEventListener("click", () => this.toggle());
  }

  /** @param {Entry} entry */
  draw(entry) {
    if (this.entry === entry) return;
    this.entry = entry;
    const { warning } = entry;
    this.node.classList.toggle("is-warned", Boolean(warning));
    const refusal = make("span.entry-warning", {}, icon("warning"), make("span", {}, warning));
    this.row.replaceChildren(
      make("time.entry-time", { datetime: entry.at }, exactTime(new Date(entry.at))),
      make("span.entry-kind", {}, entry.kind),
      make("span.entry-title", {}, entry.title),
      make("span.entry-who", {}, entry.who),
      make("span.entry-outcome", {}, outcomeOf(entry)),
      warning ? refusal : "",
    );
    if (!this.detail.hidden) this.drawDetail();
  }

  toggle() {
    this.detail.hidden = !this.detail.hidden;
    this.row.setAttribute("aria-expanded", String(!this.detail.hidden));
    if (this.detail.hidden) return;
    this.drawDetail();
    this.node.scrollIntoView({ block: "nearest" });
  }

  drawDetail() {
    const { request, answer, kind } = this.entry;
    const words = kind === "call" ? ["Arguments", "Answer"] : ["Payload", "Answer of the app"];
    this.detail.replaceChildren(part(words[0], request), part(words[1], answer));
  }
}

/** @param {Entry} entry */
function outcomeOf({ kind, outcome, milliseconds, warning }) {
  const shown = kind === "fault" || (kind === "call" && warning) ? "" : outcome;
  const time = milliseconds === null ? "" : `${milliseconds} ms`;
  return [shown, time].filter(Boolean).join(", ");
}

function part(title, content) {
  if (content === null || content === undefined) {
    return make("p.entry-part-title", {}, `${title}: none`);
  }
  const text = JSON.stringify(content, null, 2);
  const label = `Copy ${title.toLowerCase()}`;
  const press = { type: "button", title: label, "aria-label": label, onclick: () => copy(text) };
  const button = make("button.entry-copy", press, icon("copy"));
  const code = make("pre.entry-json", { tabindex: "0", "aria-label": title, role: "region" }, text);
  return make("div.entry-part", {}, make("h3.entry-part-title", {}, title), button, code);
}
