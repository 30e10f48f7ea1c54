/** The file block: a file that is kept elsewhere. */

import { make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";

/** Its name is all that Slack's clients are told. */
export function remoteFile(block) {
  return make("div.bk-file", {}, icon("file"), make("span", {}, block.external_id));
}
