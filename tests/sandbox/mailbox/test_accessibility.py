"""What axe finds on the page: nothing, in light and dark, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.sending import connected

LOOKS = [
    pytest.param({"color_scheme": scheme, "width": width}, id=f"{scheme}-{width}")
    for scheme in ("light", "dark")
    for width in (1280, 400)
]
WIDE = "() => document.documentElement.scrollWidth <= innerWidth"
LONG = "w" * 300


@pytest.fixture(params=LOOKS)
def look(request):
    return request.param


@pytest.fixture
def scene(mailbox):
    with connected(mailbox) as smtp:
        for to, letter in letters.scene():
            smtp.sendmail("hr@example.nl", to, letter)
        long = letters.html(f"<p>{LONG}</p>", subject=LONG)
        smtp.sendmail("hr@example.nl", [f"{LONG}@example.nl"], long)


def test_axe_finds_nothing_in_the_list(scene, open_page, look, axe):
    page = open_page(**look)
    expect(page.get_by_text("8 letters", exact=True)).to_be_visible()
    axe(page)
    assert page.evaluate(WIDE)
    page.get_by_role("banner").get_by_role("button", name="Clear all").click()
    axe(page)


@pytest.mark.parametrize("number", [1, 7, 8])
def test_axe_finds_nothing_in_a_letter(scene, open_page, look, axe, number):
    page = open_page(f"letter={number}", **look)
    for tab in page.get_by_role("tab").all():
        tab.click()
        expect(page.locator("iframe, pre:not(:empty), table").first).to_be_visible()
        axe(page)
        assert page.evaluate(WIDE)


def test_axe_finds_nothing_in_an_empty_mailbox(open_page, look, axe):
    page = open_page(**look)
    expect(page.get_by_text("No letters yet")).to_be_visible()
    axe(page)
    assert page.evaluate(WIDE)


def test_page_fits_a_window_at_400_percent(scene, open_page):
    page = open_page("letter=7", width=320, height=256)
    expect(page.get_by_role("tabpanel")).to_be_attached()
    assert page.evaluate(WIDE)
    page.locator("iframe").scroll_into_view_if_needed()
    expect(page.locator("iframe")).to_be_in_viewport()
