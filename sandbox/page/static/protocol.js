/**
 * What the server says, as it says it; see docs/sandbox.md.
 *
 * @typedef {{id: string, name: string, real_name: string, email: string|null, note: string,
 *   locale: string, tz: string, is_guest: boolean, is_deleted: boolean}} Me
 * @typedef {{name: string, real_name: string, note: string}} CastMember
 * @typedef {{user_id: string, name: string, has_home: boolean, has_messages: boolean,
 *   messages_read_only: boolean, is_connected: boolean}} App
 * @typedef {{command: string, description: string, usage_hint: string}} Command
 * @typedef {{name: string, real_name: string, is_bot: boolean, is_deleted: boolean}} User
 * @typedef {{id: string, name: string, size: number, mimetype: string}} SharedFile
 * @typedef {{ts: string, revision: string, author_id: string, only_for_me: boolean,
 *   edited: boolean, text: string, blocks: object[], values: object, files: SharedFile[],
 *   is_new: boolean, by_slack?: boolean}} Message  by_slack: made here, Slack's own words
 * @typedef {{id: string, name: string, is_private: boolean, is_im: boolean, with_app: boolean,
 *   is_archived: boolean, unread: number, has_older: boolean,
 *   messages: Message[]}} Conversation  with_app: the app is in it
 * @typedef {{id: string, revision: string, type: string, blocks: object[], values: object,
 *   errors: Record<string, string>}} View
 * @typedef {{team: {name: string}, me: Me, cast: CastMember[], app: App, commands: Command[],
 *   users: Record<string, User>, channels: Record<string, {name: string, is_private: boolean}>,
 *   conversations: Conversation[], home: View|null, modals: View[],
 *   notices: {id: string, text: string}[]}} Snapshot
 * @typedef {{ok: boolean, problem?: string, fields?: Record<string, string>}} Answer  fields:
 *   what is wrong with which field, by block_id; said there
 * @typedef {{id: string, kind: "payload"|"call"|"fault", at: string, title: string, who: string,
 *   outcome: string, milliseconds: number|null, request: unknown, answer: unknown,
 *   warning: string}} Entry
 */

export {};
