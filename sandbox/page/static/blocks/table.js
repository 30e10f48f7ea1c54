/** The table block: rows of cells, the first row its heading. */

import { make } from "/shared/dom.js";
import { withEmoji } from "./emoji.js";
import { richText } from "./rich-text.js";

function content(cell, context) {
  if (cell?.type === "rich_text") return richText(cell, context);
  return withEmoji(String(cell?.text ?? cell?.value ?? ""));
}

function row(cells, settings, context, isHeading) {
  const drawn = cells.map((cell, at) => {
    const { align, is_wrapped: isWrapped } = settings[at] ?? {};
    const node = isHeading ? make("th", { scope: "col" }) : make("td");
    node.classList.add(`bk-align-${align ?? "left"}`);
    if (isWrapped) node.classList.add("bk-wrapped");
    node.append(content(cell, context));
    return node;
  });
  return make("tr", {}, drawn);
}

/** A table that scrolls by itself when it is too wide; the keyboard reaches it. */
export function table(block, context) {
  const settings = block.column_settings ?? [];
  const [heading, ...rest] = block.rows ?? [];
  const body = rest.map((cells) => row(cells, settings, context, false));
  const drawn = make(
    "table.bk-table",
    {},
    heading && make("thead", {}, row(heading, settings, context, true)),
    make("tbody", {}, body),
  );
  const frame = { tabindex: "0", role: "group", "aria-label": "Table" };
  return make("div.bk-table-frame", frame, drawn);
}
