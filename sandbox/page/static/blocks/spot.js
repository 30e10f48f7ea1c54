/** An element where it stands: its surface, its block, and what can be done there. */

import { confirmed } from "./confirm.js";
import { Field, STATE } from "./field.js";

export class Spot {
  constructor(surface, block, element) {
    this.surface = surface;
    this.block = block;
    this.element = element;
    this.key = `${block.block_id} ${element.action_id}`;
  }

  get context() {
    return this.surface.context;
  }

  /** What every deed says of where it was done. */
  get place() {
    return {
      surface: this.context.surface,
      block_id: this.block.block_id,
      action_id: this.element.action_id,
    };
  }

  get asks() {
    return Boolean(this.element.confirm);
  }

  get isInput() {
    return this.block.type === "input";
  }

  /** Whether leaving it empty is an answer. */
  get isRequired() {
    return this.isInput && !this.block.optional;
  }

  /** Whether the app hears of typing only when Enter or a character is pressed. */
  triggersOn(trigger) {
    if (!this.isInput || !this.block.dispatch_action) return false;
    const config = this.element.dispatch_action_config;
    return (config?.trigger_actions_on ?? ["on_enter_pressed"]).includes(trigger);
  }

  /** Ask, where the app wants her to be asked. */
  isSure() {
    const lang = this.surface.host.closest("[lang]")?.lang;
    return confirmed(this.element.confirm, this.context, lang);
  }

  /** Press a button, or choose an overflow's option. Gives whether she was sure. */
  async press(option = null) {
    if (!(await this.isSure())) return false;
    const body = { deed: "press", ...this.place, confirming: this.asks };
    if (option) body.option = option.value;
    this.surface.send(body);
    return true;
  }

  /** What she has entered here; it outlives this drawing of the element. */
  get field() {
    if (!Object.hasOwn(STATE, this.element.type)) return null;
    const known = this.surface.fields.get(this.key);
    if (known?.type === this.element.type) {
      known.spot = this;
      return known;
    }
    const field = new Field(this);
    this.surface.fields.set(this.key, field);
    return field;
  }
}
