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
