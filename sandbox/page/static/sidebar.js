/** The left side: the workspace, who one is, and where one can go. */

import { addressOf } from "./address.js";
import { make } from "/shared/dom.js";
import { Cast } from "./cast.js";
import { icon } from "/shared/icons.js";
import { setText, syncChildren } from "/shared/keyed.js";
import { isWithTheApp, kindOf, withTheApp } from "./place.js";

/**
 * @typedef {import("./address.js").Place} Place
 * @typedef {{key: string, name: string, shape: "hash"|"lock"|"person"|"app", kind: string,
 *   unread: number, isHere: boolean, isOff: boolean, place: Partial<Place>}} Item
 */

export class Sidebar {
  /** @param {(place: Partial<Place>) => void} go */
  constructor(go) {
    this.go = go;
    this.host = document.getElementById("sidebar");
    this.cast = new Cast();
    this.team = document.getElementById("team");
    const ids = ["channels", "directs", "apps"];
    this.lists = Object.fromEntries(ids.map((id) => [id, document.getElementById(id)]));
    this.links = Object.fromEntries(ids.map((id) => [id, new Map()]));
  }

  /**
   * @param {import("./protocol.js").Snapshot} snapshot
   * @param {import("./place.js").Whereabouts} here
   */
  draw(snapshot, here) {
    setText(this.team, snapshot.team.name);
    this.cast.draw(snapshot, here);
    for (const section of this.host.querySelectorAll("section")) {
      section.hidden = snapshot.me.is_deleted;
    }
    if (snapshot.me.is_deleted) return;
    const { channels, directs } = placesOf(snapshot, here);
    document.getElementById("no-channels").hidden = channels.length > 0;
    document.getElementById("directs-section").hidden = directs.length === 0;
    this.list("channels", channels);
    this.list("directs", directs);
    this.list("apps", [appItem(snapshot, here)]);
  }

  /** @param {Item[]} items */
  list(id, items) {
    const links = this.links[id];
    syncChildren(this.lists[id], items, {
      key: (item) => item.key,
      create: (item) => {
        const link = new PlaceLink(this.go);
        links.set(item.key, link);
        return make("li", {}, link.node);
      },
      update: (_, item) => links.get(item.key).draw(item),
    });
  }
}

class PlaceLink {
  constructor(go) {
    this.node = make("a.place");
    this.node.addEventListener("click", (press) => {
      if (press.ctrlKey || press.metaKey || press.shiftKey) return;
      press.preventDefault();
      go(this.place);
    });
  }

  /** @param {Item} item */
  draw(item) {
    const state = JSON.stringify(item);
    if (state === this.drawn) return;
    this.drawn = state;
    this.place = item.place;
    this.node.href = addressOf(item.place);
    this.node.classList.toggle("is-unread", item.unread > 0);
    this.node.classList.toggle("is-off", item.isOff);
    if (item.isHere) this.node.setAttribute("aria-current", "page");
    else this.node.removeAttribute("aria-current");
    this.node.replaceChildren(
      item.shape === "app" ? make("span.app-sign") : icon(item.shape),
      make("span.place-name", {}, item.name),
      make("span.visually-hidden", {}, ` (${item.kind}${item.isOff ? ", not connected" : ""})`),
      unreadBadge(item.unread),
    );
  }
}

function placesOf({ me, conversations }, here) {
  const items = conversations
    .filter((conversation) => !isWithTheApp(conversation))
    .map((conversation) => placeItem(conversation, me, here))
    .sort((one, other) => one.name.localeCompare(other.name));
  const isDirect = (item) => item.shape === "person";
  return {
    channels: items.filter((item) => !isDirect(item)),
    directs: items.filter(isDirect),
  };
}

/** @returns {Item} */
function placeItem(conversation, me, here) {
  const { id, name, is_im: isDirect, unread } = conversation;
  const { shape, words } = kindOf(conversation);
  const isHere = here.conversation?.id === id && !here.tab;
  const place = { as: me.name, channel: isDirect ? id : name };
  const item = { key: id, name, shape, kind: words, isHere, isOff: false, place };
  return { ...item, unread: isHere ? 0 : unread };
}

/** @returns {Item} */
function appItem({ me, app, conversations }, here) {
  const unread = here.tab === "messages" ? 0 : (withTheApp(conversations)?.unread ?? 0);
  const startsAtHome = app.has_home && !(unread && app.has_messages);
  /** @type {Partial<Place>} */
  const place = { as: me.name, tab: startsAtHome ? "home" : "messages" };
  const isHere = here.tab !== null;
  const item = { key: app.user_id, name: app.name, shape: "app", kind: "app", unread };
  return { ...item, isHere, isOff: !app.is_connected, place };
}

function unreadBadge(unread) {
  if (!unread) return "";
  const words = make("span.visually-hidden", {}, ` unread`);
  return make("span.unread", {}, `${unread}`, words);
}
