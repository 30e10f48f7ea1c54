/** Where the options of a select come from. */

import { allDone } from "./outbox.js";
import { plain } from "./mrkdwn.js";

const AT_MOST = 100;
const QUERY_LENGTH = 3;
const PAUSE = 250;

/** Letters as they compare: no capitals, no accents. */
function bare(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function fits(typed, ...texts) {
  return texts.some((text) => bare(text ?? "").includes(bare(typed)));
}

function asOption(option) {
  const about = option.description;
  return {
    value: option,
    words: plain(option.text.text, option.text),
    about: about ? plain(about.text, about) : "",
  };
}

function asGroups({ options, option_groups: groups }) {
  const given = groups ?? [{ options: options ?? [] }];
  return given.map(({ label, options: inside }) => ({
    label: label ? plain(label.text, label) : "",
    options: inside.map(asOption),
  }));
}

function narrowed(groups, typed) {
  return groups.map(({ label, options }) => ({
    label,
    options: options.filter((option) => fits(typed, option.words, option.about)),
  }));
}

function cut(options) {
  const notice = options.length > AT_MOST ? "Type to see more." : "";
  return { groups: [{ label: "", options: options.slice(0, AT_MOST) }], notice };
}

const staticOptions = ({ element }) => {
  const groups = asGroups(element);
  return { find: (typed) => ({ groups: narrowed(groups, typed) }) };
};

const people = (spot) => ({
  find: (typed) => {
    const members = Object.entries(spot.context.users ?? {})
      .filter(([, user]) => !user.is_deleted && fits(typed, user.name, user.real_name))
      .map(([id]) => ({ value: id, ...namedUser(id, spot.context) }));
    members.sort((one, other) => one.words.localeCompare(other.words));
    return cut(members);
  },
});

const channels = (spot) => ({
  find: (typed) => listed(channelsOf(spot.context, ["public"]), typed),
});

const conversations = (spot) => ({
  find: (typed) => {
    const { include, exclude_bot_users: noBots } = spot.element.filter ?? {};
    const kinds = include ?? ["im", "private", "public"];
    const direct = kinds.includes("im") && !noBots ? spot.context.directs : {};
    return listed({ ...channelsOf(spot.context, kinds), ...direct }, typed);
  },
});

/** Channels of these kinds: their ids, and their names as they are shown. */
function channelsOf(context, kinds) {
  const found = Object.entries(context.channels ?? {}).filter(([, channel]) =>
    kinds.includes(channel.is_private ? "private" : "public"),
  );
  return Object.fromEntries(found.map(([id, { name }]) => [id, `#${name}`]));
}

function listed(named, typed) {
  const options = Object.entries(named)
    .filter(([, words]) => fits(typed, words))
    .map(([id, words]) => ({ value: id, words, about: "" }));
  options.sort((one, other) => one.words.localeCompare(other.words));
  return cut(options);
}

/** The app is asked, once she pauses, and only from `min_query_length` on. */
const asked = (spot) => ({
  find: (typed, isAwaited) => {
    const least = spot.element.min_query_length ?? QUERY_LENGTH;
    if (typed.length < least) {
      const letters = least === 1 ? "1 character" : `${least} characters`;
      return { groups: [], notice: `Type at least ${letters} to search.` };
    }
    return answered(spot, typed, isAwaited);
  },
});

async function answered(spot, typed, isAwaited) {
  await new Promise((resume) => setTimeout(resume, PAUSE));
  if (!isAwaited()) return { groups: [] };
  spot.surface.flush();
  await allDone();
  if (!isAwaited()) return { groups: [] };
  const answer = await spot.surface.deed({ deed: "search", ...spot.place, typed });
  if (answer.problem) return { groups: [], notice: "The list could not be loaded." };
  return { groups: asGroups(answer) };
}

/**
 * @param {import("./spot.js").Spot} spot
 * @returns {{find: (typed: string, isAwaited: () => boolean) => object|Promise<object>}}
 */
export function sourceOf(spot) {
  const kind = spot.element.type.replace(/^multi_/, "");
  const sources = {
    static_select: staticOptions,
    external_select: asked,
    users_select: people,
    conversations_select: conversations,
    channels_select: channels,
  };
  return sources[kind](spot);
}

function namedUser(id, { users }) {
  const user = users?.[id];
  return {
    words: user?.real_name || user?.name || id,
    about: user ? `@${user.name}` : "",
  };
}

/** The words of what is chosen: an option, somebody, or a channel. */
export function wordsOf(value, type, context) {
  if (value === null || value === undefined) return "";
  if (typeof value === "object") return plain(value.text.text, value.text);
  if (type.includes("users")) return namedUser(value, context).words;
  const channel = context.channels?.[value];
  return channel ? `#${channel.name}` : (context.directs?.[value] ?? value);
}

/** What tells two options apart. */
export function keyOf(value) {
  return typeof value === "object" && value ? value.value : value;
}
