/** Where the keyboard is, kept while what is around it is drawn anew. */

function selectionOf(node) {
  try {
    return [node.selectionStart, node.selectionEnd, node.selectionDirection];
  } catch {
    return null;
  }
}

/** Where the focus is inside `host`; null when it is elsewhere. */
export function currentFocus(host) {
  const node = document.activeElement;
  if (!node || node === host || !host.contains(node)) return null;
  const place = node.closest("[data-place]")?.dataset.place;
  return { node, place, part: node.dataset.part, selection: selectionOf(node) };
}

function counterpart({ place, part }, host) {
  if (place === undefined) return null;
  const around = [...host.querySelectorAll("[data-place]")].find(
    (node) => node.dataset.place === place,
  );
  if (!around) return null;
  const parts = [around, ...around.querySelectorAll("[data-part]")];
  return parts.find((node) => node.dataset.part === part) ?? null;
}

/** Put the focus, and the caret, where it was; near it when that is gone. */
export function restoreFocus(focus, host) {
  if (!focus || document.activeElement === focus.node) return;
  const node = focus.node.isConnected ? focus.node : counterpart(focus, host);
  if (!node) {
    fallback(host).focus({ preventScroll: true });
    return;
  }
  node.focus({ preventScroll: true });
  const [start, end, direction] = focus.selection ?? [];
  if (typeof start === "number") node.setSelectionRange?.(start, end, direction);
}

/** What to focus when the thing itself is gone: the modal's title, or the surface. */
function fallback(host) {
  const title = host.closest("dialog")?.querySelector("[data-fallback-focus]");
  if (title) return title;
  if (!host.hasAttribute("tabindex")) host.setAttribute("tabindex", "-1");
  return host;
}
