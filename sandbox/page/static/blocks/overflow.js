/** The menu behind three dots. */

import { freshId, make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";
import { beside, isLink } from "./links.js";
import { plain } from "./mrkdwn.js";
import { Popup } from "./popup.js";

function menuItem(option, choose) {
  const attributes = { role: "menuitem", tabindex: "-1", onclick: () => choose(option) };
  const label = make(
    "span.bk-option-words",
    { dir: "auto" },
    plain(option.text.text, option.text),
  );
  const about =
    option.description &&
    make(
      "span.bk-option-about",
      { dir: "auto" },
      plain(option.description.text, option.description),
    );
  if (!isLink(option.url)) {
    return make("button.bk-option", { ...attributes, type: "button" }, label, about);
  }
  return make("a.bk-option", { ...attributes, ...beside(option.url) }, label, about);
}

class Menu {
  constructor(spot) {
    const id = freshId();
    this.toggle = make(
      "button.bk-button.bk-overflow",
      {
        type: "button",
        "aria-label": "More actions",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "aria-controls": id,
        "data-part": "button",
        onclick: () => (this.popup.isOpen ? this.close() : this.open(0)),
        onkeydown: (event) => this.#onToggleKey(event),
      },
      icon("dots"),
    );
    const choose = (option) => {
      this.close();
      spot.press(option);
    };
    this.items = spot.element.options.map((option) => menuItem(option, choose));
    const menu = make(
      "div.bk-popup.bk-menu",
      { id, role: "menu", "aria-label": "More actions" },
      this.items,
    );
    menu.addEventListener("keydown", (event) => this.#onMenuKey(event));
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) this.#hide();
    });
    this.popup = new Popup(menu, this.toggle, () => this.#hide());
    this.node = make("span.bk-menu-place", {}, this.toggle, menu);
  }

  open(at) {
    this.popup.open();
    this.toggle.setAttribute("aria-expanded", "true");
    this.items.at(at).focus();
  }

  close() {
    this.#hide();
    this.toggle.focus();
  }

  #hide() {
    this.popup.close();
    this.toggle.setAttribute("aria-expanded", "false");
  }

  #onToggleKey(event) {
    const first = { ArrowDown: 0, ArrowUp: -1 }[event.key];
    if (first === undefined) return;
    event.preventDefault();
    this.open(first);
  }

  #onMenuKey(event) {
    const at = this.items.indexOf(event.target);
    const moves = {
      ArrowDown: (at + 1) % this.items.length,
      ArrowUp: at - 1,
      Home: 0,
      End: -1,
    };
    if (event.key === "Escape") this.close();
    else if (event.key === "Tab") this.#hide();
    else if (event.key in moves) this.items.at(moves[event.key]).focus();
    else this.#jumpTo(event.key, at);
    if (event.key === "Escape" || event.key in moves) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** To the next option that begins with this letter. */
  #jumpTo(key, at) {
    if (key.length !== 1 || key === " ") return;
    const around = [...this.items.slice(at + 1), ...this.items.slice(0, at + 1)];
    const begins = (item) => item.textContent.toLowerCase().startsWith(key.toLowerCase());
    around.find(begins)?.focus();
  }
}

/** @param {import("./spot.js").Spot} spot */
export function overflow(spot) {
  return { node: new Menu(spot).node };
}
