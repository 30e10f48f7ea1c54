/** Pictures. Those of other hosts are named, not loaded. */

import { make } from "/shared/dom.js";
import { link } from "./mentions.js";
import { words } from "./mrkdwn.js";

/** An address that the page may load: its own, or a file of the workspace. */
function loadable(image, context) {
  const file = image.slack_file?.id;
  if (file && context.downloadUrl) return context.downloadUrl(file);
  const address = image.image_url ?? image.slack_file?.url;
  if (!address || !URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  return url.origin === location.origin ? url.href : null;
}

/** What stands in the place of a picture: what it shows, and where it is. */
function instead(image, size) {
  const address = image.image_url ?? image.slack_file?.url ?? "";
  if (size) {
    const attributes = { role: "img", "aria-label": image.alt_text, title: address };
    const words = size === "beside" && image.alt_text;
    return make(`span.bk-no-picture.bk-picture-${size}`, attributes, words);
  }
  return make(
    "span.bk-no-picture",
    {},
    make("span.bk-no-picture-words", { dir: "auto" }, image.alt_text),
    address && link(address),
  );
}

/**
 * A picture, or words in its place.
 * @param {"small"|"beside"|""} [size] beside a section or within a line of context
 */
export function picture(image, context, size = "beside") {
  const address = loadable(image, context);
  if (!address) return instead(image, size);
  const attributes = { src: address, alt: image.alt_text };
  const node = make(`img.bk-picture${size && `.bk-picture-${size}`}`, attributes);
  node.addEventListener("error", () => node.replaceWith(instead(image, size)));
  return node;
}

/** The image block: an optional title above the picture. */
export function imageBlock(block, context) {
  const title =
    block.title && make("figcaption.bk-image-title", {}, words(block.title, context));
  return make("figure.bk-image", {}, title, picture(block, context, ""));
}
