/** The tabs of the app. */

import { addressOf } from "./address.js";
import { make } from "/shared/dom.js";
import { syncChildren } from "/shared/keyed.js";

const WORDS = { home: "Home", messages: "Messages" };

export class Tabs {
  /** @param {(place: object, options?: object) => void} go */
  constructor(go) {
    this.go = go;
    this.host = document.getElementById("tabs");
  }

  /**
   * @param {import("./protocol.js").Snapshot} snapshot
   * @param {import("./place.js").Whereabouts} here
   */
  draw({ app, me }, { conversation, tab }) {
    this.host.hidden = tab === null;
    this.host.setAttribute("aria-label", `Tabs of ${app.name}`);
    const offered = [app.has_home && "home", app.has_messages && "messages"].filter(Boolean);
    syncChildren(this.host, offered, {
      key: (each) => each,
      create: (each) => this.link({ as: me.name, tab: each }),
      update: (link, each) => {
        if (each === tab) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
        const unread = each === "messages" && each !== tab ? conversation?.unread : 0;
        link.querySelector(".unread").hidden = !unread;
        link.querySelector(".unread").firstChild.data = `${unread}`;
      },
    });
  }

  link(place) {
    const badge = make(
      "span.unread",
      { hidden: true },
      "0",
      make("span.visually-hidden", {}, " unread"),
    );
    const link = make("a.tab", { href: addressOf(place) }, WORDS[place.tab], " ", badge);
    link.addEventListener("click", (press) => {
      if (press.ctrlKey || press.metaKey || press.shiftKey) return;
      press.preventDefault();
      this.go(place, { focus: false });
    });
    return link;
  }
}
