/** The middle: what is open, its messages or the app's home, and where one writes. */

import { make } from "/shared/dom.js";
import { drawBlocks } from "./blocks/surface.js";
import { Composer } from "./composer.js";
import { icon } from "/shared/icons.js";
import { setText } from "/shared/keyed.js";
import { Messages } from "./messages.js";
import { kindOf } from "./place.js";
import { Tabs } from "./tabs.js";

/**
 * @typedef {import("./place.js").Whereabouts} Whereabouts
 * @typedef {import("./protocol.js").Snapshot} Snapshot
 * @typedef {{go: (place: object) => void, send: (id: string, text: string) => Promise<boolean>,
 *   showOlder: (id: string) => void}} Acts
 */

export class ConversationPane {
  /** @param {Acts} acts */
  constructor({ go, send, showOlder }) {
    this.title = document.getElementById("place-title");
    this.offline = document.getElementById("offline");
    this.home = document.getElementById("home");
    this.region = document.getElementById("messages");
    this.tabs = new Tabs(go);
    this.messages = new Messages(() => showOlder(this.here.conversation.id));
    this.composer = new Composer(send);
  }

  /**
   * @param {Snapshot} snapshot
   * @param {Whereabouts} here
   * @param {import("./slackbot.js").Slackbot} slackbot
   * @param {object} contexts
   */
  draw(snapshot, here, slackbot, contexts) {
    this.here = here;
    if (snapshot.me.is_deleted) return this.drawSignedOut(snapshot.me);
    this.drawTitle(snapshot, here);
    this.tabs.draw(snapshot, here);
    setText(this.offline, offlineWords(snapshot));
    const isHome = here.tab === "home";
    this.home.hidden = !isHome;
    this.region.hidden = isHome;
    this.composer.draw(isHome ? null : desk(snapshot, here));
    if (isHome) this.opened = null;
    if (isHome) this.drawHome(snapshot, contexts);
    else this.drawMessages(snapshot, here, slackbot, contexts);
  }

  /** Slack signs out whoever is deactivated. */
  drawSignedOut(me) {
    this.named = "";
    setText(this.title, "Signed out");
    this.tabs.host.hidden = true;
    setText(this.offline, "");
    this.region.hidden = true;
    this.home.hidden = false;
    this.home.lang = "en";
    setText(this.place("p.nothing"), `The account of ${me.real_name} has been deactivated.`);
    this.composer.draw(null);
  }

  drawTitle({ app }, { conversation, tab }) {
    const { shape, words } = tab ? { shape: "app", words: "app" } : kindOf(conversation);
    const name = tab ? app.name : conversation.name;
    if (this.named === `${words} ${name}`) return;
    this.named = `${words} ${name}`;
    const sign = tab ? make("span.app-sign") : icon(shape);
    const kind = make("span.visually-hidden", {}, ` (${words})`);
    this.title.replaceChildren(sign, make("span", {}, name), kind);
  }

  drawHome({ app, home, me }, contexts) {
    this.home.lang = home ? me.locale : "en";
    if (home) {
      drawBlocks(this.place("div.home-blocks"), home.blocks, contexts.ofView(home));
    } else {
      setText(this.place("p.nothing"), `${app.name} has not put anything here yet.`);
    }
  }

  /** What stands on the home now: blocks, or words that there are none. */
  place(name) {
    if (this.homeKind !== name) {
      this.homeKind = name;
      const title = make("h2.visually-hidden", { lang: "en" }, "Home");
      this.home.replaceChildren(title, make(name));
    }
    return this.home.lastElementChild;
  }

  drawMessages(snapshot, { conversation, tab }, slackbot, contexts) {
    const shown = conversation ?? NOT_BEGUN;
    if (this.opened !== shown.id) this.messages.open(shown);
    this.opened = shown.id;
    this.region.setAttribute("aria-label", `Messages in ${tab ? snapshot.app.name : shown.name}`);
    const beginning = beginningOf(snapshot, shown, tab);
    const messages = slackbot.among(shown);
    const hasOlder = Boolean(shown.has_older);
    const contextOf = (message) => contexts.ofMessage(shown.id, message);
    this.messages.draw({ messages, hasOlder, beginning }, snapshot, contextOf);
  }

  /** Somebody came here by choosing a place: what she reads or writes next. */
  takeFocus() {
    if (this.composer.isOpen) this.composer.focus();
    else this.title.focus();
  }
}

const NOT_BEGUN = { id: "", messages: [], has_older: false };

function offlineWords({ app }) {
  if (app.is_connected) return "";
  return `${app.name} is not connected: nobody answers commands and buttons.`;
}

function beginningOf({ app }, { name, is_im: isIm, messages }, tab) {
  const none = messages.length ? "" : " There are no messages yet.";
  if (tab) return `This is the very beginning of your messages with ${app.name}.${none}`;
  if (isIm) return `This is the very beginning of your messages with ${name}.${none}`;
  return `This is the very beginning of #${name}.${none}`;
}

/** @returns {import("./composer.js").Desk} */
function desk({ app, commands }, { conversation, tab }) {
  const name = tab ? app.name : conversation.name;
  const label = `Message ${tab || conversation.is_im ? "" : "#"}${name}`;
  const where = { conversationId: conversation?.id ?? "", label, commands, app: app.name };
  return { ...where, closed: closedWords({ app, conversation, tab }) };
}

function closedWords({ app, conversation, tab }) {
  if (tab && (app.messages_read_only || !app.has_messages)) {
    return "Sending messages to this app has been turned off.";
  }
  if (conversation?.is_archived) return `#${conversation.name} has been archived.`;
  return conversation ? "" : `Opening your messages with ${app.name}.`;
}
