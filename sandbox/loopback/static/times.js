/**
 * When things happened, in words. The page speaks English, on a clock of 24 hours, in the
 * time zone of the person's account, as Slack does.
 */

const LOCALE = "en-GB";
const DAY_LENGTH = 86_400_000;

let zone;
const formats = new Map();

/** @param {string} name such as Europe/Amsterdam; one that nobody knows changes nothing */
export function useTimeZone(name) {
  if (name === zone) return;
  try {
    new Intl.DateTimeFormat(LOCALE, { timeZone: name });
  } catch {
    return;
  }
  zone = name;
  formats.clear();
}

/** @param {Intl.DateTimeFormatOptions} parts */
function written(moment, parts, locale = LOCALE) {
  const name = JSON.stringify([locale, parts]);
  if (!formats.has(name)) {
    formats.set(name, new Intl.DateTimeFormat(locale, { ...parts, timeZone: zone }));
  }
  return formats.get(name).format(moment);
}

/** The moment of a message's `ts`. */
export function momentOf(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** 14:05 */
export function clockTime(moment) {
  return written(moment, { hour: "2-digit", minute: "2-digit" });
}

/** 14:05:09.250 */
export function exactTime(moment) {
  const to = "2-digit";
  return written(moment, { hour: to, minute: to, second: to, fractionalSecondDigits: 3 });
}

/** Monday 23 November 2026 at 14:05:09 */
export function fullTime(moment) {
  return written(moment, { dateStyle: "full", timeStyle: "medium" });
}

/** 2026-11-23: a name for a day that sorts and compares. */
export function dayKey(moment) {
  return written(moment, { dateStyle: "short" }, "sv-SE");
}

/** Today, Yesterday, Monday 23 November; another year is named. */
export function dayWords(moment, now = new Date()) {
  const day = dayKey(moment);
  const today = dayKey(now);
  if (day === today) return "Today";
  if (Date.parse(today) - Date.parse(day) === DAY_LENGTH) return "Yesterday";
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { weekday: "long", day: "numeric", month: "long" };
  if (day.slice(0, 4) !== today.slice(0, 4)) parts.year = "numeric";
  return written(moment, parts);
}
