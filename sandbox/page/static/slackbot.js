/** What Slack itself tells a person: shown where she is, to her alone, until a reload. */

/** @typedef {import("./protocol.js").Message} Message */

export const SLACKBOT = "Slackbot";

export class Slackbot {
  constructor() {
    /** @type {Map<string, Message[]>} by conversation */
    this.said = new Map();
    this.known = new Set();
    this.isFirst = true;
  }

  /** Say something in a conversation, as it is now. */
  say(conversationId, text) {
    const ts = (Date.now() / 1000).toFixed(6);
    const message = { ts: `${ts}-slackbot`, revision: "1", author_id: SLACKBOT, text };
    const said = this.said.get(conversationId) ?? [];
    this.said.set(conversationId, [...said, { ...BARE, ...message }]);
  }

  /** The messages of a conversation with its own among them. */
  among({ id, messages }) {
    const said = this.said.get(id);
    if (!said) return messages;
    return [...messages, ...said].sort((one, other) => moment(one) - moment(other));
  }

  /**
   * Notices that were not there before; what stood there when the page opened is old.
   * @param {{id: string, text: string}[]} notices
   */
  news(notices) {
    const fresh = this.isFirst ? [] : notices.filter(({ id }) => !this.known.has(id));
    for (const { id } of notices) this.known.add(id);
    this.isFirst = false;
    return fresh;
  }

  /** Another workspace may answer next; its notices have the same ids again. */
  forget() {
    this.known.clear();
    this.isFirst = true;
  }
}

const BARE = {
  only_for_me: true,
  edited: false,
  blocks: [],
  values: {},
  files: [],
  is_new: false,
  by_slack: true,
};

function moment({ ts }) {
  return Number.parseFloat(ts);
}

/** What Slack says to a command that nobody has made. */
export function unknownCommand(command) {
  return (
    `\`${command}\` is not a valid command. In Slack, all messages that start with the ` +
    'character "/" are interpreted as commands. If you are trying to send a message and ' +
    'not run a command, try preceding the "/" with an empty space.'
  );
}
