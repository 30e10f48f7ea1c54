/** The file block: a file that is kept elsewhere. */

import { icon, make } from "./dom.js";

/** Its name is all that Slack's clients are told. */
export function remoteFile(block) {
  return make("div.bk-file", {}, icon("paper"), make("span", {}, block.external_id));
}
