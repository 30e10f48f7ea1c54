/** Times, sizes and numbers in words. */

import { clockTime, dayKey } from "/shared/times.js";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const UNITS = ["bytes", "kB", "MB", "GB"];

/** 14:05 for today, 23 Nov for another day. */
export function shortTime(moment, now = new Date()) {
  return dayKey(moment) === dayKey(now) ? clockTime(moment) : DAY.format(moment);
}

/** 312 bytes, 4.8 MB */
export function sizeWords(bytes) {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const amount = bytes / 1000 ** power;
  const digits = power > 0 && amount < 10 ? 1 : 0;
  return `${amount.toFixed(digits).replace(/\.0$/, "")} ${UNITS[power]}`;
}

/** 1 letter, 1,200 letters */
export function counted(count, noun) {
  return `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;
}
