/** A stream of server-sent events that comes back by itself. */

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 4000;

/**
 * Browsers open no more than six connections to one host, and a stream holds one for as
 * long as it lasts. So a window that nobody sees lets go of its own.
 */
export class LiveStream {
  /**
   * @param {string} address
   * @param {string} event
   * @param {{onData: (data: any, isFirst: boolean) => void, onLost?: (isRefused: boolean) => void}} heard
   *   `isFirst` on a new connection; `isRefused` when somebody answered, but not with a stream
   */
  constructor(address, event, { onData, onLost }) {
    this.address = address;
    this.event = event;
    this.onData = onData;
    this.onLost = onLost ?? (() => {});
    this.pause = FIRST_PAUSE;
    this.isWanted = false;
    document.addEventListener("visibilitychange", () => this.follow());
    // A page in the back-forward cache may hold no connection.
    addEventListener("pagehide", () => this.disconnect());
    addEventListener("pageshow", () => this.follow());
  }

  start() {
    this.isWanted = true;
    this.follow();
  }

  stop() {
    this.isWanted = false;
    this.disconnect();
  }

  follow() {
    const isSeen = document.visibilityState === "visible";
    if (!this.isWanted || !isSeen) this.disconnect();
    else if (!this.source) this.connect();
  }

  connect() {
    clearTimeout(this.waiting);
    this.source = new EventSource(this.address);
    let isFirst = true;
    this.source.addEventListener(this.event, (message) => {
      this.pause = FIRST_PAUSE;
      this.onData(JSON.parse(message.data), isFirst);
      isFirst = false;
    });
    this.source.addEventListener("error", () => this.comeBack());
  }

  /** The browser's own coming back gives up on some answers; this never does. */
  comeBack() {
    const isRefused = this.source.readyState === EventSource.CLOSED;
    this.disconnect();
    this.waiting = setTimeout(() => this.follow(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    this.onLost(isRefused);
  }

  disconnect() {
    clearTimeout(this.waiting);
    this.source?.close();
    this.source = null;
  }
}
