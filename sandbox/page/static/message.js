/** One message, drawn as Slack draws it. */

import { appSign, avatar } from "./avatar.js";
import { make } from "/shared/dom.js";
import { mrkdwn } from "./blocks/mrkdwn.js";
import { drawBlocks } from "./blocks/surface.js";
import { fileCards } from "./files.js";
import { icon } from "/shared/icons.js";
import { SLACKBOT } from "./slackbot.js";
import { clockTime, fullTime, momentOf } from "/shared/times.js";

/**
 * @typedef {import("./protocol.js").Message} Message
 * @typedef {{name: string, isApp: boolean}} Author
 * @typedef {{message: Message, author: Author, isFollowUp: boolean}} Shown  a follow-up
 *   stands under a message of the same author and does not name her again
 */

/** Who wrote a message. @returns {Author} */
export function authorOf({ author_id: id }, { users, app }) {
  if (id === SLACKBOT) return { name: SLACKBOT, isApp: false };
  const user = users[id];
  const isApp = id === app.user_id || Boolean(user?.is_bot);
  return { name: user?.real_name || user?.name || (isApp ? app.name : "Somebody"), isApp };
}

/** A message on the page. */
export class MessageItem {
  constructor() {
    this.gutter = make("div.message-gutter");
    this.head = make("div.message-head");
    this.content = make("div.message-content");
    this.edited = make("span.edited");
    this.files = make("div.message-files");
    const main = make("div.message-main", {}, this.content, this.edited);
    const body = make("div.message-body", {}, this.head, main, this.files);
    this.node = make("li.message", {}, this.gutter, body);
  }

  /**
   * Draw it as it is now; what has not changed is left alone.
   * @param {Shown} shown
   * @param {object} context
   */
  draw(shown, context) {
    const state = JSON.stringify([shown, context.surroundings]);
    if (state === this.drawn) return;
    this.drawn = state;
    const { message } = shown;
    this.node.classList.toggle("is-private", message.only_for_me);
    this.drawHead(shown);
    this.content.lang = message.by_slack ? "en" : context.me.locale;
    if (message.blocks.length) drawBlocks(this.host("blocks"), message.blocks, context);
    else this.host("text").replaceChildren(mrkdwn(message.text, context));
    this.edited.textContent = message.edited ? " (edited)" : "";
    const cards = message.files.length ? [fileCards(message.files, context.downloadUrl)] : [];
    this.files.replaceChildren(...cards);
  }

  /** @param {Shown} shown */
  drawHead({ message, author, isFollowUp }) {
    const moment = momentOf(message.ts);
    const at = { datetime: moment.toISOString(), title: fullTime(moment) };
    const time = make("time.message-time", at, clockTime(moment));
    const badge = author.isApp ? make("span.app-badge", {}, "APP") : "";
    const byline = isFollowUp
      ? make("p.visually-hidden", {}, author.name)
      : make("p.byline", {}, make("strong.author", {}, author.name), badge, time);
    const whom = message.only_for_me ? onlyYou() : "";
    this.node.classList.toggle("is-follow-up", isFollowUp);
    this.head.replaceChildren(whom, byline);
    const sign = author.isApp ? appSign() : avatar(author.name);
    this.gutter.replaceChildren(isFollowUp ? time : sign);
  }

  /** Where blocks or text go; the same place as long as it is the same of the two. */
  host(kind) {
    const name = `message-${kind}`;
    const held = this.content.firstElementChild;
    if (held?.className.split(" ").includes(name)) return held;
    this.content.replaceChildren(make(`div.${name}`));
    return this.content.firstElementChild;
  }
}

function onlyYou() {
  return make("p.only-you", {}, icon("eye"), "Only visible to you");
}
