/** Rich text: what Slack's composer makes, piece by piece. */

import { dateNode } from "./dates.js";
import { make } from "/shared/dom.js";
import { character, withEmoji } from "./emoji.js";
import { broadcastMention, channelMention, link, userMention } from "./mentions.js";

const STYLES = [
  ["code", "code.bk-code"],
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
  ["highlight", "mark.bk-highlight"],
];
const ORDERED = ["decimal", "lower-alpha", "lower-roman"];
const BULLETS = ["disc", "circle", "square"];

const PIECES = {
  text: (piece) => withEmoji(piece.text),
  link: (piece) => link(piece.url, piece.text || piece.url),
  user: (piece, context) => userMention(piece.user_id, "", context),
  usergroup: (piece) => broadcastMention(`@${piece.usergroup_id}`),
  team: (piece) => broadcastMention(`@${piece.team_id}`),
  channel: (piece, context) => channelMention(piece.channel_id, "", context),
  broadcast: (piece) => broadcastMention(`@${piece.range}`),
  emoji: (piece) => emojiOf(piece),
  date: (piece, context) => dateOf(piece, context),
  color: (piece) => colourOf(piece.value),
};

function emojiOf({ name, unicode, skin_tone: tone }) {
  const known = character(name, tone);
  if (known || !unicode) return known ?? `:${name}:`;
  const points = unicode.split("-").map((point) => Number.parseInt(point, 16));
  return String.fromCodePoint(...points);
}

function dateOf({ timestamp, format, url, fallback }, context) {
  const date = dateNode(timestamp, format ?? "{date}", fallback ?? "", context);
  if (!url) return date;
  const anchor = link(url, "");
  if (!(anchor instanceof Element)) return date;
  anchor.append(date);
  return anchor;
}

function colourOf(value) {
  const swatch = make("span.bk-swatch", { "aria-hidden": "true" });
  if (CSS.supports("color", value)) swatch.style.backgroundColor = value;
  return make("span", {}, swatch, value);
}

function inline(pieces, context) {
  return (pieces ?? []).map((piece) => {
    const draw = PIECES[piece.type];
    if (!draw) return make("span.bk-unknown", {}, `[${piece.type}]`);
    let node = draw(piece, context);
    for (const [style, tag] of STYLES) {
      if (piece.style?.[style]) node = make(tag, {}, node);
    }
    return node;
  });
}

/** The rule that Slack draws beside a quote, a list or code with `border: 1`. */
function bordered(node, part) {
  if (part.border) node.classList.add("bk-bordered");
  return node;
}

function item(section, context) {
  const nodes = inline(section.elements, context);
  return make("li.bk-item", {}, make("div", { dir: "auto" }, nodes));
}

function emptyList(part) {
  const level = part.indent ?? 0;
  const isOrdered = part.style === "ordered";
  const list = make(isOrdered ? "ol.bk-list" : "ul.bk-list");
  const marks = isOrdered ? ORDERED : BULLETS;
  list.classList.add(`bk-list-${marks[level % marks.length]}`);
  if (isOrdered && part.offset) list.start = part.offset + 1;
  return bordered(list, part);
}

/**
 * Lists that follow each other, nested by their indent. Slack sends a nested list as
 * a list of its own; the one around it goes on after it.
 */
class Lists {
  constructor(context) {
    this.context = context;
    this.root = make("div.bk-lists");
    this.open = [];
  }

  add(part) {
    const level = part.indent ?? 0;
    while (this.open.length && this.open.at(-1).level > level) this.open.pop();
    const around = this.open.at(-1);
    const goesOn = around?.level === level && around.style === part.style;
    if (!goesOn || part.offset) this.#begin(part, level);
    for (const section of part.elements ?? []) {
      this.open.at(-1).list.append(item(section, this.context));
    }
  }

  #begin(part, level) {
    if (this.open.at(-1)?.level === level) this.open.pop();
    const list = emptyList(part);
    const above = this.open.at(-1)?.list;
    (above?.lastElementChild ?? above ?? this.root).append(list);
    if (!above && level) list.classList.add(`bk-indent-${Math.min(level, 8)}`);
    this.open.push({ level, style: part.style, list });
  }
}

const PARTS = {
  rich_text_section: (part, context) =>
    make("div.bk-rich-section", { dir: "auto" }, inline(part.elements, context)),
  rich_text_quote: (part, context) =>
    bordered(make("blockquote.bk-quote", {}, inline(part.elements, context)), part),
  rich_text_preformatted: (part, context) =>
    bordered(make("pre.bk-pre", {}, inline(part.elements, context)), part),
};

/** A rich_text block, or the rich text in a table's cell. */
export function richText(block, context) {
  const host = make("div.bk-rich-text");
  let lists = null;
  for (const part of block.elements ?? []) {
    if (part.type === "rich_text_list") {
      lists ??= new Lists(context);
      lists.add(part);
      host.append(lists.root);
      continue;
    }
    lists = null;
    const draw = PARTS[part.type];
    host.append(draw ? draw(part, context) : unknown(part));
  }
  return host;
}

function unknown(part) {
  return make("p.bk-unknown", {}, `This part is not drawn here: ${part.type}`);
}
