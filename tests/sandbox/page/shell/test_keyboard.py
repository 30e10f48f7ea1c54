"""Everything without a mouse, in wide and narrow windows."""

import pytest
from playwright.sync_api import Page, expect


def press(window: Page, *keys: str) -> None:
    for key in keys:
        window.keyboard.press(key)


def tab_to(window: Page, locator, key: str = "Tab", at_most: int = 30) -> None:
    """Tab until it has the focus."""
    expect(locator).to_be_visible()
    for _ in range(at_most):
        press(window, key)
        if locator.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"the keyboard never reached {locator}")


def test_skip_link_comes_first_and_leads_past_the_sidebar(open_page, post, composer):
    window = open_page()
    expect(composer(window)).to_be_visible()
    skip = window.get_by_role("link", name="Skip to the conversation")
    press(window, "Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    press(window, "Enter")
    expect(window.locator("main")).to_be_focused()
    tab_to(window, composer(window), at_most=3)


def test_whole_job_goes_without_a_mouse(slack, open_page, heard, composer):
    window = open_page()
    tab_to(window, window.get_by_role("link", name="beheer"))
    press(window, "Enter")
    expect(composer(window)).to_be_focused()
    window.keyboard.type("/pr")
    press(window, "Tab")
    window.keyboard.type("nu")
    press(window, "Enter")
    expect(window.get_by_role("textbox", name="Naam")).to_be_focused()
    window.keyboard.type("Mo")
    tab_to(window, window.get_by_role("button", name="Opslaan"))
    press(window, "Enter")
    expect(window.get_by_role("dialog")).to_have_count(0)
    expect(composer(window)).to_be_focused()
    assert heard[-1]["view"]["state"]["values"]["naam"]["naam"]["value"] == "Mo"
    assert heard[0]["channel_id"] == slack.channel("beheer").id


def test_somebody_else_is_a_few_keys_away(open_page):
    window = open_page()
    tab_to(window, window.locator("summary"))
    press(window, "Enter")
    tab_to(window, window.locator(".cast-member").nth(1))
    press(window, "Enter")
    expect(window.locator("summary")).to_contain_text("Bram Bakker")


def test_messages_scroll_by_the_keyboard(open_page, hanna):
    for number in range(40):
        hanna.writes(f"Bericht {number}", channel="algemeen")
    window = open_page()
    log = window.get_by_role("log")
    expect(window.get_by_text("Bericht 39")).to_be_in_viewport()
    tab_to(window, log)
    press(window, "Home")
    expect(window.get_by_text("This is the very beginning")).to_be_in_viewport()


def test_inspector_is_read_by_the_keyboard(open_page, heard, composer):
    window = open_page()
    composer(window).fill("/stil nu")
    press(window, "Enter")
    opener = window.get_by_role("button", name="Inspector")
    tab_to(window, opener, key="Shift+Tab")
    press(window, "Enter")
    row = window.get_by_role("button", name="/stil")
    tab_to(window, row)
    press(window, "Enter")
    expect(window.get_by_role("region", name="Payload")).to_be_visible()
    press(window, "Escape")
    expect(opener).to_be_focused()


def test_focus_can_be_seen_on_everything_that_takes_it(open_page, composer):
    window = open_page()
    expect(composer(window)).to_be_visible()
    unseen = []
    for _ in range(15):
        press(window, "Tab")
        found = window.evaluate(
            """() => {
              const node = document.activeElement;
              const shown = getComputedStyle(node.closest(".composer") ?? node);
              const ring = [shown.outlineStyle, shown.boxShadow];
              const isSeen = ring.some((each) => each !== "none");
              return isSeen || node === document.body ? "" : node.outerHTML;
            }"""
        )
        unseen += [found] if found else []
    assert unseen == []


@pytest.fixture
def narrow(open_page):
    return open_page(width=400)


def test_sidebar_is_a_drawer_in_a_narrow_window(narrow, composer):
    opener = narrow.get_by_role("button", name="Channels and apps")
    link = narrow.get_by_role("link", name="beheer")
    expect(link).to_be_hidden()
    tab_to(narrow, opener)
    press(narrow, "Enter")
    expect(narrow.locator("summary")).to_be_focused()
    expect(narrow.locator("main")).to_have_js_property("inert", value=True)
    tab_to(narrow, link)
    press(narrow, "Enter")
    expect(narrow.get_by_role("heading", name="beheer (private")).to_be_visible()
    expect(link).to_be_hidden()
    expect(composer(narrow)).to_be_focused()


def test_escape_closes_the_drawer_and_returns_to_its_button(narrow):
    opener = narrow.get_by_role("button", name="Channels and apps")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    press(narrow, "Escape")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_pressing_beside_the_drawer_closes_it(narrow):
    narrow.get_by_role("button", name="Channels and apps").click()
    narrow.mouse.click(390, 400)
    expect(narrow.get_by_role("link", name="beheer")).to_be_hidden()


def test_escape_empties_the_search_before_it_closes_the_inspector(open_page):
    window = open_page()
    window.get_by_role("button", name="Inspector").click()
    search = window.get_by_role("searchbox", name="Search")
    search.fill("views")
    press(window, "Escape")
    expect(search).to_have_value("")
    expect(search).to_be_visible()
    press(window, "Escape")
    expect(search).to_be_hidden()


def test_modal_that_comes_while_the_drawer_is_open_takes_its_place(
    narrow, open_page, heard, composer
):
    narrow.get_by_role("button", name="Channels and apps").click()
    expect(narrow.get_by_role("link", name="beheer")).to_be_visible()
    elsewhere = open_page()
    composer(elsewhere).fill("/proef nu")
    press(elsewhere, "Enter")
    expect(narrow.get_by_role("dialog", name="Proef")).to_be_visible()
    expect(narrow.get_by_role("link", name="beheer")).to_be_hidden()
    opener = narrow.get_by_role("button", name="Channels and apps")
    expect(opener).to_be_disabled()
    press(narrow, "Escape")
    expect(opener).to_be_enabled()
