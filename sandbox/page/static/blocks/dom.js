/** Elements made from words. Text becomes text nodes only, never HTML. */

let last = 0;

/** An id that no other element of the page has. */
export function freshId() {
  last += 1;
  return `bk-${last}`;
}

/**
 * An element, such as `make("p.bk-hint", {id}, "words")`.
 * @param {string} name tag and classes
 * @param {Record<string, unknown>} [attributes] null and false leave one out;
 *   `onclick` and the like are listeners
 * @param {...unknown} children nodes and text
 */
export function make(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  node.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

const SHAPES = {
  cross: "M4 4l8 8M12 4l-8 8",
  chevron: "M4 6l4 4 4-4",
  dots: "M8 3.5v.01M8 8v.01M8 12.5v.01",
  tick: "M3.5 8.5l3 3 6-7",
  paper: "M4 1.5h5l3 3v10H4zM9 1.5v3h3",
};

/** A drawing that says nothing to screen readers. */
export function icon(shape) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("bk-icon", `bk-icon-${shape}`);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[shape]);
  svg.append(path);
  return svg;
}
