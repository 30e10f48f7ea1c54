/** The letters there are, newest first. */

import { make } from "/shared/dom.js";
import { labelledIcon } from "/shared/icons.js";
import { setText, syncChildren } from "/shared/keyed.js";
import { fullTime } from "/shared/times.js";
import { addressOf, onFollow } from "./place.js";
import { counted, shortTime, sizeWords } from "./words.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

export class List {
  /** @param {(letter: number) => void} open */
  constructor(open) {
    this.open = open;
    this.host = document.getElementById("letters");
    this.host.addEventListener("keydown", (press) => this.step(press));
  }

  /** @param {import("./place.js").Place} place */
  draw(summary, place) {
    const { letters, count } = summary;
    syncChildren(this.host, letters, {
      key: ({ id }) => `${id}`,
      create: (letter) => this.line(letter),
      update: (line, letter) => this.mark(line.firstElementChild, letter, place),
    });
    setText(document.getElementById("count"), this.countWords(letters.length, count));
    setText(document.getElementById("limits"), limitWords(summary));
  }

  countWords(shown, count) {
    if (count === 0) return "No letters yet";
    if (shown === count) return counted(count, "letter");
    return shown ? `${shown} of ${counted(count, "letter")}` : "No such letters";
  }

  line(letter) {
    const link = make("a.line", {}, ...lineContent(letter));
    onFollow(link, () => this.open(letter.id));
    return make("li", {}, link);
  }

  mark(link, { id }, place) {
    link.setAttribute("href", addressOf({ ...place, letter: id }));
    if (id === place.letter) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }

  /** Arrows go from letter to letter; Tab goes on. */
  step(press) {
    const links = [...this.host.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (!(press.key in STEPS) || at < 0) return;
    press.preventDefault();
    const next = at + STEPS[press.key];
    links[Math.max(0, Math.min(next, links.length - 1))].focus();
  }

  /** Back to the letter that was open, or to the beginning. */
  focus(letter) {
    const line = this.host.querySelector(`[data-key="${letter}"] a`);
    (line ?? document.getElementById("find")).focus();
  }
}

function lineContent({ to, subject, received_at, has_attachments, is_broken }) {
  const moment = new Date(received_at);
  const others = to.length > 1 ? ` +${to.length - 1}` : "";
  const time = { datetime: received_at, title: fullTime(moment) };
  return [
    make("span.line-to", { lang: "" }, `${to[0]}${others}`),
    make("time.line-time", time, shortTime(moment)),
    make("span.line-subject", { lang: "" }, subject || make("i", { lang: "en" }, "No subject")),
    make(
      "span.line-marks",
      {},
      has_attachments && labelledIcon("clip", "with attachments"),
      is_broken && labelledIcon("warning", "broken"),
    ),
  ];
}

function limitWords({ let_go, most_letters, most_bytes, smtp_url }) {
  const gone = let_go ? ` ${counted(let_go, "older letter")} made room.` : "";
  const kept = `Keeps the newest ${counted(most_letters, "letter")}, ${sizeWords(most_bytes)} at most.`;
  return `Takes letters at ${smtp_url}. ${kept}${gone}`;
}
