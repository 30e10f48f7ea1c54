"""The inspector: what goes to and fro, with times, outcomes and warnings."""

import json
import re

import pytest
from playwright.sync_api import expect
from slack_sdk.errors import SlackApiError

from tests.sandbox.running import Deaf


@pytest.fixture
def inspected(open_page, heard):
    """A window with the inspector open."""
    window = open_page()
    window.get_by_role("button", name="Inspector").click()
    expect(window.get_by_role("heading", name="Inspector")).to_be_focused()
    return window


@pytest.fixture
def panel(inspected):
    return inspected.get_by_role("complementary", name="Inspector")


@pytest.fixture
def entries(panel):
    return panel.locator("#entries > li")


@pytest.fixture
def ask(inspected, composer):
    def send(text: str) -> None:
        composer(inspected).fill(text)
        inspected.keyboard.press("Enter")

    return send


@pytest.fixture
def refused(client, slack):
    """The app does something that Slack refuses."""
    slack.tolerates("channel_not_found", method="chat.postMessage")

    def post() -> None:
        with pytest.raises(SlackApiError):
            client.chat_postMessage(channel="C404", text="Waarheen?")

    return post


def test_inspector_is_closed_until_asked_for_and_closes_again(open_page, heard):
    window = open_page()
    panel = window.get_by_role("complementary", name="Inspector")
    button = window.get_by_role("button", name="Inspector", exact=True)
    expect(panel).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(panel).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    window.get_by_role("button", name="Close the inspector").click()
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


def test_payload_is_shown_with_who_did_it_and_the_time_to_its_ack(ask, entries):
    ask("/stil nu")
    entry = entries.filter(has_text="/stil")
    expect(entry).to_contain_text("payload")
    expect(entry).to_contain_text("hanna")
    expect(entry.locator(".entry-outcome")).to_have_text(re.compile(r"^acked, \d+ ms$"))


def test_click_shows_request_and_answer_as_json(ask, inspected, entries):
    ask("/stil nu")
    row = entries.filter(has_text="/stil").get_by_role("button", name="/stil")
    row.click()
    expect(row).to_have_attribute("aria-expanded", "true")
    payload = inspected.get_by_role("region", name="Payload").inner_text()
    assert json.loads(payload)["text"] == "nu"
    answer = inspected.get_by_role("region", name="Answer of the app").inner_text()
    assert json.loads(answer)["text"].startswith("Dit ziet alleen")
    row.click()
    expect(inspected.get_by_role("region", name="Payload")).to_have_count(0)


def test_no_token_is_shown(slack, ask, inspected, entries):
    ask("/stil nu")
    expect(entries.filter(has_text="/stil")).to_be_visible()
    for row in entries.get_by_role("button").all():
        row.click()
    shown = inspected.content()
    assert slack.bot_token not in shown
    assert slack.app_token not in shown
    assert slack.verification_token not in shown


def test_what_slack_refuses_stands_out_in_words(refused, entries):
    refused()
    entry = entries.filter(has_text="chat.postMessage")
    expect(entry).to_contain_text("Slack refuses this: channel_not_found")
    expect(entry.locator(".icon-warning")).to_be_visible()


def test_kind_person_and_words_narrow_the_list(
    refused, ask, panel, entries, open_page, composer
):
    ask("/stil nu")
    refused()
    other = open_page("bram")
    composer(other).fill("/stil ook")
    other.keyboard.press("Enter")
    expect(entries.filter(has_text="bram")).to_have_count(1)
    everything = entries.count()
    panel.get_by_label("Kind").select_option("Warnings")
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("channel_not_found")
    panel.get_by_label("Kind").select_option("Payloads to the app")
    panel.get_by_label("Person").select_option("bram")
    expect(entries).to_have_count(1)
    panel.get_by_label("Person").select_option("Everybody")
    panel.get_by_label("Search").fill("OOK")
    expect(entries).to_have_count(1)
    expect(panel.get_by_role("status")).to_have_text(f"1 of {everything}")
    panel.get_by_label("Search").fill("nergens")
    expect(entries).to_have_count(0)


def test_cleared_list_begins_anew(ask, panel, entries):
    ask("/stil een")
    expect(entries.filter(has_text="/stil")).to_have_count(1)
    panel.get_by_role("button", name="Clear").click()
    expect(entries).to_have_count(0)
    expect(panel.get_by_role("status")).to_contain_text("Nothing yet")
    ask("/stil twee")
    expect(entries.filter(has_text="/stil")).to_have_count(1)


def test_list_is_copied_as_json(refused, inspected, panel, entries):
    refused()
    inspected.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.get_by_label("Kind").select_option("Warnings")
    panel.get_by_role("button", name="Copy", exact=True).click()
    expect(inspected.get_by_text("Copied")).to_be_visible()
    copied = json.loads(inspected.evaluate("navigator.clipboard.readText()"))
    assert [entry["title"] for entry in copied] == ["chat.postMessage"]
    entries.get_by_role("button").first.click()
    panel.get_by_role("button", name="Copy arguments").click()
    expect(inspected.get_by_text("Copied")).to_have_count(2)
    copied = json.loads(inspected.evaluate("navigator.clipboard.readText()"))
    assert copied["channel"] == "C404"


def test_missed_ack_is_a_warning(slack, open_page, composer):
    slack.ack_seconds = 0.1
    with Deaf(slack):
        window = open_page()
        window.get_by_role("button", name="Inspector").click()
        composer(window).fill("/stil nu")
        window.keyboard.press("Enter")
        entry = window.locator(".entry.is-warned").filter(has_text="/stil")
        expect(entry.locator(".icon-warning")).to_be_visible()
        expect(entry).to_contain_text("ack")
    slack.sees_fault("operation_timeout")


def test_entry_that_is_open_stays_open_when_more_comes(ask, inspected, entries):
    ask("/stil nu")
    entries.filter(has_text="/stil").get_by_role("button", name="/stil").click()
    ask("/proefbestand nu")
    expect(entries.filter(has_text="files.completeUploadExternal")).to_be_visible()
    expect(inspected.get_by_role("region", name="Payload")).to_be_visible()
