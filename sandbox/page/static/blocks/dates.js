/** Dates in messages: `<!date^seconds^format^link|fallback>` and rich text dates. */

import { make } from "/shared/dom.js";
import { wallClock, zoneOf } from "./zones.js";

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
function long(at, { locale, timeZone }, weekday) {
  const far = Math.abs(at - Date.now()) > HALF_A_YEAR;
  const parts = { month: "long", day: "numeric", timeZone };
  if (far) parts.year = "numeric";
  if (weekday) parts.weekday = "long";
  const format = new Intl.DateTimeFormat(locale, parts);
  if (!locale.startsWith("en")) return format.format(at);
  const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
  return format
    .formatToParts(at)
    .map(({ type, value }) =>
      type === "day" ? value + ORDINALS[ordinals.select(Number(value))] : value,
    )
    .join("");
}

/** Yesterday, today and tomorrow in words, other days as `otherwise` says. */
function pretty(at, { locale, timeZone }, otherwise) {
  const day = (moment) => Date.parse(wallClock(moment / 1000, timeZone).slice(0, 10));
  const days = Math.round((day(at) - day(Date.now())) / DAY);
  if (Math.abs(days) > 1) return otherwise;
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
}

function ago(at, { locale }) {
  const passed = at - Date.now();
  const [unit, length] = AGES.find(([, size]) => Math.abs(passed) >= size) ?? AGES.at(-1);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return relative.format(Math.round(passed / length), unit);
}

function styled(at, { locale, timeZone }, parts) {
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone }).format(at);
}

const SHORT = { year: "numeric", month: "short", day: "numeric" };
const MINUTES = { hour: "numeric", minute: "2-digit" };
const FORMATS = {
  date_num: (at, { timeZone }) => wallClock(at / 1000, timeZone).slice(0, 10),
  date_slash: (at, how) => styled(at, how, { dateStyle: "short" }),
  date: (at, how) => long(at, how, false),
  date_long: (at, how) => long(at, how, true),
  date_short: (at, how) => styled(at, how, SHORT),
  date_pretty: (at, how) => pretty(at, how, long(at, how, false)),
  date_long_pretty: (at, how) => pretty(at, how, long(at, how, true)),
  date_short_pretty: (at, how) => pretty(at, how, styled(at, how, SHORT)),
  time: (at, how) => styled(at, how, MINUTES),
  time_secs: (at, how) => styled(at, how, { ...MINUTES, second: "2-digit" }),
  ago,
};

/** What the format says of this moment; `null` when the format is not Slack's. */
export function formatted(seconds, format, how) {
  const at = new Date(Number(seconds) * 1000);
  const tokens = [...format.matchAll(TOKEN)].map((found) => found[1]);
  if (Number.isNaN(at.valueOf()) || tokens.length === 0) return null;
  if (tokens.some((token) => !Object.hasOwn(FORMATS, token))) return null;
  return format.replace(TOKEN, (_, token) => FORMATS[token](at, how));
}

/** A `<time>` that says the date as this person reads it, or else the fallback. */
export function dateNode(seconds, format, fallback, context) {
  const how = { locale: context.me?.locale || "en-US", timeZone: zoneOf(context) };
  const words = formatted(seconds, format, how);
  if (words === null) return document.createTextNode(fallback);
  const at = new Date(Number(seconds) * 1000);
  return make("time", { datetime: at.toISOString(), title: fallback }, words);
}
