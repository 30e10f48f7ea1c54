/** What an open modal does to the rest: nothing of Slack behind it can be reached. */

export class Cover {
  constructor() {
    this.behind = document.getElementById("slack");
    this.skip = document.querySelector(".skip-link");
    this.drawerOpener = document.getElementById("open-sidebar");
    this.returnTo = null;
  }

  /**
   * Before the modals are drawn.
   * @param {boolean} isCovered
   */
  prepare(isCovered) {
    if (!isCovered || this.behind.inert) return;
    const active = document.activeElement;
    this.returnTo = this.behind.contains(active) ? active : null;
  }

  /** After they are drawn: a modal holds the focus, and gives it back at the end. */
  finish(isCovered) {
    if (isCovered === this.behind.inert) return;
    this.behind.inert = isCovered;
    this.skip.hidden = isCovered;
    this.drawerOpener.disabled = isCovered;
    const isLost = document.activeElement === document.body || !document.activeElement;
    if (isCovered || !isLost) return;
    const back = this.returnTo?.isConnected ? this.returnTo : this.behind.querySelector("h1");
    back.focus();
  }
}
