/** The markdown block: the usual Markdown, as far as Slack reads it. */

import { freshId, make } from "/shared/dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./mentions.js";
import { table } from "./table.js";

const INLINE = new RegExp(
  [
    "\\\\(?<literal>[\\\\`*_{}\\[\\]()#+.!~>|-])",
    "`(?<code>[^`\\n]+)`",
    "!\\[(?<alt>[^\\]\\n]*)\\]\\((?<picture>[^\\s)]+)\\)",
    "\\[(?<label>[^\\]\\n]+)\\]\\((?<target>[^\\s)]+)\\)",
    "<?(?<address>https?://[^\\s<>]*[^\\s<>*_~.,;:!?)'\"\\]}])>?",
    "(?<both>\\*\\*\\*|___)(?=\\S)(?<bothed>[^]+?)(?<=\\S)\\k<both>",
    "(?<bold>\\*\\*|__)(?=\\S)(?<bolded>[^]+?)(?<=\\S)\\k<bold>",
    "(?<italic>\\*|(?<![\\p{L}\\p{N}])_)(?=\\S)(?<italics>[^]+?)(?<=\\S)\\k<italic>",
    "~~(?=\\S)(?<struck>[^]+?)(?<=\\S)~~",
  ].join("|"),
  "gu",
);

function inline(text) {
  const nodes = [];
  let position = 0;
  for (const found of text.matchAll(INLINE)) {
    nodes.push(withEmoji(text.slice(position, found.index)), piece(found.groups));
    position = found.index + found[0].length;
  }
  nodes.push(withEmoji(text.slice(position)));
  return nodes;
}

function piece(found) {
  if (found.literal) return found.literal;
  if (found.code) return make("code.bk-code", {}, found.code);
  if (found.picture) return link(found.picture, found.alt || found.picture);
  if (found.target) return labelled(found.target, found.label);
  if (found.address) return link(found.address);
  if (found.both) return make("strong", {}, make("em", {}, inline(found.bothed)));
  if (found.bold) return make("strong", {}, inline(found.bolded));
  if (found.italic) return make("em", {}, inline(found.italics));
  return make("s", {}, inline(found.struck));
}

function labelled(target, label) {
  const anchor = link(target, "");
  if (!(anchor instanceof Element)) return label;
  anchor.append(...inline(label));
  return anchor;
}

const KINDS = [
  ["fence", /^\s*```/],
  ["rule", /^\s*([-*_])(\s*\1){2,}\s*$/],
  ["heading", /^#{1,6}\s+\S/],
  ["quote", /^\s*>/],
  ["item", /^\s*([-*+]|\d+[.)])\s+\S/],
  ["row", /^\s*\|.*\|\s*$/],
  ["blank", /^\s*$/],
];

function kindOf(line) {
  return KINDS.find(([, form]) => form.test(line))?.[0] ?? "text";
}

/** Lines of one kind that belong together; a fence runs until it is closed. */
function* groups(lines) {
  let at = 0;
  while (at < lines.length) {
    const kind = kindOf(lines[at]);
    let end = at + 1;
    if (kind === "fence") {
      while (end < lines.length && !/^\s*```\s*$/.test(lines[end])) end += 1;
      end += 1;
    } else if (!["heading", "rule"].includes(kind)) {
      while (end < lines.length && kindOf(lines[end]) === kind) end += 1;
    }
    yield { kind, lines: lines.slice(at, end) };
    at = end;
  }
}

const DRAWN = {
  blank: () => [],
  text: (lines) => [make("p", { dir: "auto" }, inline(lines.join("\n")))],
  rule: () => [make("hr.bk-divider")],
  heading: ([line]) => [heading(line)],
  fence: (lines) => [
    make(
      "pre.bk-pre",
      {},
      lines
        .slice(1)
        .join("\n")
        .replace(/\n?\s*```\s*$/, ""),
    ),
  ],
  quote: (lines) => {
    const inside = lines.map((line) => line.replace(/^\s*> ?/, ""));
    return [make("blockquote.bk-quote", {}, drawn(inside))];
  },
  item: (lines) => [list(lines)],
  row: (lines) => [rows(lines)],
};

/** A heading by its look; the page's own outline is not the app's to change. */
function heading(line) {
  const [, marks, words] = /^(#+)\s+(.*?)\s*#*$/.exec(line);
  const level = { role: "heading", "aria-level": Math.min(marks.length + 2, 6) };
  return make(`p.bk-heading-${marks.length}`, level, inline(words));
}

function list(lines) {
  const lists = [];
  let root = null;
  for (const line of lines) {
    const [, blank, mark, words] = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/.exec(line);
    const depth = blank.length;
    while (lists.length && lists.at(-1).depth > depth) lists.pop();
    if (!lists.length || lists.at(-1).depth < depth) {
      const number = Number.parseInt(mark, 10);
      const node = make(number >= 0 ? "ol.bk-list" : "ul.bk-list");
      if (number > 1) node.start = number;
      lists.at(-1)?.node.lastElementChild.append(node);
      lists.push({ depth, node });
    }
    root ??= lists[0].node;
    lists.at(-1).node.append(listItem(words));
  }
  return root;
}

function listItem(words) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(words);
  if (!task) return make("li.bk-item", {}, inline(words));
  const id = freshId();
  const isDone = task[1] !== " ";
  const box = make("input", { type: "checkbox", disabled: true, checked: isDone });
  box.setAttribute("aria-labelledby", id);
  return make("li.bk-item.bk-task", {}, box, make("span", { id }, inline(task[2])));
}

function rows(lines) {
  const cells = lines
    .filter((line) => !/^[\s|:-]+$/.test(line))
    .map((line) =>
      line
        .trim()
        .replace(/^\||\|$/g, "")
        .split("|"),
    );
  const raw = cells.map((row) =>
    row.map((text) => ({ type: "raw_text", text: text.trim() })),
  );
  return table({ rows: raw }, {});
}

function drawn(lines) {
  return [...groups(lines)].flatMap((group) => DRAWN[group.kind](group.lines));
}

/** A markdown block. */
export function markdown(block) {
  return make("div.bk-markdown", {}, drawn(block.text.split("\n")));
}
