/** What counts as read, and what the app hears of her going about. */

/**
 * @typedef {import("./place.js").Whereabouts} Whereabouts
 * @typedef {import("./protocol.js").Snapshot} Snapshot
 */

export class Reading {
  /** @param {import("./deeds.js").Deeds} deeds */
  constructor(deeds) {
    this.deeds = deeds;
    this.forget();
  }

  /** Another workspace may answer next: nothing in it has been looked at. */
  forget() {
    this.openedTab = null;
    this.looked = "";
  }

  /**
   * @param {Snapshot} snapshot
   * @param {Whereabouts} here
   */
  follow(snapshot, here) {
    const isCovered = snapshot.modals.length > 0;
    const isSeen = document.visibilityState === "visible" && !snapshot.me.is_deleted;
    if (isCovered || !isSeen) return;
    this.openApp(here);
    if (here.conversation && here.tab !== "home") this.look(here.conversation);
  }

  /** The app hears once that one of its tabs was opened. */
  openApp({ tab }) {
    if (tab && tab !== this.openedTab) this.deeds.do({ deed: "open_app", tab });
    this.openedTab = tab;
  }

  /** Once for all that is new now: the answer is a snapshot without it. */
  look({ id, unread, messages }) {
    const newest = `${id} ${unread} ${messages.at(-1)?.ts}`;
    if (!unread || newest === this.looked) return;
    this.looked = newest;
    this.deeds.do({ deed: "look", channel: id });
  }
}
