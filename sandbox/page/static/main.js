/** The page: hears of the workspace, draws it, and does what the person does. */

import { addressOf, placeOf } from "./address.js";
import { drawModals } from "./blocks/modals.js";
import { becomeTheFirst, sayNobody } from "./cast.js";
import { ConversationPane } from "./conversation.js";
import { Cover } from "./cover.js";
import { Deeds } from "./deeds.js";
import { Drawer } from "./drawer.js";
import { drawIcons } from "/shared/icons.js";
import { Inspector } from "./inspector/inspector.js";
import { setText } from "/shared/keyed.js";
import { LiveStream } from "/shared/live.js";
import { kindOf, whereabouts } from "./place.js";
import { showProfile } from "./profile.js";
import { Reading } from "./reading.js";
import { Sidebar } from "./sidebar.js";
import { Slackbot, unknownCommand } from "./slackbot.js";
import { contexts } from "./surfaces.js";
import { useTimeZone } from "/shared/times.js";
import { toast } from "./toasts.js";

/** @typedef {import("./protocol.js").Snapshot} Snapshot */

const STOPPED = "The workspace has stopped. This page goes on by itself when it is back.";

class Page {
  constructor() {
    this.place = placeOf(location.href);
    this.deeds = new Deeds(this.place.as);
    this.slackbot = new Slackbot();
    this.stopped = document.getElementById("stopped");
    this.modals = document.getElementById("modals");
    const acts = {
      go: (place, options) => this.go(place, options),
      send: (id, text) => this.send(id, text),
      showOlder: (channel) => this.deeds.do({ deed: "show_older", channel }),
    };
    this.sidebar = new Sidebar(acts.go);
    this.pane = new ConversationPane(acts);
    this.drawer = new Drawer();
    this.cover = new Cover();
    this.reading = new Reading(this.deeds);
    this.inspector = new Inspector();
  }

  start() {
    this.stream = new LiveStream(`${this.deeds.path}/live`, "snapshot", {
      onData: (snapshot) => this.hear(snapshot),
      onLost: (isRefused) => (isRefused ? this.turnAway() : this.lost()),
    });
    this.stream.start();
    addEventListener("popstate", () => {
      this.place = placeOf(location.href);
      this.draw();
    });
    document.addEventListener("visibilitychange", () => this.snapshot && this.read());
  }

  /** @param {Snapshot} snapshot */
  hear(snapshot) {
    setText(this.stopped, "");
    this.snapshot = snapshot;
    useTimeZone(snapshot.me.tz);
    this.showNotices();
    this.draw();
  }

  /** The workspace is there and knows nobody by this name. */
  async turnAway() {
    this.stream.stop();
    try {
      await sayNobody(this.place.as);
    } catch {
      this.lost();
      this.stream.start();
    }
  }

  lost() {
    setText(this.stopped, STOPPED);
    this.slackbot.forget();
    this.reading.forget();
  }

  /** Where Slack's own words go: where she is, or over the page when that is no place. */
  showNotices() {
    const { conversation, tab } = whereabouts(this.place, this.snapshot);
    const isCovered = this.snapshot.modals.length > 0;
    for (const { text } of this.slackbot.news(this.snapshot.notices)) {
      if (isCovered || tab === "home" || !conversation) toast(text);
      else this.slackbot.say(conversation.id, text);
    }
  }

  draw() {
    if (!this.snapshot) return;
    const { snapshot } = this;
    const here = whereabouts(this.place, snapshot);
    const made = contexts(snapshot, this.deeds, (id) => showProfile(id, this.snapshot));
    this.sidebar.draw(snapshot, here);
    this.pane.draw(snapshot, here, this.slackbot, made);
    const isCovered = snapshot.modals.length > 0;
    if (isCovered && this.drawer.isOpen) this.drawer.leave();
    this.cover.prepare(isCovered);
    this.modals.lang = snapshot.me.locale;
    drawModals(this.modals, snapshot.modals, made.ofModals());
    this.cover.finish(isCovered);
    this.title(here);
    this.read();
  }

  title({ conversation, tab }) {
    const { app, team, me, conversations } = this.snapshot;
    const isHere = (each) => each.id === conversation?.id && tab !== "home";
    const hasNews = conversations.some((each) => each.unread && !isHere(each));
    const sign = tab || kindOf(conversation).shape !== "hash" ? "" : "#";
    const name = tab ? app.name : conversation.name;
    document.title = `${hasNews ? "* " : ""}${sign}${name} - ${team.name} - ${me.real_name}`;
  }

  read() {
    this.reading.follow(this.snapshot, whereabouts(this.place, this.snapshot));
  }

  /** Go somewhere; `focus` tells whether to put her there or leave her where she is. */
  go(place, { focus = true } = {}) {
    this.place = { ...this.place, channel: "", tab: null, ...place };
    const address = addressOf(this.place);
    if (address !== location.pathname + location.search) history.pushState(null, "", address);
    this.drawer.toggle(false);
    this.draw();
    if (focus) this.pane.takeFocus();
  }

  /** Send what was written; true when it went out or was answered at once. */
  async send(channel, text) {
    const command = /^\/\S*/.exec(text)?.[0];
    if (!command)
      return (await this.deeds.do({ deed: "send_message", channel, text: text.trim() })).ok;
    if (this.snapshot.commands.some((each) => each.command === command)) {
      return (await this.deeds.do({ deed: "type_command", channel, text })).ok;
    }
    this.slackbot.say(channel, unknownCommand(command));
    this.draw();
    return true;
  }
}

drawIcons(document.body);
if (placeOf(location.href).as || (await becomeTheFirst())) new Page().start();
