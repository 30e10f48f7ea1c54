/** Everything that is typed: text, e-mail, addresses, numbers. */

import { freshId, make } from "/shared/dom.js";
import { plain } from "./mrkdwn.js";

const LONGEST = 3000;
const MODES = {
  email_text_input: "email",
  url_text_input: "url",
  number_input: "decimal",
};
/** Nearer to the end than this the counter is said aloud too. */
const NEARLY = 20;

function isMultiline(element) {
  return element.multiline === true || element.type === "rich_text_input";
}

function drawn({ element, isRequired }) {
  const isLong = isMultiline(element);
  const { placeholder } = element;
  const words = placeholder ? plain(placeholder.text, placeholder) : null;
  return make(isLong ? "textarea.bk-text-input" : "input.bk-text-input", {
    id: freshId(),
    type: isLong ? null : "text",
    rows: isLong ? "4" : null,
    inputmode: MODES[element.type],
    placeholder: words,
    "aria-label": words ?? "Text",
    "aria-required": isRequired ? "true" : null,
    maxlength:
      element.type === "plain_text_input" ? (element.max_length ?? LONGEST) : null,
    autocomplete: "off",
    spellcheck: isLong ? null : "false",
    dir: "auto",
    "data-part": "text",
    "data-multiline": isLong,
  });
}

/** Text as this element keeps it; nothing at all rather than an empty text. */
function kept(element, text) {
  if (!text) return null;
  if (element.type !== "rich_text_input") return text;
  const section = { type: "rich_text_section", elements: [{ type: "text", text }] };
  return { type: "rich_text", elements: [section] };
}

function shownText(value) {
  if (typeof value !== "object" || value === null) return value ?? "";
  const words = (node) => node.text ?? (node.elements ?? []).map(words).join("");
  return value.elements.map(words).join("\n");
}

function counter(element, control) {
  if (!element.max_length) return { node: null, count: () => {} };
  const node = make("p.bk-counter", { id: freshId() });
  const count = () => {
    const left = element.max_length - control.value.length;
    node.textContent = `${control.value.length} / ${element.max_length}`;
    node.classList.toggle("bk-is-full", left === 0);
    node.setAttribute("aria-live", left <= NEARLY ? "polite" : "off");
  };
  return { node, count };
}

/** The sending of what is typed: when she leaves, presses Enter, or at every letter. */
function listen(control, spot, count) {
  const { field, surface, element } = spot;
  const isDispatched = Boolean(spot.block.dispatch_action);
  control.addEventListener("input", (event) => {
    count();
    field.takeTyped(kept(element, control.value));
    if (spot.triggersOn("on_character_entered") && !event.isComposing) field.send();
  });
  control.addEventListener("blur", () => {
    if (field.isDirty && !surface.isDrawing && !surface.isBusy)
      field.send({ isQuiet: isDispatched });
  });
  control.addEventListener("keydown", (event) => {
    const isEnter = event.key === "Enter" && !event.isComposing && !event.shiftKey;
    if (!isEnter || !spot.triggersOn("on_enter_pressed")) return;
    event.preventDefault();
    field.send();
  });
}

/** @param {import("./spot.js").Spot} spot */
export function textInput(spot) {
  const control = drawn(spot);
  const { node: counted, count } = counter(spot.element, control);
  listen(control, spot, count);
  const show = (value) => {
    const text = shownText(value);
    if (control.value !== text) control.value = text;
    count();
  };
  const node = make("div.bk-typed", {}, control, counted);
  return { node, control, show, isTyped: true, describedBy: counted?.id };
}
