/** The ways to look at a letter. */

import { make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";
import { linked } from "./linked.js";
import { sizeWords } from "./words.js";

export function htmlTab({ id, left_out }) {
  const draw = () =>
    [
      left_out.length > 0 && make("p.left-out", {}, `Left out here: ${left_out.join(", ")}.`),
      make("iframe.html", {
        title: "The letter as HTML",
        src: `/letters/${id}/html`,
        sandbox: "allow-popups allow-popups-to-escape-sandbox",
        referrerpolicy: "no-referrer",
        tabindex: 0,
      }),
    ].filter(Boolean);
  return { name: "html", label: "HTML", draw };
}

export function textTab({ text }) {
  return {
    name: "text",
    label: "Text",
    draw: () => [make("pre.words", { lang: "", tabindex: 0 }, linked(text))],
  };
}

export function headersTab({ headers, sender, to }) {
  const row = ([name, value]) =>
    make("tr", {}, make("th", { scope: "row" }, name), make("td", { lang: "" }, value));
  const table = (caption, rows) =>
    make("table.headers", {}, make("caption", {}, caption), make("tbody", {}, ...rows.map(row)));
  const envelope = [["MAIL FROM", sender || "<>"], ...to.map((each) => ["RCPT TO", each])];
  const draw = () => [
    make(
      "div.tables",
      { tabindex: 0, role: "group", "aria-label": "Headers" },
      table("Envelope, as given over SMTP", envelope),
      table("Headers, decoded", headers),
    ),
  ];
  return { name: "headers", label: "Headers", draw };
}

export function sourceTab({ id, size }) {
  const draw = () => {
    const words = make("pre.words", { lang: "", tabindex: 0 }, "");
    const href = `/letters/${id}/letter.eml`;
    const about = make(
      "p.about",
      {},
      make("a.download", { href, download: "" }, icon("download"), "Download the letter"),
      ` ${sizeWords(size)}. `,
    );
    fill(words, about, id);
    return [about, words];
  };
  return { name: "source", label: "Source", draw };
}

async function fill(words, about, id) {
  const answer = await fetch(`/letters/${id}/source`);
  if (!answer.ok) {
    about.append("The letter is no longer kept.");
    return;
  }
  const { text, is_whole } = await answer.json();
  words.textContent = text;
  if (!is_whole) about.append("Only its beginning is shown here.");
}
