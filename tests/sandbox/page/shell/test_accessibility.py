"""What axe finds on the page: nothing, in light and dark, wide and narrow."""

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.page.shell.office import QUESTION

LOOKS = [
    pytest.param({"color_scheme": scheme, "width": width}, id=f"{scheme}-{width}")
    for scheme in ("light", "dark")
    for width in (1280, 400)
]
LONG = "een-heel-lange-naam-die-nergens-in-past-en-die-toch-moet"


@pytest.fixture(params=LOOKS)
def look(request):
    return request.param


@pytest.fixture
def window(slack, open_page, heard, hanna, post, client, look) -> Page:
    """A window with something of everything in it."""
    slack.add_channel(LONG, ["hanna"])
    hanna.writes("Goedemorgen", channel="algemeen")
    post("26 logins klaar", blocks=QUESTION)
    post("w" * 300)
    post("Ongelezen", "beheer")
    ts = post("Bezig")
    client.chat_update(channel=slack.channel("algemeen").id, ts=ts, text="Klaar")
    window = open_page(**look)
    expect(window.get_by_text("Klaar", exact=True)).to_be_visible()
    return window


def has_no_sideways_scroll(window: Page) -> bool:
    wide = "() => document.documentElement.scrollWidth <= innerWidth"
    return bool(window.evaluate(wide))


def test_axe_finds_nothing_in_a_conversation(window, composer, axe):
    composer(window).fill("/stil")
    window.keyboard.press("Enter")
    expect(window.get_by_text("Dit ziet alleen")).to_be_visible()
    composer(window).fill("/proefbestand nu")
    window.keyboard.press("Enter")
    expect(window.get_by_text("logins.xlsx").first).to_be_visible()
    composer(window).fill("/nergens")
    window.keyboard.press("Enter")
    expect(window.get_by_text("is not a valid command")).to_be_visible()
    composer(window).press_sequentially("/")
    expect(window.get_by_role("option").first).to_be_visible()
    axe(window)
    assert has_no_sideways_scroll(window)


def test_axe_finds_nothing_in_the_sidebar(window, look, axe):
    if look["width"] == 400:
        window.get_by_role("button", name="Channels and apps").click()
    window.locator("summary").click()
    link = window.get_by_role("link", name="beheer")
    expect(link).to_contain_text("1 unread")
    axe(window)
    assert has_no_sideways_scroll(window)


def test_axe_finds_nothing_on_the_home_and_under_a_modal(window, composer, axe):
    composer(window).fill("/proef nu")
    window.keyboard.press("Enter")
    expect(window.get_by_role("dialog")).to_be_visible()
    axe(window)
    window.keyboard.press("Escape")
    window.goto(f"{window.url}&app=home")
    expect(window.get_by_text("Kies een vestiging")).to_be_visible()
    axe(window)
    assert has_no_sideways_scroll(window)


def test_axe_finds_nothing_in_the_inspector(window, slack, client, axe):
    slack.tolerates("message_not_found", method="chat.delete")
    client.api_call("users.info", params={"user": slack.person("hanna").id})
    window.get_by_role("button", name="Inspector").click()
    window.locator(".entry-row").first.click()
    expect(window.get_by_role("region", name="Arguments")).to_be_visible()
    axe(window)
    assert has_no_sideways_scroll(window)


def test_axe_finds_nothing_when_nothing_works(slack, windows, window, axe):
    windows.tolerate("ERR_")
    slack.connections.close_all()
    expect(window.get_by_text("Proefapp is not connected")).to_be_visible()
    axe(window)
    slack.server.stop()
    expect(window.get_by_text("The workspace has stopped")).to_be_visible()
    axe(window)


def test_motion_is_off_for_whoever_asks_for_that(open_page):
    window = open_page(width=400, reduced_motion="reduce")
    moving = window.evaluate(
        """() => [...document.querySelectorAll("*")].filter((node) => {
          const { transitionDuration, animationName } = getComputedStyle(node);
          const isStill = transitionDuration.split(", ").every((each) => each === "0s");
          return !isStill || animationName !== "none";
        }).length"""
    )
    assert moving == 0


def test_page_fits_a_window_at_400_percent(open_page, post):
    post("Een bericht dat over een paar regels gaat als het scherm smal is")
    window = open_page(width=320, height=256)
    expect(window.get_by_text("Een bericht")).to_be_visible()
    assert has_no_sideways_scroll(window)
    window.get_by_role("combobox").scroll_into_view_if_needed()
    expect(window.get_by_role("combobox")).to_be_in_viewport()
