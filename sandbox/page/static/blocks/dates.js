/** Dates in messages: `<!date^seconds^format^link|fallback>` and rich text dates. */

import { make } from "./dom.js";

const TOKEN = /\{(\w+)\}/g;
const DAY = 86_400_000;
const HALF_A_YEAR = 182 * DAY;
const ORDINALS = { one: "st", two: "nd", few: "rd", other: "th" };
const AGES = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["day", DAY],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** Slack leaves the year out of a long date that is less than six months away. */
function long(at, locale, weekday) {
  const far = Math.abs(at - Date.now()) > HALF_A_YEAR;
  const parts = { month: "long", day: "numeric" };
  if (far) parts.year = "numeric";
  if (weekday) parts.weekday = "long";
  const format = new Intl.DateTimeFormat(locale, parts);
  if (!locale.startsWith("en")) return format.format(at);
  const kind = new Intl.PluralRules("en", { type: "ordinal" }).select(at.getDate());
  return format
    .formatToParts(at)
    .map((part) => part.value + (part.type === "day" ? ORDINALS[kind] : ""))
    .join("");
}

/** Yesterday, today and tomorrow in words, other days as `otherwise` says. */
function pretty(at, locale, otherwise) {
  const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(Date.now())) / DAY);
  if (Math.abs(days) > 1) return otherwise;
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
}

function ago(at, locale) {
  const passed = at - Date.now();
  const [unit, length] = AGES.find(([, size]) => Math.abs(passed) >= size) ?? AGES.at(-1);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return relative.format(Math.round(passed / length), unit);
}

function styled(at, locale, parts) {
  return new Intl.DateTimeFormat(locale, parts).format(at);
}

const SHORT = { year: "numeric", month: "short", day: "numeric" };
const MINUTES = { hour: "numeric", minute: "2-digit" };
const FORMATS = {
  date_num: (at) => new Intl.DateTimeFormat("sv-SE").format(at),
  date_slash: (at, locale) => styled(at, locale, { dateStyle: "short" }),
  date: (at, locale) => long(at, locale, false),
  date_long: (at, locale) => long(at, locale, true),
  date_short: (at, locale) => styled(at, locale, SHORT),
  date_pretty: (at, locale) => pretty(at, locale, long(at, locale, false)),
  date_long_pretty: (at, locale) => pretty(at, locale, long(at, locale, true)),
  date_short_pretty: (at, locale) => pretty(at, locale, styled(at, locale, SHORT)),
  time: (at, locale) => styled(at, locale, MINUTES),
  time_secs: (at, locale) => styled(at, locale, { ...MINUTES, second: "2-digit" }),
  ago,
};

/** What the format says of this moment; `null` when the format is not Slack's. */
export function formatted(seconds, format, locale) {
  const at = new Date(Number(seconds) * 1000);
  const tokens = [...format.matchAll(TOKEN)].map((found) => found[1]);
  if (Number.isNaN(at.valueOf()) || tokens.length === 0) return null;
  if (tokens.some((token) => !Object.hasOwn(FORMATS, token))) return null;
  return format.replace(TOKEN, (_, token) => FORMATS[token](at, locale));
}

/** A `<time>` that says the date as this person reads it, or else the fallback. */
export function dateNode(seconds, format, fallback, context) {
  const words = formatted(seconds, format, context.me?.locale || "en-US");
  if (words === null) return document.createTextNode(fallback);
  const at = new Date(Number(seconds) * 1000);
  return make("time", { datetime: at.toISOString(), title: fallback }, words);
}
