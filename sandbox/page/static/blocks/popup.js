/** Something that opens under a control, above everything else on the page. */

const GAP = 4;
const MARGIN = 8;
const LOWEST = 80;

/** Put the popup under its anchor, or above it where there is more room. */
function place(popup, anchor) {
  const box = anchor.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP - MARGIN;
  const above = box.top - GAP - MARGIN;
  popup.style.minWidth = `${box.width}px`;
  popup.style.maxHeight = "";
  const width = Math.max(popup.offsetWidth, box.width);
  const isAbove = popup.offsetHeight > below && above > below;
  popup.style.maxHeight = `${Math.max(isAbove ? above : below, LOWEST)}px`;
  popup.style.left = `${Math.max(MARGIN, Math.min(box.left, innerWidth - width - MARGIN))}px`;
  popup.style.top = isAbove
    ? `${Math.max(MARGIN, box.top - GAP - popup.offsetHeight)}px`
    : `${box.bottom + GAP}px`;
}

/** A popup that stays with its anchor while it is open. */
export class Popup {
  #follow = (event) => {
    if (!this.isOpen) this.close();
    else if (!this.node.contains(event.target)) this.place();
  };

  #outside = (event) => {
    const path = event.composedPath();
    if (!path.includes(this.node) && !path.includes(this.anchor)) this.onOutside?.();
  };

  constructor(node, anchor, onOutside = null) {
    this.node = node;
    this.anchor = anchor;
    this.onOutside = onOutside;
    node.setAttribute("popover", "manual");
  }

  /** The browser closes it too: when it is taken out of the page. */
  get isOpen() {
    return this.node.matches(":popover-open");
  }

  open() {
    if (this.isOpen || !this.node.isConnected) return;
    this.node.showPopover();
    this.place();
    addEventListener("scroll", this.#follow, { capture: true, passive: true });
    addEventListener("resize", this.#follow);
    addEventListener("pointerdown", this.#outside, { capture: true });
  }

  close() {
    if (this.isOpen) this.node.hidePopover();
    removeEventListener("scroll", this.#follow, { capture: true });
    removeEventListener("resize", this.#follow);
    removeEventListener("pointerdown", this.#outside, { capture: true });
  }

  place() {
    place(this.node, this.anchor);
  }
}
