/** Lists that change while somebody reads or tabs through them. */

/**
 * Bring the children of a list in line with its items: the same key keeps the same element,
 * so focus, selection and scrolling stay.
 * @template Item
 * @param {Element} parent
 * @param {Item[]} items
 * @param {{key: (item: Item) => string, create: (item: Item) => HTMLElement,
 *   update?: (node: HTMLElement, item: Item) => void}} how
 */
export function syncChildren(parent, items, { key, create, update }) {
  const wanted = new Set(items.map(key));
  for (const node of [...parent.children]) {
    if (!wanted.has(node.dataset.key)) node.remove();
  }
  const held = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let next = parent.firstElementChild;
  for (const item of items) {
    const node = held.get(key(item)) ?? create(item);
    node.dataset.key = key(item);
    update?.(node, item);
    if (node === next) next = next.nextElementSibling;
    else parent.insertBefore(node, next);
  }
}

/** Set words only when they differ: what a live region holds is said once. */
export function setText(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
