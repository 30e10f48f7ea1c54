/** A select of which one option is chosen. */

import { Combobox } from "./combobox.js";
import { make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";
import { plain } from "./mrkdwn.js";
import { keyOf, sourceOf, wordsOf } from "./option-sources.js";

const PLACEHOLDERS = {
  users_select: "Select a person",
  conversations_select: "Select a conversation",
  channels_select: "Select a channel",
};

/** What an empty select says. */
export function placeholderOf({ element }) {
  const { placeholder } = element;
  if (placeholder) return plain(placeholder.text, placeholder);
  return PLACEHOLDERS[element.type.replace(/^multi_/, "")] ?? "Select an option";
}

/** @param {import("./spot.js").Spot} spot */
export function select(spot) {
  const { field, element } = spot;
  const combobox = new Combobox({
    source: sourceOf(spot),
    placeholder: placeholderOf(spot),
    isMulti: false,
    isChosen: (option) =>
      field.value !== null && keyOf(option.value) === keyOf(field.value),
    onPick: (option) => field.choose(option.value),
    restingText: () => wordsOf(field.value, element.type, spot.context),
  });
  if (spot.isRequired) combobox.input.setAttribute("aria-required", "true");
  const clear = spot.isInput && spot.block.optional ? clearButton(spot, combobox) : null;
  if (clear) combobox.box.append(clear);
  const rest = () => {
    combobox.rest();
    if (clear) clear.hidden = field.value === null;
  };
  return { node: combobox.node, control: combobox.input, show: rest, refresh: rest };
}

function clearButton(spot, combobox) {
  const attributes = { type: "button", "aria-label": "Clear", "data-part": "clear" };
  const button = make("button.bk-clear", attributes, icon("cross"));
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    combobox.input.focus();
    spot.field.choose(null);
  });
  return button;
}
