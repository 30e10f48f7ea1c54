"""Slash commands: found, completed, sent, and refused as Slack does."""

import pytest
from playwright.sync_api import expect

from tests.sandbox.running import Deaf


@pytest.fixture
def window(open_page, heard):
    return open_page()


@pytest.fixture
def box(window, composer):
    return composer(window)


@pytest.fixture
def listed(window):
    return window.get_by_role("listbox", name="Commands").get_by_role("option")


def test_slash_lists_every_command_with_hint_and_description(box, listed):
    box.press_sequentially("/")
    expect(listed).to_have_count(3)
    expect(listed.first).to_contain_text("/proef [what]")
    expect(listed.first).to_contain_text("Opens a form")
    expect(listed.first).to_contain_text("Proefapp")
    expect(listed.first).to_have_attribute("aria-selected", "true")


def test_list_narrows_with_every_letter(box, listed):
    box.press_sequentially("/s")
    expect(listed).to_have_count(1)
    box.press_sequentially("x")
    expect(listed).to_have_count(0)


def test_list_is_told_to_screen_readers_as_a_combobox(window, box):
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("/")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    pointed = window.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(pointed).to_contain_text("/proefbestand")
    expect(pointed).to_have_attribute("aria-selected", "true")


def test_arrows_go_round_and_tab_takes_the_command(box, listed):
    box.press_sequentially("/")
    box.press("ArrowUp")
    expect(listed.last).to_have_attribute("aria-selected", "true")
    box.press("Tab")
    expect(box).to_be_focused()
    expect(box).to_have_text("/stil ")
    expect(listed).to_have_count(0)


def test_enter_takes_a_command_and_the_next_enter_sends_it(window, box, heard):
    box.press_sequentially("/pr")
    box.press("Enter")
    expect(box).to_have_text("/proef ")
    box.press_sequentially("logins utrecht")
    box.press("Enter")
    expect(window.get_by_role("dialog", name="Proef")).to_be_visible()
    assert heard[-1]["text"] == "logins utrecht"
    expect(box).to_have_text("")


def test_hint_stays_in_sight_behind_the_command(window, box):
    box.press_sequentially("/proef ut")
    expect(window.locator("#composer-hint")).to_have_text("/proef [what]")


def test_command_typed_in_full_goes_out_at_once(window, box):
    box.press_sequentially("/stil")
    box.press("Enter")
    expect(window.get_by_text("Dit ziet alleen")).to_be_visible()


def test_escape_closes_the_list_and_keeps_what_was_typed(box, listed):
    box.press_sequentially("/pr")
    box.press("Escape")
    expect(listed).to_have_count(0)
    expect(box).to_have_text("/pr")


def test_command_is_taken_by_pointing_at_it(window, box, listed):
    box.press_sequentially("/")
    listed.filter(has_text="/stil").click()
    expect(box).to_have_text("/stil ")
    window.get_by_role("button", name="Send").click()
    expect(window.get_by_text("Dit ziet alleen")).to_be_visible()


def test_unknown_command_is_refused_by_slackbot_to_her_alone(
    slack, window, box, open_page
):
    box.fill("/niets daar")
    box.press("Enter")
    refusal = window.get_by_role("listitem").filter(has_text="is not a valid command")
    expect(refusal).to_contain_text("Slackbot")
    expect(refusal).to_contain_text("Only visible to you")
    assert slack.messages("algemeen") == []


def test_slash_behind_a_space_is_a_message(window, box):
    box.fill(" /niets is een bericht")
    box.press("Enter")
    expect(window.get_by_text("/niets is een bericht", exact=True)).to_be_visible()


@pytest.fixture
def hasty(slack):
    """A workspace that waits for no ack for long."""
    slack.ack_seconds = 0.1
    return slack


def test_command_that_nobody_acks_is_said_to_have_failed(hasty, open_page, composer):
    with Deaf(hasty):
        window = open_page()
        box = composer(window)
        box.fill("/stil")
        box.press("Enter")
        failure = window.get_by_role("listitem").filter(has_text="operation_timeout")
        expect(failure).to_contain_text("Slackbot")
        expect(failure).to_contain_text("Only visible to you")
    hasty.sees_fault("operation_timeout")
