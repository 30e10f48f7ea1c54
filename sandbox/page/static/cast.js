/** Who am I: whom one can be here. */

import { addressOf } from "./address.js";
import { avatar } from "./avatar.js";
import { make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";
import { syncChildren } from "/shared/keyed.js";

/** @typedef {import("./protocol.js").CastMember} CastMember */

export class Cast {
  constructor() {
    this.menu = document.getElementById("cast");
    this.summary = document.getElementById("cast-summary");
    this.list = document.getElementById("cast-list");
    document.addEventListener("pointerdown", (press) => {
      if (!this.menu.contains(press.target)) this.menu.open = false;
    });
    this.menu.addEventListener("keydown", (press) => this.leave(press));
  }

  /**
   * @param {import("./protocol.js").Snapshot} snapshot
   * @param {import("./place.js").Whereabouts} here where somebody else is looked up too
   */
  draw({ me, cast }, { conversation, tab }) {
    const place = { tab, channel: conversation?.name };
    const state = JSON.stringify([me, cast, place]);
    if (state === this.drawn) return;
    this.drawn = state;
    const words = make(
      "span.cast-words",
      {},
      make("span.cast-before", {}, "You are"),
      " ",
      make("strong", {}, me.real_name),
      " ",
      note(me.note),
    );
    this.summary.replaceChildren(avatar(me.real_name), words, icon("chevron"));
    syncChildren(this.list, cast, {
      key: (member) => member.name,
      create: () => make("li"),
      update: (item, member) => item.replaceChildren(...entry(member, me, place)),
    });
  }

  leave(press) {
    if (press.key !== "Escape" || !this.menu.open) return;
    this.menu.open = false;
    this.summary.focus();
    press.stopPropagation();
  }
}

/** Without a name in the address one is the first of the cast; false without a cast. */
export async function becomeTheFirst() {
  const [first] = await fetchCast();
  if (first) history.replaceState(null, "", addressOf({ as: first.name }));
  else document.getElementById("place-title").textContent = "Nobody works here yet";
  return Boolean(first);
}

/** Say that there is nobody of this name, and who there is. */
export async function sayNobody(name) {
  const cast = await fetchCast();
  const title = document.getElementById("place-title");
  title.textContent = `There is nobody called ${name} here`;
  const list = make(
    "ul.nobody",
    {},
    cast.map((member) => make("li", {}, entry(member, {}, {}))),
  );
  document.getElementById("slack").classList.add("is-empty");
  title.closest("main").append(list);
}

/** @returns {Promise<CastMember[]>} */
async function fetchCast() {
  const answer = await fetch("/cast");
  return (await answer.json()).cast;
}

/** @param {CastMember} member */
function entry(member, me, place) {
  const href = addressOf({ ...place, as: member.name });
  const isMe = member.name === me.name;
  const current = { href, "aria-current": isMe ? "true" : null };
  const words = make("span.cast-words", {}, make("span", {}, member.real_name), note(member.note));
  const chosen = isMe ? icon("tick") : "";
  const title = `Open a window as ${member.real_name}`;
  const beside = { href, target: "_blank", rel: "noopener", title, "aria-label": title };
  return [
    make("a.cast-member", current, avatar(member.real_name), words, chosen),
    make("a.cast-window", beside, icon("window")),
  ];
}

function note(words) {
  return words ? make("span.cast-note", {}, words) : "";
}
