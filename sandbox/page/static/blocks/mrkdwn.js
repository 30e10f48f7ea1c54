/** Slack's own markup, read as Slack reads it. `sandbox/slack/markup.py` agrees. */

import { dateNode } from "./dates.js";
import { make } from "/shared/dom.js";
import { withEmoji } from "./emoji.js";
import { broadcastMention, channelMention, link, userMention } from "./mentions.js";

// Whatever is not plain text is taken out first and leaves this character behind, so
// that no mark of emphasis is found inside it. A real one is taken out likewise.
const HOLE = "\uFFFC";
const NO_ENTITY = "(?!&(?:lt|gt|amp);)";
const ATOM = new RegExp(
  [
    "```(?<fence>[^]+?)```",
    "`(?<code>[^`\\n]+)`",
    "<(?<entity>[^<>\\n]+)>",
    `(?<address>https?://(?:&amp;|${NO_ENTITY}[^\\s<>|])*` +
      `(?:&amp;|${NO_ENTITY}[^\\s<>|*_~.,;:!?)'"\\]}]))`,
    `(?<hole>${HOLE})`,
  ].join("|"),
  "gu",
);
const EMPHASIS =
  /(?<![\p{L}\p{N}_*~])([*_~])(?!\1)(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}_*~])/u;
const TAGS = { "*": "strong", _: "em", "~": "s" };
const QUOTED = /^(?:&gt;|>) ?/;
const CHANNEL_NAME = /(?<![\p{L}\p{N}_&/])#([\p{L}\p{N}_-]+)/gu;

/** `&lt;`, `&gt;` and `&amp;` as characters, once. */
export function unescaped(text) {
  const characters = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
  return text.replace(/&(?:lt|gt|amp);/g, (entity) => characters[entity]);
}

/**
 * Markup as nodes.
 * @param {string} text
 * @param {object} context names of people and channels, and `me`
 * @param {{verbatim?: boolean}} [options] verbatim links nothing that is not marked
 * @returns {DocumentFragment}
 */
export function mrkdwn(text, context, { verbatim = false } = {}) {
  const reading = { atoms: [], context, verbatim };
  const flat = text.replace(ATOM, (...found) => {
    reading.atoms.push(found.at(-1));
    return found.at(-1).fence === undefined ? HOLE : `\n${HOLE}\n`;
  });
  const fragment = new DocumentFragment();
  let held = [];
  const flush = () => {
    fragment.append(...paragraph(held, reading));
    held = [];
  };
  for (const line of trimmedAroundFences(flat, reading)) {
    if (line.isFence) {
      flush();
      fragment.append(fenced(reading.atoms.shift().fence));
    } else {
      held.push(line.text);
    }
  }
  flush();
  return fragment;
}

/** Lines, told apart from fenced code; the line breaks next to a fence are its own. */
function trimmedAroundFences(flat, reading) {
  let seen = 0;
  const lines = flat.split("\n").map((text) => {
    const isFence = text === HOLE && reading.atoms[seen]?.fence !== undefined;
    seen += text.split(HOLE).length - 1;
    return { text, isFence };
  });
  return lines.filter(
    ({ text }, at) => text || !(lines[at - 1]?.isFence || lines[at + 1]?.isFence),
  );
}

function fenced(code) {
  return make("pre.bk-pre", {}, unescaped(code.replace(/^\n|\n$/g, "")));
}

/** Plain lines and quotes, each run of quoted lines in one quote. */
function paragraph(lines, reading) {
  const runs = [];
  for (const line of lines) {
    const isQuote = QUOTED.test(line);
    if (runs.at(-1)?.isQuote !== isQuote) runs.push({ isQuote, lines: [] });
    runs.at(-1).lines.push(isQuote ? line.replace(QUOTED, "") : line);
  }
  return runs.flatMap((run) => {
    const nodes = run.lines.flatMap((line, at) => [
      ...(at ? ["\n"] : []),
      ...inline(line, reading),
    ]);
    return run.isQuote ? [make("blockquote.bk-quote", {}, nodes)] : nodes;
  });
}

/** One line with its emphasis, links and mentions. */
function inline(line, reading) {
  const found = EMPHASIS.exec(line);
  if (!found) return leaves(line, reading);
  const [whole, mark, inside] = found;
  return [
    ...leaves(line.slice(0, found.index), reading),
    make(TAGS[mark], {}, inline(inside, reading)),
    ...inline(line.slice(found.index + whole.length), reading),
  ];
}

function leaves(text, reading) {
  return text
    .split(HOLE)
    .flatMap((words, at) => [
      ...(at ? [atom(reading.atoms.shift(), reading)] : []),
      ...named(words, reading),
    ]);
}

/** Words, with `#name` of a channel as a mention unless the text is verbatim. */
function named(words, { context, verbatim }) {
  const read = (part) => (part ? [withEmoji(unescaped(part))] : []);
  if (verbatim) return read(words);
  const ids = Object.entries(context.channels ?? {});
  const nodes = [];
  let position = 0;
  for (const found of words.matchAll(CHANNEL_NAME)) {
    const known = ids.find(([, channel]) => channel.name === found[1]);
    if (!known) continue;
    nodes.push(...read(words.slice(position, found.index)));
    nodes.push(channelMention(known[0], found[1], context));
    position = found.index + found[0].length;
  }
  return [...nodes, ...read(words.slice(position))];
}

function atom({ code, entity, address, hole }, { context, verbatim }) {
  if (code !== undefined) return make("code.bk-code", {}, unescaped(code));
  if (entity !== undefined) return marked(entity, context);
  if (hole !== undefined) return hole;
  return verbatim ? unescaped(address) : link(unescaped(address));
}

/** What stands between angle brackets. */
function marked(inside, context) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : withEmoji(unescaped(inside.slice(bar + 1)));
  const rest = unescaped(target.slice(1));
  if (target.startsWith("@")) return userMention(rest, label, context);
  if (target.startsWith("#")) return channelMention(rest, label, context);
  if (target.startsWith("!date^")) {
    const [, seconds, format, address] = target.split("^");
    const date = dateNode(seconds, unescaped(format ?? ""), label, context);
    return address ? linked(unescaped(address), date) : date;
  }
  if (target.startsWith("!")) return broadcastMention(label || `@${rest}`);
  return link(unescaped(target), label || unescaped(target));
}

function linked(address, date) {
  const anchor = link(address, "");
  if (!(anchor instanceof Element)) return date;
  anchor.append(date);
  return anchor;
}

/** A plain_text object's words: nothing is marked up, emoji names are characters. */
export function plain(text, { emoji = true } = {}) {
  return emoji ? withEmoji(text) : text;
}

/** A text object of either type as nodes. */
export function words(object, context) {
  if (!object) return new DocumentFragment();
  if (object.type === "mrkdwn") {
    return mrkdwn(object.text, context, { verbatim: object.verbatim });
  }
  const fragment = new DocumentFragment();
  fragment.append(plain(object.text, object));
  return fragment;
}
