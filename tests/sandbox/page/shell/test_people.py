"""Who am I: each window is one person, and the address says whom."""

import re

import pytest
from playwright.sync_api import expect

from sandbox import page
from sandbox.slack import Workspace
from tests.sandbox.page.shell.conftest import MANIFEST


@pytest.fixture
def switch():
    """Become somebody else by the sidebar."""

    def become(window, name: str) -> None:
        window.locator("summary").click()
        window.get_by_role("link", name=re.compile(f"^{name}")).click()

    return become


def test_page_without_a_name_opens_as_the_first_of_the_cast(slack, windows):
    window = windows.open(slack.server.url)
    expect(window.locator("summary")).to_contain_text("Hanna de Vries")
    expect(window).to_have_url(re.compile(r"as=hanna"))


def test_everybody_of_the_cast_is_offered_with_a_note(open_page):
    window = open_page()
    window.locator("summary").click()
    cast = window.get_by_role("list", name="Be somebody else")
    expect(cast.get_by_role("listitem")).to_contain_text(
        ["Hanna de Vriesmanager", "Bram Bakkerbranch manager", "Gerda Gastguest"]
    )
    current = cast.locator("[aria-current]")
    expect(current).to_have_count(1)
    expect(current).to_contain_text("Hanna de Vries")


def test_somebody_else_sees_only_what_is_hers(slack, open_page, switch):
    window = open_page(at="in=beheer")
    expect(window.get_by_role("heading", name="beheer (private")).to_be_visible()
    switch(window, "Gerda")
    expect(window.locator("summary")).to_contain_text("Gerda Gast")
    expect(window.get_by_role("heading", name="algemeen (channel)")).to_be_visible()
    expect(window.get_by_role("link", name="beheer")).to_have_count(0)


def test_becoming_somebody_else_keeps_the_channel(open_page, switch):
    window = open_page(at="in=beheer")
    switch(window, "Bram")
    expect(window.locator("summary")).to_contain_text("Bram Bakker")
    expect(window.get_by_role("heading", name="beheer (private")).to_be_visible()


def test_somebody_else_opens_in_a_window_of_her_own(open_page):
    window = open_page()
    window.locator("summary").click()
    with window.expect_popup() as opened:
        window.get_by_role("link", name="Open a window as Bram Bakker").click()
    expect(opened.value.locator("summary")).to_contain_text("Bram Bakker")
    expect(window.locator("summary")).to_contain_text("Hanna de Vries")


def test_escape_closes_the_cast_and_returns_to_its_button(open_page):
    window = open_page()
    summary = window.locator("summary")
    summary.click()
    window.get_by_role("link", name=re.compile("^Bram")).focus()
    window.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(window.get_by_role("link", name=re.compile("^Bram"))).to_be_hidden()


def test_unknown_person_is_offered_the_cast(slack, windows):
    windows.tolerate("404")
    window = windows.open(f"{slack.server.url}/?as=zwerver")
    expect(window.get_by_role("heading", level=1)).to_contain_text("zwerver")
    window.get_by_role("link", name=re.compile("^Bram")).click()
    expect(window.locator("summary")).to_contain_text("Bram Bakker")


def test_workspace_without_people_says_so(windows):
    workspace = Workspace.from_manifest(MANIFEST)
    page.add_to(workspace)
    with workspace.serve():
        window = windows.open(workspace.server.url)
        expect(window.get_by_role("heading", level=1)).to_have_text(
            "Nobody works here yet"
        )


def test_deactivated_account_is_signed_out(slack, open_page, post):
    post("Welkom")
    window = open_page("bram")
    expect(window.get_by_text("Welkom")).to_be_visible()
    slack.change_person("bram", deleted=True)
    expect(window.get_by_role("heading", name="Signed out")).to_be_visible()
    words = "The account of Bram Bakker has been deactivated."
    expect(window.get_by_text(words)).to_be_visible()
    expect(window.get_by_text("Welkom")).to_be_hidden()
    expect(window.get_by_role("combobox")).to_be_hidden()
    expect(window.get_by_role("link", name="algemeen")).to_be_hidden()
    slack.change_person("bram", deleted=False)
    expect(window.get_by_text("Welkom")).to_be_visible()


def test_name_that_is_pressed_tells_who_that_is(open_page, post, slack):
    post(f"Vraag het <@{slack.person('bram').id}>")
    window = open_page()
    mention = window.get_by_role("button", name="@bram")
    mention.click()
    card = window.get_by_role("dialog", name="Bram Bakker")
    expect(card).to_contain_text("branch manager")
    window.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(mention).to_be_focused()
