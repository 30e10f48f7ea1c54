/** Small drawings, on both pages; by themselves they say nothing to screen readers. */

import { make } from "/shared/dom.js";

const SHAPES = {
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  inspector: "M2 3h12v10H2zM9.5 3v10M4.5 6h2.5M4.5 8.5h2.5",
  hash: "M6.5 2.5l-1 11M10.5 2.5l-1 11M2.5 6h11M2.5 10.5h11",
  lock: "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  person: "M8 8.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14a5.5 5.5 0 0 1 11 0",
  chevron: "M4 6l4 4 4-4",
  tick: "M3.5 8.5l3 3 6-7",
  window: "M9 2.5h4.5V7M13.5 2.5L8 8M6.5 3.5h-4v10h10v-4",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z",
  send: "M2.5 2.5l11.5 5.5-11.5 5.5L4.5 8zM4.5 8h4",
  download: "M8 2.5v7.5M4.5 7L8 10.5 11.5 7M2.5 13.5h11",
  file: "M4 1.5h5l3 3v10H4zM9 1.5v3h3",
  warning: "M8 2L14.5 13.5h-13zM8 6.5v3.5M8 12v.01",
  cross: "M4 4l8 8M12 4l-8 8",
  dots: "M8 3.5v.01M8 8v.01M8 12.5v.01",
  clip: "M12.5 7.5l-5 5a3 3 0 0 1-4.25-4.25l5.5-5.5a2 2 0 0 1 2.85 2.85l-5.5 5.5a1 1 0 0 1-1.4-1.4l4.8-4.8",
  back: "M7 3L2.5 8 7 13M3 8h10.5",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
};

const SVG = "http://www.w3.org/2000/svg";

/** @param {keyof SHAPES} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", `icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** A drawing with words for who can't see it. */
export function labelledIcon(name, words) {
  const label = make("span.visually-hidden", {}, words);
  return make("span.mark", { title: words }, icon(name), label);
}

/** Put drawings where the page's markup asks for them. */
export function drawIcons(root) {
  for (const spot of root.querySelectorAll("[data-icon]")) {
    spot.replaceWith(icon(spot.dataset.icon));
  }
}
