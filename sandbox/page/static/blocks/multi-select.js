/** A select of which several options are chosen, each a token that can be taken away. */

import { Combobox } from "./combobox.js";
import { make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";
import { keyOf, sourceOf, wordsOf } from "./option-sources.js";
import { placeholderOf } from "./select.js";

function token(words, remove) {
  const attributes = { type: "button", "aria-label": `Remove ${words}`, onclick: remove };
  const button = make("button.bk-token-remove", attributes, icon("cross"));
  return make(
    "li.bk-token",
    {},
    make("span.bk-token-words", { dir: "auto" }, words),
    button,
  );
}

/** @param {import("./spot.js").Spot} spot */
export function multiSelect(spot) {
  const { field, element } = spot;
  const placeholder = placeholderOf(spot);
  const isIn = (value) => field.value.some((each) => keyOf(each) === keyOf(value));
  const without = (value) => field.value.filter((each) => keyOf(each) !== keyOf(value));
  const most = element.max_selected_items ?? Infinity;
  const combobox = new Combobox({
    source: sourceOf(spot),
    placeholder,
    isMulti: true,
    isChosen: (option) => isIn(option.value),
    isFull: () => field.value.length >= most,
    onPick: ({ value }) =>
      field.choose(isIn(value) ? without(value) : [...field.value, value]),
    onBackspace: () => field.value.length && field.choose(field.value.slice(0, -1)),
    restingText: () => "",
  });
  if (spot.isRequired) combobox.input.setAttribute("aria-required", "true");
  const tokens = make("ul.bk-tokens", { "aria-label": "Chosen" });
  combobox.box.prepend(tokens);
  combobox.box.classList.add("bk-is-multi");
  const remove = (value) => (event) => {
    event.stopPropagation();
    field.choose(without(value));
    combobox.input.focus();
  };
  const rest = () => {
    const words = (value) => wordsOf(value, element.type, spot.context);
    tokens.replaceChildren(
      ...field.value.map((each) => token(words(each), remove(each))),
    );
    tokens.hidden = field.value.length === 0;
    combobox.input.placeholder = field.value.length ? "" : placeholder;
    combobox.rest();
    if (combobox.isOpen) combobox.popup.place();
  };
  return { node: combobox.node, control: combobox.input, show: rest, refresh: rest };
}
