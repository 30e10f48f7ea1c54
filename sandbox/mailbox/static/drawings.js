/** Small drawings with words for who can't see them. */

import { make } from "/shared/blocks/dom.js";

const SHAPES = {
  clip: "M12.5 7.5l-5 5a3 3 0 0 1-4.25-4.25l5.5-5.5a2 2 0 0 1 2.85 2.85l-5.5 5.5a1 1 0 0 1-1.4-1.4l4.8-4.8",
  warning: "M8 2L14.5 13.5h-13zM8 6.5v3.5M8 12v.01",
  back: "M7 3L2.5 8 7 13M3 8h10.5",
  download: "M8 2.5v7.5M4.5 7L8 10.5 11.5 7M2.5 13.5h11",
};
const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {keyof SHAPES} name
 * @param {string} [words] left out where words stand beside it
 */
export function drawing(name, words = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", `icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  if (!words) return svg;
  return make("span.mark", { title: words }, svg, make("span.visually-hidden", {}, words));
}
