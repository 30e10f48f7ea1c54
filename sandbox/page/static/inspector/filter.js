/** Which entries are shown. */

/**
 * @typedef {import("../protocol.js").Entry} Entry
 * @typedef {{kind: string, who: string, words: string}} Wanted  `*` is everybody, "" the app
 */

/** @param {HTMLFormElement} form @returns {Wanted} */
export function wantedIn(form) {
  const { kind, who, words } = Object.fromEntries(new FormData(form));
  return { kind, who, words: words.trim().toLowerCase() };
}

/** @param {Entry} entry @param {Wanted} wanted */
export function isWanted(entry, { kind, who, words }) {
  const isKind = !kind || entry.kind === kind || (kind === "warned" && entry.warning);
  const isWho = who === "*" || entry.who === who;
  return Boolean(isKind && isWho && (!words || textOf(entry).includes(words)));
}

/** Offer everybody that has done something; who was chosen stays chosen. */
export function offerPeople(select, entries) {
  const names = [...new Set(entries.map(({ who }) => who))].filter(Boolean).sort();
  const known = JSON.stringify(names);
  if (select.dataset.known === known) return;
  select.dataset.known = known;
  const chosen = select.value;
  const everybody = new Option("Everybody", "*");
  select.replaceChildren(everybody, ...names.map((name) => new Option(name, name)));
  select.append(new Option("(the app itself)", ""));
  select.value = chosen;
  if (select.selectedIndex < 0) select.value = "*";
}

const texts = new WeakMap();

/** Everything an entry says, small letters only; worked out once. */
function textOf(entry) {
  if (!texts.has(entry)) texts.set(entry, JSON.stringify(entry).toLowerCase());
  return texts.get(entry);
}
