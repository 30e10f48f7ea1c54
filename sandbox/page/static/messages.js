/** The messages of a conversation: days, what is new, and staying at the newest. */

import { make } from "/shared/dom.js";
import { setText, syncChildren } from "/shared/keyed.js";
import { MessageItem, authorOf } from "./message.js";
import { dayKey, dayWords, momentOf } from "/shared/times.js";

const FOLLOW_UP_SECONDS = 300;
const NEAR_THE_END = 80;
const SETTLING = 500;

/**
 * @typedef {import("./message.js").Shown} Shown
 * @typedef {import("./protocol.js").Message} Message
 * @typedef {{key: string, day?: string, isNewLine?: boolean, shown?: Shown}} Row
 */

export class Messages {
  /** @param {() => void} showOlder */
  constructor(showOlder) {
    this.region = document.getElementById("messages");
    this.list = document.getElementById("message-list");
    this.beginning = document.getElementById("beginning");
    this.newest = document.getElementById("newest");
    this.items = new Map();
    this.older = make("button.button", { type: "button" }, "Show older messages");
    this.older.addEventListener("click", showOlder);
    this.newest.addEventListener("click", () => this.toNewest());
    this.region.addEventListener("scroll", () => this.atScroll(), { passive: true });
    const sizes = new ResizeObserver(() => this.atResize());
    for (const part of [this.region, this.list]) sizes.observe(part);
  }

  /** Another conversation opens: from here on, what is new is marked. */
  open(conversation) {
    this.list.replaceChildren();
    this.items.clear();
    this.staysAtEnd = true;
    this.top = this.region.scrollTop;
    this.isOpening = true;
    this.newest.hidden = true;
    this.keepQuiet();
    this.firstNew = conversation.messages.find(({ is_new: isNew }) => isNew)?.ts ?? "";
  }

  /**
   * @param {{messages: Message[], hasOlder: boolean, beginning: string}} shown
   * @param {import("./protocol.js").Snapshot} snapshot
   * @param {(message: Message) => object} contextOf
   */
  draw({ messages, hasOlder, beginning }, snapshot, contextOf) {
    this.noticeScroll();
    const heightBelow = this.region.scrollHeight - this.region.scrollTop;
    const hasGrownAbove = this.hasGrownAbove(messages);
    if (hasGrownAbove) this.keepQuiet();
    this.drawBeginning(hasOlder, beginning);
    syncChildren(this.list, rows(messages, this.firstNew, snapshot), {
      key: (row) => row.key,
      create: (row) => this.create(row),
      update: (node, row) => {
        if (row.shown) this.items.get(row.key).draw(row.shown, contextOf(row.shown.message));
        else if (row.day) setText(node.firstElementChild, row.day);
      },
    });
    this.forgetGone(messages);
    if (this.staysAtEnd) this.toEnd();
    else if (hasGrownAbove) this.region.scrollTop = this.region.scrollHeight - heightBelow;
    if (this.isOpening) this.toFirstNew();
    this.offerNewest(messages);
    this.isOpening = false;
  }

  /** Whether older messages have come in above those that stood there. */
  hasGrownAbove(messages) {
    const before = this.oldest;
    this.oldest = messages[0]?.ts;
    if (this.isOpening || this.oldest === before) return false;
    return messages.some(({ ts }) => ts === before);
  }

  drawBeginning(hasOlder, beginning) {
    const isHeld = document.activeElement === this.older;
    if (!hasOlder) setText(this.beginning, beginning);
    else if (!this.beginning.contains(this.older)) this.beginning.replaceChildren(this.older);
    if (isHeld && !this.older.isConnected) this.region.focus({ preventScroll: true });
  }

  /** @param {Row} row */
  create(row) {
    if (row.isNewLine) return make("li.new-line", {}, make("span", {}, "New"));
    if (row.day) return make("li.day-line", {}, make("h2", {}));
    const item = new MessageItem();
    this.items.set(row.key, item);
    return item.node;
  }

  forgetGone(messages) {
    const kept = new Set(messages.map(({ ts }) => ts));
    for (const ts of this.items.keys()) if (!kept.has(ts)) this.items.delete(ts);
  }

  /** What was there already is not said; what comes from now on is. */
  keepQuiet() {
    this.region.setAttribute("aria-live", "off");
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.region.setAttribute("aria-live", "polite"), SETTLING);
  }

  /** New messages are offered when they are out of sight. */
  offerNewest(messages) {
    const last = messages.at(-1)?.ts;
    const isNews = last !== this.last && !this.isOpening;
    if (isNews && !this.staysAtEnd) this.newest.hidden = false;
    this.last = last;
  }

  /** Reading starts at what is new, when that is more than fits. */
  toFirstNew() {
    const line = this.list.querySelector(".new-line");
    if (!line || line.offsetTop >= this.region.scrollTop) return;
    this.staysAtEnd = false;
    this.region.scrollTop = line.offsetTop;
  }

  atResize() {
    this.noticeScroll();
    if (this.staysAtEnd) this.toEnd();
  }

  /** Somebody may have scrolled before the browser has told of it. */
  noticeScroll() {
    if (this.region.scrollTop !== this.top) this.atScroll();
  }

  atScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.region;
    this.top = scrollTop;
    this.staysAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    if (this.staysAtEnd) this.newest.hidden = true;
  }

  toEnd() {
    this.region.scrollTop = this.region.scrollHeight;
    this.top = this.region.scrollTop;
    this.newest.hidden = true;
  }

  toNewest() {
    this.staysAtEnd = true;
    this.toEnd();
    this.region.focus();
  }
}

/** @returns {Row[]} */
function rows(messages, firstNew, snapshot) {
  const made = [];
  let before = null;
  for (const message of messages) {
    const day = dayKey(momentOf(message.ts));
    const isNewDay = !before || dayKey(momentOf(before.ts)) !== day;
    if (isNewDay) made.push({ key: `day ${day}`, day: dayWords(momentOf(message.ts)) });
    const isFirstNew = message.ts === firstNew;
    if (isFirstNew) made.push({ key: "new", isNewLine: true });
    const follows = !isNewDay && !isFirstNew && isFollowUp(before, message);
    const shown = { message, author: authorOf(message, snapshot), isFollowUp: follows };
    made.push({ key: message.ts, shown });
    before = message;
  }
  return made;
}

function isFollowUp(before, message) {
  const apart = Number.parseFloat(message.ts) - Number.parseFloat(before.ts);
  const isSame = before.author_id === message.author_id;
  const isOpen = !before.only_for_me && !message.only_for_me;
  return isSame && isOpen && apart < FOLLOW_UP_SECONDS;
}
