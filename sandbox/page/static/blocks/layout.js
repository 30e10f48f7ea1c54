/** Every block, put together from text and elements. */

import { freshId, make } from "/shared/dom.js";
import { nameByNeighbour, widgetOf } from "./elements.js";
import { imageBlock, picture } from "./image.js";
import { inputBlock } from "./input-block.js";
import { markdown } from "./markdown.js";
import { words } from "./mrkdwn.js";
import { remoteFile } from "./remote-file.js";
import { richText } from "./rich-text.js";
import { table } from "./table.js";

function text(object, context) {
  return make("div.bk-text", { dir: "auto" }, words(object, context));
}

function section(block, surface, use) {
  const { context } = surface;
  const told = make("div.bk-section-text", { id: freshId() });
  if (block.text) told.append(text(block.text, context));
  if (block.fields) {
    const fields = block.fields.map((field) => text(field, context));
    told.append(make("div.bk-fields", {}, fields));
  }
  const node = make("div.bk-section", {}, told);
  if (!block.accessory) return { node };
  const widget = widgetOf(block.accessory, block, surface, use);
  if (!["button", "overflow"].includes(block.accessory.type)) {
    nameByNeighbour(widget, told.id);
  }
  node.append(make("div.bk-accessory", {}, widget.node));
  return { node };
}

function actions(block, surface, use) {
  const widgets = block.elements.map((each) => widgetOf(each, block, surface, use));
  return {
    node: make(
      "div.bk-actions",
      {},
      widgets.map((widget) => widget.node),
    ),
  };
}

function contextBlock(block, surface) {
  const drawn = block.elements.map((each) =>
    each.type === "image"
      ? picture(each, surface.context, "small")
      : make(
          "span.bk-context-text.bk-text",
          { dir: "auto" },
          words(each, surface.context),
        ),
  );
  return { node: make("div.bk-context", {}, drawn) };
}

function header(block, surface) {
  const attributes = { role: "heading", "aria-level": "3", dir: "auto" };
  return { node: make("div.bk-header", attributes, words(block.text, surface.context)) };
}

const BLOCKS = {
  section,
  actions,
  context: contextBlock,
  header,
  input: inputBlock,
  divider: () => ({ node: make("hr.bk-divider") }),
  image: (block, surface) => ({ node: imageBlock(block, surface.context) }),
  file: (block) => ({ node: remoteFile(block) }),
  rich_text: (block, surface) => ({ node: richText(block, surface.context) }),
  table: (block, surface) => ({ node: table(block, surface.context) }),
  markdown: (block) => ({ node: markdown(block) }),
};

/**
 * @param {object} block
 * @param {object} surface
 * @param {(key: string) => void} use told of each element that stands in it
 * @returns {{node: HTMLElement, showError?: (text: string) => void, focus?: () => void}}
 */
export function drawBlock(block, surface, use) {
  const draw = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : unknown;
  const drawn = draw(block, surface, use);
  drawn.node.classList.add("bk-block");
  return drawn;
}

function unknown(block) {
  const told = `This block is not drawn here: ${block.type}`;
  return { node: make("p.bk-unknown", {}, told) };
}
