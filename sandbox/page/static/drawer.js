/** The sidebar of a narrow window: a drawer over the page. */

const NARROW = matchMedia("(max-width: 48rem)");

export class Drawer {
  constructor() {
    this.opener = document.getElementById("open-sidebar");
    this.sidebar = document.getElementById("sidebar");
    this.scrim = document.getElementById("scrim");
    this.behind = ["conversation", "inspector"].map((id) => document.getElementById(id));
    this.opener.disabled = false;
    this.opener.addEventListener("click", () => this.toggle(!this.isOpen));
    this.scrim.addEventListener("click", () => this.leave());
    this.sidebar.addEventListener("keydown", (press) => {
      if (press.key === "Escape" && this.isOpen) this.leave();
    });
    NARROW.addEventListener("change", () => this.toggle(false));
    this.toggle(false);
  }

  toggle(isOpen) {
    this.isOpen = isOpen;
    this.sidebar.classList.toggle("is-open", isOpen);
    this.sidebar.inert = NARROW.matches && !isOpen;
    for (const part of this.behind) part.inert = isOpen;
    this.scrim.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.sidebar.querySelector("a, summary").focus();
  }

  /** Close it and go back to what opened it. */
  leave() {
    this.toggle(false);
    this.opener.focus();
  }
}
