/** What somebody has entered in one element, and what the workspace knows of it. */

import { inTurn } from "./outbox.js";

/** Where `state.values` keeps what an element of each type holds. */
export const STATE = {
  plain_text_input: "value",
  email_text_input: "value",
  number_input: "value",
  url_text_input: "value",
  rich_text_input: "rich_text_value",
  static_select: "selected_option",
  external_select: "selected_option",
  radio_buttons: "selected_option",
  checkboxes: "selected_options",
  multi_static_select: "selected_options",
  multi_external_select: "selected_options",
  users_select: "selected_user",
  multi_users_select: "selected_users",
  channels_select: "selected_channel",
  multi_channels_select: "selected_channels",
  conversations_select: "selected_conversation",
  multi_conversations_select: "selected_conversations",
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
  file_input: "files",
};

const EMPTY_LIST = new Set(
  Object.keys(STATE).filter((type) => /^(multi_|checkboxes|file_input)/.test(type)),
);

function same(one, other) {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/**
 * Outlives the drawing of its element. What she enters is shown at once; what the
 * workspace says is shown unless hers is newer.
 */
export class Field {
  #underWay = 0;
  #awaited = null;
  #heard;

  constructor(spot) {
    this.spot = spot;
    this.type = spot.element.type;
    this.value = this.#nothing();
    this.#heard = this.value;
    this.isDirty = false;
    this.widget = null;
  }

  #nothing() {
    return EMPTY_LIST.has(this.type) ? [] : null;
  }

  /** Whether what she entered has not reached the workspace yet. */
  get isAhead() {
    return this.isDirty || this.#underWay > 0;
  }

  /** Take what the workspace says this element holds. */
  hear(state, isNewRevision) {
    const told = state?.[STATE[this.type]] ?? this.#nothing();
    this.#heard = told;
    if (isNewRevision) this.#awaited = null;
    if (this.isAhead) return;
    // A picture of the moment before her last word is no answer to it.
    if (this.#awaited && !same(told, this.#awaited.value)) return;
    this.#awaited = null;
    if (!same(told, this.value)) this.#show(told);
  }

  #show(value) {
    this.value = value;
    this.widget?.show?.(value);
  }

  /** She typed this; it stays here until she leaves the field or does something. */
  takeTyped(value) {
    this.value = value;
    this.isDirty = true;
    this.spot.surface.clearProblem(this.spot.block.block_id);
  }

  /** She chose this: it is sent at once, after the question whether she is sure. */
  async choose(value) {
    this.#underWay += 1;
    this.isDirty = false;
    this.#show(value);
    this.spot.surface.clearProblem(this.spot.block.block_id);
    const isSure = await this.spot.isSure();
    this.#underWay -= 1;
    if (!isSure) {
      this.#show(this.#heard);
      return;
    }
    this.spot.surface.flush(this);
    const isTaken = await this.send();
    if (!isTaken && !this.isAhead) this.#show(this.#heard);
  }

  /**
   * Send what she entered, in turn. Gives whether it was taken.
   * @param {{isQuiet?: boolean}} [how] quiet: the app is not told of it now
   */
  async send({ isQuiet = false } = {}) {
    const { spot, value } = this;
    this.isDirty = false;
    this.#underWay += 1;
    const body = { deed: "enter", ...spot.place, value, confirming: spot.asks };
    if (isQuiet) body.is_quiet = true;
    const answer = await inTurn(() => spot.surface.deed(body));
    this.#underWay -= 1;
    if (!answer.problem) {
      this.#awaited = { value };
      return true;
    }
    spot.surface.showProblem(spot.block.block_id, answer.problem);
    this.isDirty = this.widget?.isTyped ?? false;
    return false;
  }
}
