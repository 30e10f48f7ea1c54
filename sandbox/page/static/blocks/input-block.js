/** The input block: label, element, hint, and what is wrong with it. */

import { freshId, make } from "/shared/dom.js";
import { widgetOf } from "./elements.js";
import { words } from "./mrkdwn.js";

function label(block, widget, context) {
  const id = freshId();
  const optional =
    block.optional && make("span.bk-optional", { lang: "en" }, " (optional)");
  const inside = [words(block.label, context), optional];
  if (widget.isGroup || !widget.control) {
    return make("div.bk-label", { id, dir: "auto" }, inside);
  }
  widget.control.id ||= freshId();
  return make("label.bk-label", { id, for: widget.control.id, dir: "auto" }, inside);
}

/** A field with everything that belongs to it. */
export function inputBlock(block, surface, use) {
  const { context } = surface;
  const widget = widgetOf(block.element, block, surface, use);
  const title = label(block, widget, context);
  const error = make("p.bk-error", { id: freshId(), hidden: true, dir: "auto" });
  const hint =
    block.hint &&
    make("div.bk-hint", { id: freshId(), dir: "auto" }, words(block.hint, context));
  const node = make("div.bk-input", {}, title, widget.node, error, hint);
  const control = widget.control;
  const describe = (isWrong) => {
    const ids = [widget.describedBy, hint?.id, isWrong ? error.id : null];
    const listed = ids.filter(Boolean).join(" ");
    if (listed) control?.setAttribute("aria-describedby", listed);
    else control?.removeAttribute("aria-describedby");
  };
  if (control) {
    control.setAttribute("aria-labelledby", title.id);
    describe(false);
  }
  const showError = (told) => {
    error.textContent = told;
    error.hidden = !told;
    node.classList.toggle("bk-is-wrong", Boolean(told));
    describe(Boolean(told));
    if (told && !widget.isGroup) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  };
  return { node, showError, focus: () => (widget.focus ?? (() => control?.focus()))() };
}
