/** The mailbox page: a list that is live, the letter that is open, and its address. */

import { setText } from "/shared/keyed.js";
import { LiveStream } from "/shared/live.js";
import { Clearing } from "./clearing.js";
import { Filters } from "./filters.js";
import { LetterPane } from "./letter.js";
import { List } from "./list.js";
import { News } from "./news.js";
import { addressOf, placeNow } from "./place.js";

const STOPPED = "The mailbox has stopped. This page goes on when it is back.";

class Page {
  constructor() {
    this.place = placeNow();
    this.summary = null;
    this.shown = null;
    this.news = new News();
    this.clearing = new Clearing(() => this.go({ letter: null }));
    this.list = new List((letter) => this.open(letter));
    this.pane = new LetterPane({
      openMailbox: (whose) => this.go({ whose, find: "", letter: null }),
      back: () => this.back(),
    });
    this.filters = new Filters({
      onWhose: (whose) => this.go({ whose }),
      onFind: (find) => this.go({ find }, { replace: true }),
    });
    this.stream = new LiveStream("", "letters", {
      onData: (summary) => this.hear(summary),
      onLost: () => setText(document.getElementById("offline"), STOPPED),
    });
  }

  start() {
    addEventListener("popstate", () => this.arrive(placeNow()));
    this.arrive(this.place);
    this.listen();
  }

  /** @param {Partial<import("./place.js").Place>} change */
  go(change, { replace = false } = {}) {
    const place = { ...this.place, ...change };
    history[replace ? "replaceState" : "pushState"](null, "", addressOf(place));
    return this.arrive(place);
  }

  async open(letter) {
    await this.go({ letter });
    this.pane.focus();
  }

  async back() {
    const { letter } = this.place;
    await this.go({ letter: null });
    this.list.focus(letter);
  }

  async arrive(place) {
    const before = this.place;
    this.place = place;
    if (before.whose !== place.whose || before.find !== place.find) this.listen();
    this.draw();
    await this.showLetter();
  }

  listen() {
    const { whose, find } = this.place;
    this.stream.stop();
    this.stream.address = `/live?${new URLSearchParams({ for: whose, find })}`;
    this.stream.start();
  }

  hear(summary) {
    this.summary = summary;
    setText(document.getElementById("offline"), "");
    this.news.tell(summary);
    this.draw();
  }

  draw() {
    document.body.dataset.shows = this.place.letter === null ? "list" : "letter";
    this.filters.draw(this.summary, this.place);
    if (!this.summary) return;
    this.list.draw(this.summary, this.place);
    this.clearing.draw(this.summary);
    if (this.place.letter === null) this.pane.say(this.invitation(), this.place);
  }

  invitation() {
    const { count, smtp_url } = this.summary;
    if (count === 0) return `Whatever is sent to ${smtp_url} appears here.`;
    return "Choose a letter to read it here.";
  }

  async showLetter() {
    const { letter } = this.place;
    if (letter === this.shown) return;
    this.shown = letter;
    document.title = "Mailbox";
    if (letter === null) return;
    const answer = await fetch(`/letters/${letter}`);
    const read = answer.ok ? await answer.json() : null;
    if (letter !== this.place.letter) return;
    if (read) {
      this.pane.draw(read, this.place);
      document.title = `${read.subject || "No subject"} - Mailbox`;
    } else this.pane.say("This letter is no longer kept.", this.place);
  }
}

new Page().start();
