/** Which element is drawn by what. */

import { button } from "./button.js";
import { checkboxes, radioButtons } from "./choices.js";
import { dateInput, dateTimeInput, timeInput } from "./date-inputs.js";
import { make } from "/shared/dom.js";
import { fileInput } from "./file-input.js";
import { picture } from "./image.js";
import { multiSelect } from "./multi-select.js";
import { overflow } from "./overflow.js";
import { select } from "./select.js";
import { Spot } from "./spot.js";
import { textInput } from "./text-input.js";

/**
 * @typedef {object} Widget
 * @property {HTMLElement} node what stands in the block
 * @property {HTMLElement} [control] what a label, a hint and an error belong to
 * @property {boolean} [isGroup] several controls: named by aria-labelledby
 * @property {(value: unknown) => void} [show] show another value
 * @property {() => void} [refresh] names of people or channels may have changed
 * @property {boolean} [isTyped] a value that was refused stays to be mended
 */

/** @type {Record<string, (spot: Spot) => Widget>} */
const DRAWN = {
  button,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  static_select: select,
  external_select: select,
  users_select: select,
  conversations_select: select,
  channels_select: select,
  multi_static_select: multiSelect,
  multi_external_select: multiSelect,
  multi_users_select: multiSelect,
  multi_conversations_select: multiSelect,
  multi_channels_select: multiSelect,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  rich_text_input: textInput,
  datepicker: dateInput,
  timepicker: timeInput,
  datetimepicker: dateTimeInput,
  file_input: fileInput,
};

/** An element of a block; the same one as before while the app has not changed it. */
export function widgetOf(element, block, surface, use) {
  if (element.type === "image") return { node: picture(element, surface.context) };
  const draw = DRAWN[element.type];
  if (!draw) return { node: unknown(element.type) };
  const spot = new Spot(surface, block, element);
  use(spot.key);
  const { type, optional, dispatch_action: dispatch } = block;
  const signature = JSON.stringify([element, type, optional, dispatch]);
  const known = surface.widgets.get(spot.key);
  if (known?.signature === signature) return known.widget;
  const { field } = spot;
  const widget = draw(spot);
  widget.node.dataset.place = spot.key;
  if (field) {
    field.widget = widget;
    widget.show?.(field.value);
  }
  surface.widgets.set(spot.key, { signature, widget });
  return widget;
}

function unknown(type) {
  return make("span.bk-unknown", {}, `This element is not drawn here: ${type}`);
}

/** Name what has no label of its own by the words beside it. */
export function nameByNeighbour(widget, labelId) {
  widget.control?.setAttribute("aria-labelledby", labelId);
}
