/** Tabs over one panel (ARIA Authoring Practices): arrows choose at once. */

import { make } from "/shared/dom.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

/**
 * @typedef {{name: string, label: string, draw: () => Node[]}} Tab
 */

export class Tabs {
  /**
   * @param {Tab[]} tabs
   * @param {string} label
   * @param {(name: string) => void} onChosen
   */
  constructor(tabs, label, onChosen) {
    this.tabs = tabs;
    this.onChosen = onChosen;
    this.buttons = tabs.map((tab) => this.button(tab));
    this.list = make("div.tabs", { role: "tablist", "aria-label": label }, ...this.buttons);
    this.list.addEventListener("keydown", (press) => this.step(press));
    this.panel = make("div.panel", { id: "panel", role: "tabpanel" });
  }

  button({ name, label }) {
    const described = { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "panel" };
    return make("button.tab", { ...described, onclick: () => this.pick(name) }, label);
  }

  pick(name) {
    this.show(name);
    this.onChosen(name);
  }

  show(name) {
    const at = Math.max(
      0,
      this.tabs.findIndex((tab) => tab.name === name),
    );
    for (const [index, button] of this.buttons.entries()) {
      button.setAttribute("aria-selected", `${index === at}`);
      button.tabIndex = index === at ? 0 : -1;
    }
    const tab = this.tabs[at];
    this.panel.className = `panel panel-${tab.name}`;
    this.panel.setAttribute("aria-labelledby", `tab-${tab.name}`);
    this.panel.replaceChildren(...tab.draw());
  }

  step(press) {
    const at = this.buttons.indexOf(document.activeElement);
    if (!(press.key in STEPS) || at < 0) return;
    press.preventDefault();
    const next = Math.max(0, Math.min(at + STEPS[press.key], this.tabs.length - 1));
    this.pick(this.tabs[next].name);
    this.buttons[next].focus();
  }
}
