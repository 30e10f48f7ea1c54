"""Text as the browser shows it: markup, rich text, tables, and text that means harm."""

import base64
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.sandbox.page.blocks import gallery
from tests.sandbox.pieces import actions, button, checkboxes, mrkdwn, plain, section

CASES = json.loads(
    (Path(__file__).parents[2] / "markup.json").read_text(encoding="utf-8")
)
# The one thing that text screens can't draw: a quote, of which they show the mark.
AS_LINES = """blocks => blocks.map(block => {
  for (const quote of block.querySelectorAll("blockquote")) {
    const lines = quote.innerText.split("\\n").map(line => `> ${line}`);
    quote.replaceWith(`\\n${lines.join("\\n")}\\n`);
  }
  return block.innerText;
})"""


DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def squeezed(text):
    return " ".join(text.split())


def shown(page):
    """The newest message."""
    return page.locator("#message-list > li").last


def test_markup_is_seen_as_the_text_screens_see_it(shows, page, hanna, beheer):
    ids = {"{hanna}": hanna.id, "{beheer}": beheer.id}
    texts = [case["text"] for case in CASES]
    for name, slack_id in ids.items():
        texts = [text.replace(name, slack_id) for text in texts]
    shows(*(section(text) for text in texts))
    sections = shown(page).locator(".bk-section-text")
    expect(sections).to_have_count(len(CASES))
    seen = sections.evaluate_all(AS_LINES)
    assert [squeezed(text) for text in seen] == [
        squeezed(case["seen"]) for case in CASES
    ]


def test_marks_are_drawn_and_not_only_left_out(shows, page):
    shows(section("*vet _en schuin_* ~weg~ `code`\n> gezegd\n```blok```"))
    message = shown(page)
    expect(message.locator("strong em")).to_have_text("en schuin")
    expect(message.locator("s")).to_have_text("weg")
    expect(message.locator("code")).to_have_text("code")
    expect(message.locator("blockquote")).to_have_text("gezegd")
    expect(message.locator("pre")).to_have_text("blok")


def test_a_link_opens_beside_the_page_and_knows_no_other_schemes(shows, page):
    shows(
        section("<https://elsewhere.example/?a=1&amp;b=2|hier> http://los.example"),
        section("<javascript:alert(1)|daar> <data:text/html,x|en daar>"),
    )
    links = shown(page).get_by_role("link")
    expect(links).to_have_text(["hier", "http://los.example"])
    expect(links.first).to_have_attribute("href", "https://elsewhere.example/?a=1&b=2")
    expect(links.first).to_have_attribute("target", "_blank")
    expect(links.first).to_have_attribute("rel", "noopener noreferrer")


def test_verbatim_text_links_only_what_is_marked(shows, page):
    text = "https://los.example #beheer <https://e.example|hier>"
    verbatim = {"type": "section", "text": mrkdwn(text) | {"verbatim": True}}
    shows(verbatim)
    expect(shown(page).get_by_role("link")).to_have_text(["hier"])
    expect(shown(page).locator(".bk-mention")).to_have_count(0)
    expect(shown(page).locator(".bk-text")).to_have_text(
        "https://los.example #beheer hier"
    )


def test_emoji_have_their_faces_and_unknown_ones_their_names(shows, page):
    bare = plain(":key: zonder") | {"emoji": False}
    shows(
        section(":key: :wave::skin-tone-3: :bestaat_niet: 10:30:00"),
        actions(button(":tada: Klaar"), {**button("x", "bare"), "text": bare}),
    )
    message = shown(page)
    expect(message.locator(".bk-text")).to_have_text("🔑 👋🏼 :bestaat_niet: 10:30:00")
    expect(message.get_by_role("button")).to_have_text(["🎉 Klaar", ":key: zonder"])


def test_dates_are_told_in_the_persons_own_language_and_zone(shows, opens, hanna):
    seconds = 1_790_000_000  # 2026-09-21 14:13:20 UTC
    shows(
        section(f"<!date^{seconds}^{{date_num}} {{time}}|toen>"),
        section(f"<!date^{seconds}^op {{date_long}}|toen>"),
        section(f"<!date^{seconds}^{{date}}^https://e.example/|toen>"),
    )
    message = shown(opens())
    texts = message.locator(".bk-text")
    expect(texts.nth(0)).to_have_text("2026-09-21 16:13")
    expect(texts.nth(1)).to_contain_text("op maandag 21 september")
    expect(message.get_by_role("link")).to_contain_text("21 september")
    instant = message.locator("time[datetime='2026-09-21T14:13:20.000Z']").first
    expect(instant).to_have_attribute("title", "toen")


def test_a_mention_follows_the_name_that_somebody_has_now(slack, shows, page, hanna):
    slack.add_person("piet", "Piet Pieters")
    shows(section(f"<@{slack.user('piet').id}>"))
    expect(shown(page)).to_contain_text("@piet")
    with slack.changed:
        slack.user("piet").name = "pieter"
        slack.changed.notify_all()
    expect(shown(page)).to_contain_text("@pieter")


def test_rich_text_is_drawn_piece_by_piece(shows, page, hanna, beheer):
    shows(gallery.rich_text(hanna.id, beheer.id))
    message = shown(page)
    expect(message.locator("s em strong")).to_have_text("alles")
    expect(message.locator("u")).to_have_text("onder")
    expect(message.get_by_role("link")).to_have_text("een adres")
    expect(message.locator(".bk-mention")).to_have_text(["@hanna", "#beheer", "@here"])
    expect(message.locator(".bk-rich-section").first).to_contain_text("🔑 2026-09-21")
    expect(message.locator("pre")).to_have_text("x < y\n  z", use_inner_text=True)
    expect(message.locator("ol > li > ol > li")).to_have_text(["a", "b"])
    outer = message.locator(".bk-lists > ol")
    expect(outer).to_have_count(1)
    expect(outer.locator("> li > div")).to_have_text(["een", "twee", "drie"])


def test_a_table_has_its_heading_and_its_columns(shows, page):
    shows(gallery.TABLE)
    table = shown(page).get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Vestiging", "Logins"])
    expect(table.get_by_role("cell")).to_have_text(["Utrecht", "26", "Zeist", "1.200"])
    expect(table.get_by_role("cell").nth(1)).to_have_css("text-align", "right")


def test_markdown_is_drawn_as_markdown(shows, page):
    shows(gallery.MARKDOWN)
    message = shown(page)
    expect(message.get_by_role("heading", name="Kop")).to_be_visible()
    expect(message.locator("ul > li > ul > li")).to_have_text("genest")
    expect(message.locator("ol > li")).to_have_text(["eerst", "dan"])
    expect(message.get_by_role("columnheader")).to_have_text(["Naam", "Aantal"])
    expect(message.get_by_role("checkbox", name="gedaan")).to_be_checked()


def test_a_picture_of_another_host_is_named_and_not_loaded(shows, page):
    shows({"type": "image", "title": plain("De gevel"), **gallery.PICTURE})
    figure = shown(page).get_by_role("figure")
    expect(figure).to_contain_text("De gevel")
    expect(figure).to_contain_text("Een gevel")
    expect(figure.get_by_role("link")).to_have_text(gallery.PICTURE["image_url"])


def test_a_picture_of_the_workspace_itself_is_shown(slack, shows, page, hanna, beheer):
    shared = slack.share_file("hanna", "beheer", "punt.png", DOT)
    [file_id] = shared.file_ids
    image = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "Een punt"}
    shows(image)
    picture = shown(page).get_by_role("img", name="Een punt")
    expect(picture).to_have_js_property("naturalWidth", 1)


@pytest.mark.parametrize("text", gallery.HOSTILE, ids=["tags", "to the left", "long"])
@pytest.mark.parametrize("width", [1280, 360])
def test_hostile_text_shows_as_itself_and_breaks_no_layout(shows, opens, text, width):
    cut = text[:75]
    shows(
        section(gallery.escaped(text), accessory=button("Openen")),
        {"type": "header", "text": plain(text[:150])},
        {"type": "context", "elements": [plain(text), mrkdwn(gallery.escaped(text))]},
        actions(button(cut), checkboxes(cut, action_id="r")),
    )
    page = opens(width=width)
    message = shown(page)
    expect(message.locator(".bk-section-text")).to_have_text(text)
    expect(message.get_by_role("button").nth(1)).to_have_text(cut)
    expect(message.locator("script, b")).to_have_count(0)
    overflowing = "node => node.scrollWidth > node.clientWidth + 1"
    assert not page.locator("#messages").evaluate(overflowing)
    assert not page.locator("html").evaluate(overflowing)


def test_an_unknown_block_is_named(page):
    page.evaluate(
        """async () => {
          const { drawBlocks } = await import("/static/blocks/surface.js");
          const host = document.createElement("div");
          host.id = "made";
          document.getElementById("messages").append(host);
          const blocks = [{type: "plan", block_id: "1"},
            {type: "file", block_id: "2", external_id: "lijst.xlsx", source: "remote"}];
          drawBlocks(host, blocks, {surface: {view: "V1"}});
        }"""
    )
    expect(page.locator("#made > *")).to_have_text(
        ["This block is not drawn here: plan", "lijst.xlsx"]
    )
