"""A letter on the page, as somebody reads it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.letters import MO


def tab(page: Page, name: str):
    return page.get_by_role("tab", name=name, exact=True)


def test_html_shows_with_its_own_picture(open_page, post):
    post(letters.welcome())
    page = open_page("letter=1")
    letter = page.frame_locator("iframe")
    expect(letter.get_by_role("heading", name="Beste Mo,")).to_be_visible()
    picture = letter.get_by_role("img", name="Caf\u00e9 De Brug")
    expect(picture).to_have_js_property("naturalWidth", 48)
    expect(tab(page, "HTML")).to_have_attribute("aria-selected", "true")
    frame = page.locator("iframe")
    expect(frame).to_have_attribute(
        "sandbox", "allow-popups allow-popups-to-escape-sandbox"
    )


def test_every_look_shows_the_letter_in_its_way(open_page, post):
    post(letters.welcome(), MO, "jan@example.nl")
    page = open_page("letter=1")
    panel = page.get_by_role("tabpanel")
    tab(page, "Text").click()
    expect(panel).to_contain_text("Vragen? Bel Hanna")
    tab(page, "Headers").click()
    expect(panel.get_by_role("row", name="Message-ID <1@example.nl>")).to_be_visible()
    expect(panel.get_by_role("row", name="RCPT TO jan@example.nl")).to_be_visible()
    tab(page, "Source").click()
    expect(panel).to_contain_text("Content-Type: multipart/alternative;")
    expect(panel).to_contain_text("=?utf-8?b?4oCT?=")


def test_chosen_look_is_kept_for_the_next_letter(open_page, post):
    post(letters.welcome())
    post(letters.welcome())
    page = open_page("letter=1")
    tab(page, "Text").click()
    page.get_by_role("listitem").filter(has_text="Je login").first.click()
    expect(page.locator("[aria-current=true]")).to_have_attribute("href", "/?letter=2")
    expect(tab(page, "Text")).to_have_attribute("aria-selected", "true")


def test_arrows_go_through_the_looks(open_page, post):
    post(letters.welcome())
    page = open_page("letter=1")
    tab(page, "HTML").focus()
    for key, name in (
        ("ArrowRight", "Text"),
        ("End", "Source"),
        ("ArrowRight", "Source"),
        ("ArrowLeft", "Headers"),
        ("Home", "HTML"),
    ):
        page.keyboard.press(key)
        expect(tab(page, name)).to_be_focused()
        expect(tab(page, name)).to_have_attribute("aria-selected", "true")
    # A frame that is still being drawn lets the focus go by.
    expect(page.frame_locator("iframe").locator("body")).to_be_visible()
    page.keyboard.press("Tab")
    # Not `to_be_focused`: that also asks whether the window has the focus, which a
    # frame of another origin takes away from the page around it.
    page.wait_for_function("document.activeElement.tagName === 'IFRAME'")


@pytest.mark.parametrize("look", ["HTML", "Text"])
def test_link_of_a_letter_opens_a_window_that_knows_nothing_of_this_one(
    open_page, post, elsewhere, look
):
    address = f"{elsewhere.url}/kies?code=a1B2"
    message = letters.new("Link")
    message.set_content(f"Kies hier ({address}).")
    message.add_alternative(f'<a href="{address}">Kies</a>', subtype="html")
    post(message.as_bytes())
    page = open_page("letter=1")
    tab(page, look).click()
    if look == "HTML":
        link = page.frame_locator("iframe").get_by_role("link", name="Kies")
    else:
        link = page.get_by_role("tabpanel").get_by_role(
            "link", name=address, exact=True
        )
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    with page.context.expect_page() as opening:
        link.click()
    opened = opening.value
    expect(opened).to_have_url(address)
    assert opened.evaluate("() => [window.opener, document.referrer]") == [None, ""]
    assert opened.evaluate("() => window.origin") == elsewhere.url
    assert page.url.endswith("/?letter=1")


def test_attachments_are_downloaded_as_they_were_sent(open_page, post, tmp_path: Path):
    post(letters.with_pdf())
    page = open_page("letter=1")
    files = page.get_by_role("list", name="Attachments")
    expect(files).to_contain_text("application/pdf, 5 MB")
    with page.expect_download() as download:
        files.get_by_role("link", name="contract \u2013 caf\u00e9.pdf").click()
    saved = tmp_path / "saved.pdf"
    download.value.save_as(saved)
    assert download.value.suggested_filename == "contract \u2013 caf\u00e9.pdf"
    assert saved.stat().st_size == 5_000_000


def test_big_letter_shows_the_beginning_of_its_source(
    open_page, post, mailbox, tmp_path
):
    post(letters.with_pdf())
    page = open_page("letter=1")
    tab(page, "Source").click()
    expect(page.get_by_text("Only its beginning is shown here.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the letter").click()
    saved = tmp_path / "letter.eml"
    download.value.save_as(saved)
    assert saved.read_bytes() == mailbox.letters[0].raw


def test_letter_without_text_shows_its_source(open_page, post):
    post(letters.only_an_attachment())
    page = open_page("letter=1")
    expect(tab(page, "Source")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab")).to_have_text(["Headers", "Source"])


@pytest.mark.parametrize("content", [letters.broken(), bytes(range(256)), b"x"])
def test_broken_letter_shows_its_source_and_why(open_page, post, content):
    post(content)
    page = open_page("letter=1")
    expect(page.get_by_text("This letter is broken.")).to_be_visible()
    expect(tab(page, "Source")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("listitem").filter(has_text="broken").first).to_be_visible()


def test_odd_letter_is_shown_with_what_is_odd(open_page, post):
    post(
        letters.raw(
            "Subject: Caf\u00e9", "Content-Type: text/plain; charset=x", "", "\u00e9"
        )
    )
    page = open_page("letter=1")
    expect(page.get_by_text("Some mail programs will stumble")).to_be_visible()
    expect(page.get_by_text("names a charset that nobody knows: x")).to_be_visible()
    expect(page.get_by_role("tabpanel")).to_have_text("\u00e9")


def test_own_words_of_a_letter_are_of_no_known_language(open_page, post):
    post(letters.welcome())
    page = open_page("letter=1")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=2)).to_have_attribute("lang", "")
    expect(page.locator(".line-subject")).to_have_attribute("lang", "")
    tab(page, "Text").click()
    expect(page.get_by_role("tabpanel").locator("pre")).to_have_attribute("lang", "")


def test_address_in_a_letter_opens_that_mailbox(open_page, post):
    post(letters.text(subject="Een"))
    post(letters.text(subject="Twee"), "jan@example.nl")
    page = open_page("letter=2")
    page.get_by_role("definition").get_by_role("link", name="jan@example.nl").click()
    expect(page.get_by_label("Mailbox of")).to_have_value("jan@example.nl")
    expect(
        page.get_by_role("region", name="Letters").get_by_role("listitem")
    ).to_have_count(1)


def test_letter_that_is_gone_says_so(open_page, windows):
    windows.tolerate("404")
    page = open_page("letter=9")
    expect(page.get_by_text("This letter is no longer kept.")).to_be_visible()


def test_words_of_a_letter_are_never_markup_of_the_page(open_page, post):
    evil = "<img src=x onerror=alert(1)>"
    content = letters.raw(
        f"From: {evil} <a@b.nl>",
        f"Subject: {evil}",
        f"X-{evil}: {evil}",
        "Content-Type: text/plain",
        "",
        f"{evil} https://a.nl/{evil}",
    )
    post(content)
    page = open_page("letter=1")
    expect(page.get_by_role("heading", name=evil)).to_be_visible()
    for name in ("Text", "Headers", "Source"):
        tab(page, name).click()
        expect(page.get_by_role("tabpanel")).to_contain_text("<img")
        expect(page.locator("img")).to_have_count(0)
