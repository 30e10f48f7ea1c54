/** The dialog that asks whether somebody is sure. */

import { freshId, make } from "/shared/dom.js";
import { plain, words } from "./mrkdwn.js";

/**
 * Ask what the app wants asked before something is done.
 * @param {object|undefined} asked a confirm object; without one nothing is asked
 * @param {object} context
 * @param {string} [lang] of the words around what is done
 * @returns {Promise<boolean>}
 */
export function confirmed(asked, context, lang) {
  if (!asked) return Promise.resolve(true);
  return new Promise((answer) => {
    const dialog = drawn(asked, context);
    if (lang) dialog.lang = lang;
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "confirm");
    });
    // Escape is for this dialog, not for the modal below it.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    document.body.append(dialog);
    dialog.showModal();
  });
}

function drawn(asked, context) {
  const [title, text] = [freshId(), freshId()];
  const style = asked.style === "danger" ? "danger" : "primary";
  const isSafer = style === "danger";
  const buttons = [
    make(
      "button.bk-button",
      { value: "deny", autofocus: isSafer },
      asked.deny ? plain(asked.deny.text, asked.deny) : "Cancel",
    ),
    make(
      `button.bk-button.bk-${style}`,
      { value: "confirm", autofocus: !isSafer },
      asked.confirm ? plain(asked.confirm.text, asked.confirm) : "Yes",
    ),
  ];
  const names = { "aria-labelledby": title, "aria-describedby": text };
  return make(
    "dialog.bk-confirm",
    { role: "alertdialog", ...names },
    make(
      "form",
      { method: "dialog" },
      make(
        "h2.bk-confirm-title",
        { id: title, dir: "auto" },
        words(asked.title, context),
      ),
      make(
        "div.bk-confirm-text.bk-text",
        { id: text, dir: "auto" },
        words(asked.text, context),
      ),
      make("div.bk-confirm-buttons", {}, buttons),
    ),
  );
}
