/** One letter: who wrote to whom, what comes with it, and the ways to look at it. */

import { make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";
import { fullTime } from "/shared/times.js";
import { headersTab, htmlTab, sourceTab, textTab } from "./looks.js";
import { addressOf, onFollow } from "./place.js";
import { Tabs } from "./tabs.js";
import { sizeWords } from "./words.js";

export class LetterPane {
  /**
   * @param {{openMailbox: (address: string) => void, back: () => void}} ways
   */
  constructor({ openMailbox, back }) {
    this.openMailbox = openMailbox;
    this.back = back;
    this.host = document.getElementById("letter");
    this.preferred = "";
  }

  /** @param {import("./place.js").Place} place */
  draw(letter, place) {
    const tabs = this.tabs(letter);
    this.host.replaceChildren(
      this.backLink(place),
      make(
        "h2",
        { tabindex: -1, lang: "" },
        letter.subject || make("i", { lang: "en" }, "No subject"),
      ),
      this.envelope(letter),
      ...remarks(letter),
      ...attachments(letter),
      tabs.list,
      tabs.panel,
    );
    tabs.show(this.startsWith(letter, tabs));
    this.host.scrollTop = 0;
  }

  /** Words in place of a letter. */
  say(words, place) {
    this.host.replaceChildren(this.backLink(place), make("p.nothing", {}, words));
  }

  focus() {
    (this.host.querySelector("h2") ?? this.host).focus();
  }

  tabs(letter) {
    const looks = [
      letter.has_html && htmlTab(letter),
      letter.text && textTab(letter),
      headersTab(letter),
      sourceTab(letter),
    ];
    const remember = (name) => {
      this.preferred = name;
    };
    return new Tabs(looks.filter(Boolean), "Ways to look at the letter", remember);
  }

  startsWith({ is_broken, has_html, text }, { tabs }) {
    if (is_broken || !(has_html || text)) return "source";
    const isThere = tabs.some(({ name }) => name === this.preferred);
    return isThere ? this.preferred : tabs[0].name;
  }

  backLink(place) {
    const link = make(
      "a.back",
      { href: addressOf({ ...place, letter: null }) },
      icon("back"),
      "Back to the list",
    );
    onFollow(link, this.back);
    return link;
  }

  envelope(letter) {
    const { headers, to, sender, received_at } = letter;
    const moment = new Date(received_at);
    const said = (name) =>
      headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
    const rows = [
      ["From", said("from").join(", ") || sender || "nobody"],
      ["To", said("to").join(", ")],
      ["Cc", said("cc").join(", ")],
      ["Reply to", said("reply-to").join(", ")],
      [
        "Delivered to",
        to.flatMap((address, index) => [index > 0 && ", ", this.mailboxLink(address)]),
      ],
      ["Received", make("time", { datetime: received_at, lang: "en" }, fullTime(moment))],
    ];
    const filled = rows.filter(([, value]) => value.length !== 0);
    return make(
      "dl.envelope",
      {},
      ...filled.map(([name, value]) =>
        make("div", {}, make("dt", {}, name), make("dd", { lang: "" }, value)),
      ),
    );
  }

  mailboxLink(address) {
    const href = addressOf({ whose: address.toLowerCase(), find: "", letter: null });
    const link = make("a", { href }, address);
    onFollow(link, () => this.openMailbox(address.toLowerCase()));
    return link;
  }
}

function remarks({ defects, is_broken }) {
  if (defects.length === 0 && !is_broken) return [];
  const title = is_broken
    ? "This letter is broken. Its source shows it as it came."
    : "Some mail programs will stumble over this letter.";
  return [
    make(
      "div.remarks",
      {},
      make("p", {}, icon("warning"), title),
      make("ul", { lang: "" }, ...defects.map((each) => make("li", {}, each))),
    ),
  ];
}

function attachments({ id, attachments: all }) {
  if (all.length === 0) return [];
  const lines = all.map(({ name, type, size, is_inline }, index) => {
    const about = `${type}, ${sizeWords(size)}${is_inline ? ", shown in the letter" : ""}`;
    const href = `/letters/${id}/attachments/${index}`;
    return make(
      "li",
      {},
      make("a.download", { href, download: "", lang: "" }, icon("download"), name),
      make("span.about", {}, about),
    );
  });
  return [make("ul.attachments", { "aria-label": "Attachments" }, ...lines)];
}
