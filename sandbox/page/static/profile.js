/** Who somebody is: opens when a name is pressed. */

import { appSign, avatar } from "./avatar.js";
import { make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";

/** @param {string} id @param {import("./protocol.js").Snapshot} snapshot */
export function showProfile(id, { users, cast }) {
  const user = users[id];
  if (!user) return;
  const note = cast.find(({ name }) => name === user.name)?.note;
  const state = user.is_deleted ? "Deactivated account" : user.is_bot ? "App" : "";
  const close = make(
    "button.profile-close",
    { type: "button", "aria-label": "Close", autofocus: true, onclick: () => card.hidePopover() },
    icon("cross"),
  );
  const facts = [`@${user.name}`, note, state].filter(Boolean);
  const card = make(
    "div.profile",
    { popover: "auto", role: "dialog", "aria-label": user.real_name },
    user.is_bot ? appSign() : avatar(user.real_name),
    make(
      "div",
      {},
      make("strong.profile-name", {}, user.real_name),
      facts.map((fact) => make("p", {}, fact)),
    ),
    close,
  );
  card.addEventListener("toggle", (change) => change.newState === "closed" && card.remove());
  document.body.append(card);
  card.showPopover();
}
