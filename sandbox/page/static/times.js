/** When things happened, in words. The page speaks English, on a clock of 24 hours. */

const LOCALE = "en-GB";
const CLOCK = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const FULL = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full", timeStyle: "medium" });
const EXACT = new Intl.DateTimeFormat(LOCALE, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});
const DAY = { weekday: "long", day: "numeric", month: "long" };

/** The moment of a message's `ts`. */
export function momentOf(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** 14:05 */
export function clockTime(moment) {
  return CLOCK.format(moment);
}

/** 14:05:09.250 */
export function exactTime(moment) {
  return EXACT.format(moment);
}

/** Monday, 23 November 2026 at 14:05:09 */
export function fullTime(moment) {
  return FULL.format(moment);
}

/** A name for a day that sorts and compares; days are those of this machine. */
export function dayKey(moment) {
  const month = String(moment.getMonth() + 1).padStart(2, "0");
  const day = String(moment.getDate()).padStart(2, "0");
  return `${moment.getFullYear()}-${month}-${day}`;
}

/** Today, Yesterday, Monday 23 November; another year is named. */
export function dayWords(moment, now = new Date()) {
  if (dayKey(moment) === dayKey(now)) return "Today";
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayKey(moment) === dayKey(before)) return "Yesterday";
  const year = moment.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return new Intl.DateTimeFormat(LOCALE, { ...DAY, ...year }).format(moment);
}
