/** Emoji by the names that Slack's text uses for them. */

const CODE = /:([\p{L}\p{N}_+'’&.-]+):(?::skin-tone-([2-6]):)?/gu;
const FIRST_SKIN_TONE = 0x1f3fb;

async function load() {
  const answer = await fetch("/emoji.json");
  return answer.ok ? new Map(Object.entries(await answer.json())) : new Map();
}

const characters = await load().catch(() => new Map());

/** The character with this name; `null` when nobody knows it. */
export function character(name, tone = null) {
  const found = characters.get(name);
  if (!found || !tone) return found ?? null;
  return found + String.fromCodePoint(FIRST_SKIN_TONE + Number(tone) - 2);
}

/** Text with its `:names:` as characters; unknown ones stay. */
export function withEmoji(text) {
  return text.replace(CODE, (code, name, tone) => character(name, tone) ?? code);
}
