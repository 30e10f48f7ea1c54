"""Letters that mean harm, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.mailbox import letters

# What the browser says when it refuses; anything else it complains of fails the test.
REFUSALS = (
    "Content Security Policy",
    "Blocked script execution",
    "Blocked autofocusing",
    "Blocked form submission",
    "Unsafe attempt to load URL",
)


@pytest.fixture
def hostile(windows, open_page, post, elsewhere) -> Page:
    """A window with a hostile letter in it."""
    for words in REFUSALS:
        windows.tolerate(words)
    post(letters.hostile(elsewhere.url))
    page = open_page("letter=1")
    letter = page.frame_locator("iframe")
    expect(letter.get_by_text("U heeft gewonnen")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def test_nothing_in_a_letter_runs_or_loads_or_leaves(hostile, elsewhere):
    letter = hostile.frame_locator("iframe")
    letter.locator("#send").click()
    for name in ("script", "data", "relative"):
        letter.locator(f"#{name}").click()
    hostile.wait_for_load_state("networkidle")
    assert elsewhere.asked == []
    assert elsewhere.connections == 0
    assert hostile.title() == "U heeft gewonnen - Mailbox"
    assert len(hostile.context.pages) == 1


def test_elsewhere_would_have_been_heard(hostile, elsewhere):
    hostile.context.new_page().goto(f"{elsewhere.url}/it")
    assert elsewhere.asked == ["/it"]
    assert elsewhere.connections


def test_page_says_what_it_left_out(hostile):
    left_out = hostile.get_by_text("Left out here:")
    for words in ("scripts", "forms", "frames", "other hosts", "another page"):
        expect(left_out).to_contain_text(words)


def test_letter_opened_by_itself_is_as_harmless(hostile, elsewhere, mailbox):
    hostile.goto(f"{mailbox.url}/letters/1/html")
    expect(hostile.get_by_text("U heeft gewonnen")).to_be_visible()
    hostile.wait_for_load_state("networkidle")
    assert elsewhere.connections == 0
    assert hostile.url.startswith(mailbox.url)


def test_letter_can_read_nothing_of_the_page(hostile):
    frame = hostile.frames[1]
    assert frame.evaluate("() => window.origin") == "null"
    with pytest.raises(Exception, match="Blocked a frame"):
        frame.evaluate("() => parent.document.title")
    assert (
        frame.evaluate("() => fetch('/letters/1').then(() => 'read', () => 'no')")
        == "no"
    )
