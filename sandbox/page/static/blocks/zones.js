/** Moments and what the clock on the wall says then, in the zone of somebody's account. */

/** A zone that this browser knows; `undefined` is the browser's own. */
export function zoneOf({ me } = {}) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: me?.tz }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Seconds since 1970 as `2026-12-24T12:00`. */
export function wallClock(seconds, timeZone) {
  const parts = { dateStyle: "short", timeStyle: "short", timeZone };
  const text = new Intl.DateTimeFormat("sv-SE", parts).format(new Date(seconds * 1000));
  return text.replace(" ", "T");
}

function readAsUtc(text) {
  return Date.parse(`${text}Z`) / 1000;
}

/** The moment at which the wall says so. */
export function momentAt(text, timeZone) {
  const wanted = readAsUtc(text);
  let seconds = wanted;
  // The second step is for the nights in which the clock is changed.
  for (let step = 0; step < 2; step += 1) {
    seconds += wanted - readAsUtc(wallClock(seconds, timeZone));
  }
  return seconds;
}
