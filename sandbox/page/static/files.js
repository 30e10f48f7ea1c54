/** Files of a message, each as a card to download. */

import { make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";

/** @typedef {import("./protocol.js").SharedFile} SharedFile */

const UNITS = ["bytes", "kB", "MB", "GB"];

/**
 * @param {SharedFile[]} files
 * @param {(fileId: string) => string} urlOf
 */
export function fileCards(files, urlOf) {
  return make(
    "ul.files",
    { "aria-label": "Files" },
    files.map((file) => card(file, urlOf)),
  );
}

/** @param {SharedFile} file */
function card(file, urlOf) {
  const download = make(
    "a.button.file-download",
    { href: urlOf(file.id), download: file.name },
    icon("download"),
    "Download",
    make("span.visually-hidden", {}, ` ${file.name}`),
  );
  const kind = extension(file.name);
  const about = [kind, fileSize(file.size)].filter(Boolean).join(" · ");
  return make(
    "li.file",
    {},
    make("span.file-sign", {}, icon("file")),
    make(
      "span.file-words",
      {},
      make("span.file-name", {}, file.name),
      make("span.file-about", {}, about),
    ),
    download,
  );
}

function extension(name) {
  const found = /\.([\p{L}\p{N}]{1,8})$/u.exec(name);
  return found ? found[1].toUpperCase() : "";
}

/** 512 bytes, 1.2 kB, 34 MB */
export function fileSize(bytes) {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && size < 10 ? 1 : 0;
  return `${size.toFixed(digits)} ${UNITS[unit]}`;
}
