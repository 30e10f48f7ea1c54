/** Dates and times, with the browser's own pickers. */

import { freshId, make } from "/shared/dom.js";
import { plain } from "./mrkdwn.js";
import { momentAt, wallClock, zoneOf } from "./zones.js";

/** Without a last day, browsers take years of six digits. */
const LAST = { date: "9999-12-31", "datetime-local": "9999-12-31T23:59" };

/**
 * A picked value is sent at once. One that is typed is not: halfway through a year
 * every digit makes another date.
 */
function listen(control, spot, read) {
  const { field, surface } = spot;
  let isTyping = false;
  const leave = () => {
    if (!surface.isDrawing && field.isDirty) field.choose(read(control.value));
    isTyping = false;
  };
  control.addEventListener("keydown", (event) => {
    const opensPicker = event.key === " " || event.key === "F4" || event.altKey;
    isTyping = !opensPicker && event.key !== "Tab";
    if (event.key === "Enter") leave();
  });
  control.addEventListener("pointerdown", () => (isTyping = false));
  control.addEventListener("input", () => {
    field.takeTyped(read(control.value));
    if (!isTyping) leave();
  });
  control.addEventListener("blur", leave);
}

function picker(spot, type, { read, write, name }) {
  const { placeholder } = spot.element;
  const words = placeholder ? plain(placeholder.text, placeholder) : name;
  const control = make("input.bk-date-input", {
    id: freshId(),
    type,
    max: LAST[type],
    "aria-label": words,
    "data-words": words,
    "aria-required": spot.isRequired ? "true" : null,
    "data-part": "date",
  });
  listen(control, spot, (text) => (text ? read(text) : null));
  const show = (value) => {
    const text = value === null ? "" : write(value);
    if (control.value !== text) control.value = text;
    control.classList.toggle("bk-is-empty", text === "");
  };
  return { control, show };
}

const AS_IT_IS = { read: (text) => text, write: (value) => value };

/** @param {import("./spot.js").Spot} spot */
export function dateInput(spot) {
  const { control, show } = picker(spot, "date", { ...AS_IT_IS, name: "Select a date" });
  return { node: make("span.bk-date", {}, control), control, show };
}

/** @param {import("./spot.js").Spot} spot */
export function timeInput(spot) {
  const { timezone } = spot.element;
  const { control, show } = picker(spot, "time", { ...AS_IT_IS, name: "Select a time" });
  const zone = timezone && make("span.bk-zone", { id: freshId() }, timezone);
  return {
    node: make("span.bk-date", {}, control, zone),
    control,
    show,
    describedBy: zone?.id,
  };
}

/** @param {import("./spot.js").Spot} spot */
export function dateTimeInput(spot) {
  const { control, show } = picker(spot, "datetime-local", {
    name: "Select a date and time",
    read: (text) => momentAt(text, zoneOf(spot.context)),
    write: (seconds) => wallClock(seconds, zoneOf(spot.context)),
  });
  return { node: make("span.bk-date", {}, control), control, show };
}
