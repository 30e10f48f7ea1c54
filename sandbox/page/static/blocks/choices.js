/** Checkboxes and radio buttons. */

import { freshId, make } from "/shared/dom.js";
import { words } from "./mrkdwn.js";

function same(one, other) {
  return one?.value === other?.value;
}

function choice(spot, option, kind, name) {
  const [id, about] = [freshId(), freshId()];
  const box = make("input", {
    type: kind,
    id,
    name,
    "aria-describedby": option.description ? about : null,
    "data-part": `option ${option.value}`,
  });
  const label = make(
    "label.bk-choice-words",
    { for: id, dir: "auto" },
    words(option.text, spot.context),
  );
  const described =
    option.description &&
    make(
      "div.bk-choice-about",
      { id: about, dir: "auto" },
      words(option.description, spot.context),
    );
  return {
    box,
    option,
    node: make(
      "div.bk-choice",
      {},
      box,
      make("div.bk-choice-text", {}, label, described),
    ),
  };
}

function group(spot, kind, isChosen, onChange) {
  const name = freshId();
  const drawn = spot.element.options.map((option) => choice(spot, option, kind, name));
  for (const each of drawn) {
    each.box.addEventListener("change", () => onChange(each, drawn));
  }
  const role = kind === "radio" ? "radiogroup" : "group";
  const required = kind === "radio" && spot.isRequired ? "true" : null;
  const node = make(
    `div.bk-choices`,
    { role, "aria-required": required },
    drawn.map((each) => each.node),
  );
  const show = () => drawn.forEach(({ box, option }) => (box.checked = isChosen(option)));
  const focus = () => (drawn.find(({ box }) => box.checked) ?? drawn[0]).box.focus();
  return { node, control: node, isGroup: true, show, focus };
}

/** @param {import("./spot.js").Spot} spot */
export function checkboxes(spot) {
  const { field, element } = spot;
  const isChosen = (option) => field.value.some((each) => same(each, option));
  return group(spot, "checkbox", isChosen, (_, drawn) => {
    const ticked = drawn.filter(({ box }) => box.checked).map(({ option }) => option);
    field.choose(element.options.filter((option) => ticked.includes(option)));
  });
}

/** @param {import("./spot.js").Spot} spot */
export function radioButtons(spot) {
  const { field } = spot;
  const isChosen = (option) => same(field.value, option);
  return group(spot, "radio", isChosen, ({ option }) => field.choose(option));
}
