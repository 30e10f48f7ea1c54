/** Says to screen readers what has come. */

import { make } from "/shared/dom.js";
import { counted } from "./words.js";

const AT_MOST = 3;

export class News {
  constructor() {
    this.newest = null;
    this.host = document.getElementById("announcements");
  }

  /** The first list is no news, and neither is what another choice brings up. */
  tell({ letters, newest }) {
    const news = this.newest === null ? [] : letters.filter(({ id }) => id > this.newest);
    this.newest = newest;
    if (news.length === 1) this.say(`New letter for ${news[0].to.join(", ")}: ${news[0].subject}`);
    else if (news.length > 1) this.say(counted(news.length, "new letter"));
  }

  say(words) {
    this.host.append(make("p", {}, words));
    while (this.host.children.length > AT_MOST) this.host.firstElementChild.remove();
  }
}
