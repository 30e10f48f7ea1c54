/** Short words over the page, and words for screen readers only. */

import { make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";

const SHOWN_FOR = 10_000;
const AT_MOST = 3;

/** Say something over the page until it is dismissed or has stood long enough. */
export function toast(words) {
  const host = document.getElementById("toasts");
  const dismiss = make("button", { type: "button", "aria-label": "Dismiss" }, icon("cross"));
  const shown = make("div.toast", {}, make("span", {}, words), dismiss);
  const timer = new Timer(() => shown.remove(), SHOWN_FOR);
  dismiss.addEventListener("click", () => shown.remove());
  for (const reading of ["mouseenter", "focusin"]) {
    shown.addEventListener(reading, () => timer.hold());
  }
  for (const done of ["mouseleave", "focusout"]) {
    shown.addEventListener(done, () => timer.start());
  }
  host.append(shown);
  while (host.children.length > AT_MOST) host.firstElementChild.remove();
}

/** Say something to screen readers. */
export function announce(words) {
  const host = document.getElementById("announcements");
  host.append(make("p", {}, words));
  while (host.children.length > AT_MOST) host.firstElementChild.remove();
}

class Timer {
  constructor(done, after) {
    this.done = done;
    this.after = after;
    this.start();
  }

  start() {
    this.hold();
    this.running = setTimeout(this.done, this.after);
  }

  hold() {
    clearTimeout(this.running);
  }
}
