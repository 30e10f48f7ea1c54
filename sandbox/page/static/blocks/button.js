/** The button, and the button that opens an address. */

import { make } from "/shared/dom.js";
import { beside, isLink } from "./links.js";
import { plain } from "./mrkdwn.js";

/** @param {import("./spot.js").Spot} spot */
export function button(spot) {
  const { element } = spot;
  const style = ["primary", "danger"].includes(element.style)
    ? `.bk-${element.style}`
    : "";
  const name = { "aria-label": element.accessibility_label, "data-part": "button" };
  const words = make(
    "span.bk-button-words",
    { dir: "auto" },
    plain(element.text.text, element.text),
  );
  const leads = isLink(element.url);
  if (leads && !spot.asks) {
    const link = { ...name, ...beside(element.url), onclick: () => spot.press() };
    return { node: make(`a.bk-button${style}`, link, words) };
  }
  const press = async () => {
    if ((await spot.press()) && leads)
      window.open(element.url, "_blank", "noopener,noreferrer");
  };
  return {
    node: make(
      `button.bk-button${style}`,
      { ...name, type: "button", onclick: press },
      words,
    ),
  };
}
