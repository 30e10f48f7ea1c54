"""Messages as Slack shows them, and what counts as read."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sandbox import page
from sandbox.slack import Workspace
from sandbox.slack.client_sight import LOADED_AT_ONCE
from tests.sandbox.page.shell.conftest import MANIFEST, stage
from tests.sandbox.page.shell.office import CONTENT, QUESTION


@pytest.fixture
def channel(open_page):
    """The link of a channel in the sidebar."""
    return lambda window, name: window.get_by_role("link", name=f"{name} (")


def message(window, words):
    return window.get_by_role("log").get_by_role("listitem").filter(has_text=words)


def test_message_of_the_app_has_its_name_a_badge_and_the_time(open_page, post):
    post("Welkom *allemaal*")
    window = open_page()
    shown = message(window, "Welkom allemaal")
    expect(shown).to_contain_text("ProefappAPP")
    expect(shown.locator("strong", has_text="allemaal")).to_be_visible()
    expect(shown.locator("time")).to_have_text(re.compile(r"^\d\d:\d\d$"))


def test_what_people_write_is_never_html(open_page, composer):
    window = open_page()
    composer(window).fill("<img src=x onerror=alert(1)> & <b>vet</b>")
    window.keyboard.press("Enter")
    expect(message(window, "<img src=x onerror=alert(1)> & <b>vet</b>")).to_be_visible()
    expect(window.locator("#message-list img, #message-list b")).to_have_count(0)


def test_new_message_appears_in_every_window_it_is_for(open_page, composer):
    hers, his = open_page("hanna"), open_page("bram")
    expect(composer(his)).to_be_visible()
    composer(hers).fill("Goedemorgen")
    hers.keyboard.press("Enter")
    expect(message(his, "Goedemorgen")).to_contain_text("Hanna de Vries")


def test_unread_channel_is_bold_and_counted_until_it_is_opened(
    open_page, post, channel
):
    window = open_page()
    link = channel(window, "beheer")
    expect(link).not_to_have_class(re.compile("is-unread"))
    post("Een", "beheer")
    post("Twee", "beheer")
    expect(link).to_have_accessible_name("beheer (private channel) 2 unread")
    expect(link).to_have_css("font-weight", "800")
    link.click()
    expect(message(window, "Twee")).to_be_visible()
    expect(window.get_by_text("New", exact=True)).to_be_visible()
    expect(link).to_have_accessible_name("beheer (private channel)")
    channel(window, "algemeen").click()
    link.click()
    expect(message(window, "Twee")).to_be_visible()
    expect(window.get_by_text("New", exact=True)).to_have_count(0)


def test_what_is_written_where_she_looks_is_read(slack, open_page, post, channel):
    window = open_page()
    post("Gezien")
    expect(message(window, "Gezien")).to_be_visible()
    expect(channel(window, "algemeen")).to_have_accessible_name("algemeen (channel)")
    slack.wait_until(lambda: slack.messages("algemeen")[-1].is_read, 10)
    assert slack.messages("algemeen")[-1].is_read


def test_ephemeral_message_is_for_one_person(open_page, composer, heard):
    hers, his = open_page("hanna"), open_page("bram")
    composer(hers).fill("/stil")
    hers.keyboard.press("Enter")
    expect(message(hers, "Dit ziet alleen")).to_contain_text("Only visible to you")
    composer(his).fill("Iets anders")
    his.keyboard.press("Enter")
    expect(message(his, "Iets anders")).to_be_visible()
    expect(message(his, "Dit ziet alleen")).to_have_count(0)


def test_edited_message_says_so(open_page, post, client, slack):
    ts = post("Bezig")
    window = open_page()
    expect(message(window, "Bezig")).not_to_contain_text("(edited)")
    client.chat_update(channel=slack.channel("algemeen").id, ts=ts, text="Klaar")
    expect(message(window, "Klaar (edited)")).to_be_visible()


def test_pressing_a_button_in_a_message_reaches_the_app(open_page, post, heard):
    post("26 logins klaar", blocks=QUESTION)
    window = open_page()
    window.get_by_role("button", name="Activeren").click()
    expect(message(window, "Geactiveerd")).to_be_visible()


def test_file_is_a_card_that_downloads(open_page, composer, heard):
    window = open_page()
    composer(window).fill("/proefbestand nu")
    window.keyboard.press("Enter")
    card = message(window, "Hier is het bestand").get_by_role("listitem")
    expect(card).to_contain_text("logins.xlsx")
    expect(card).to_contain_text("XLSX · 1.2 kB")
    with window.expect_download() as download:
        card.get_by_role("link", name="Download logins.xlsx").click()
    assert download.value.suggested_filename == "logins.xlsx"
    assert download.value.path().read_bytes() == CONTENT


def test_messages_of_one_author_in_a_row_name_her_once(open_page, composer):
    window = open_page()
    for words in ("Een", "Twee"):
        composer(window).fill(words)
        window.keyboard.press("Enter")
        expect(message(window, words)).to_be_visible()
    expect(window.locator(".byline", has_text="Hanna de Vries")).to_have_count(1)
    expect(window.locator(".author")).to_have_count(1)


def test_days_are_told_apart(clock, windows):
    workspace = Workspace.from_manifest(MANIFEST, clock=clock)
    page.add_to(workspace)
    with workspace.serve():
        stage(workspace)
        hanna = workspace.person("hanna")
        hanna.writes("Vrijdag", channel="algemeen")
        clock.forward(timedelta(days=3))
        hanna.writes("Maandag", channel="algemeen")
        url = f"{workspace.server.url}/?as=bram"
        window = windows.open(url, now=clock() + timedelta(days=1))
        days = window.get_by_role("log").get_by_role("heading")
        expect(days).to_have_text([re.compile("^Friday,? 20 November$"), "Yesterday"])
        window = windows.open(url, now=clock() + timedelta(days=365))
        days = window.get_by_role("log").get_by_role("heading")
        named = [re.compile(f"{day} November,? 2026") for day in (20, 23)]
        expect(days).to_have_text(named)


def test_time_is_that_of_her_account_wherever_the_machine_is(
    slack, clock, open_page, bram
):
    slack.clock = clock  # half past nine in the morning, UTC
    bram.writes("Hoe laat?", channel="algemeen")
    window = open_page(timezone_id="Pacific/Auckland")
    time = message(window, "Hoe laat?").locator("time")
    expect(time).to_have_text("10:30")
    expect(window.get_by_role("log").get_by_role("heading")).to_contain_text("20")
    slack.change_person("hanna", tz="America/New_York")
    expect(time).to_have_text("04:30")


def test_long_conversation_opens_at_the_newest_and_loads_older(hanna, open_page):
    for number in range(LOADED_AT_ONCE + 20):
        hanna.writes(f"Bericht {number}", channel="algemeen")
    window = open_page()
    expect(message(window, f"Bericht {LOADED_AT_ONCE + 19}")).to_be_in_viewport()
    oldest = message(window, re.compile("Bericht 0$"))
    expect(oldest).to_have_count(0)
    first_loaded = message(window, re.compile("Bericht 20$"))
    window.get_by_role("button", name="Show older messages").click()
    expect(oldest).to_have_count(1)
    expect(oldest).not_to_be_in_viewport()
    expect(first_loaded).to_be_in_viewport()
    beginning = "This is the very beginning of #algemeen."
    expect(window.get_by_text(beginning)).to_have_count(1)


def test_newest_is_offered_to_whoever_reads_further_up(hanna, open_page, post):
    for number in range(40):
        hanna.writes(f"Bericht {number}", channel="algemeen")
    window = open_page()
    expect(message(window, "Bericht 39")).to_be_in_viewport()
    message(window, re.compile("Bericht 0$")).scroll_into_view_if_needed()
    newest = window.get_by_role("button", name="Newest messages")
    expect(newest).to_be_hidden()
    post("Iets nieuws")
    newest.click()
    expect(message(window, "Iets nieuws")).to_be_in_viewport()
    expect(newest).to_be_hidden()


def test_draft_waits_in_its_conversation(open_page, composer, channel):
    window = open_page()
    composer(window).fill("Nog niet af")
    channel(window, "beheer").click()
    expect(composer(window)).to_have_text("")
    channel(window, "algemeen").click()
    expect(composer(window)).to_have_text("Nog niet af")


def test_shift_enter_begins_a_line(slack, open_page, composer):
    window = open_page()
    composer(window).press_sequentially("Een")
    window.keyboard.press("Shift+Enter")
    composer(window).press_sequentially("Twee")
    window.keyboard.press("Enter")
    expect(message(window, re.compile("Een.Twee", re.DOTALL))).to_be_visible()
    assert slack.messages("algemeen")[-1].text == "Een\nTwee"


def test_back_leads_to_the_conversation_before(open_page, channel):
    window = open_page()
    for _ in range(2):  # to where one is already adds nothing to go back to
        channel(window, "beheer").click()
        expect(window).to_have_title("beheer - proeftuin - Hanna de Vries")
    window.go_back()
    expect(window).to_have_title("#algemeen - proeftuin - Hanna de Vries")


def test_empty_channel_says_that_it_is(open_page):
    window = open_page()
    beginning = "This is the very beginning of #algemeen. There are no messages yet."
    expect(window.get_by_text(beginning)).to_be_visible()


def test_archived_channel_takes_no_messages(slack, open_page):
    window = open_page()
    slack.change_channel("algemeen", is_archived=True)
    expect(window.get_by_text("#algemeen has been archived.")).to_be_visible()
    expect(window.get_by_role("combobox")).to_be_hidden()


def test_what_comes_in_is_told_politely_to_screen_readers(open_page, post):
    window = open_page()
    log = window.get_by_role("log", name="Messages in algemeen")
    expect(log).to_have_attribute("aria-live", "polite")


def test_words_of_the_app_are_in_the_language_of_the_person(open_page, post):
    post("Welkom")
    window = open_page()
    assert window.locator("html").get_attribute("lang") == "en"
    words = message(window, "Welkom").get_by_text("Welkom")
    assert words.evaluate("node => node.closest('[lang]').lang") == "nl-NL"


def test_what_she_shared_herself_is_never_new_to_her(slack, open_page, channel):
    slack.share_file("hanna", "beheer", "lijst.xlsx", b"inhoud", "Hier is de lijst")
    hers, his = open_page("hanna"), open_page("bram")
    expect(channel(his, "beheer")).to_contain_text("1 unread")
    expect(channel(hers, "beheer")).not_to_contain_text("unread")


def test_window_title_marks_what_is_unread_elsewhere(open_page, post, channel):
    window = open_page()
    expect(window).to_have_title("#algemeen - proeftuin - Hanna de Vries")
    post("Ongelezen", "beheer")
    expect(window).to_have_title("* #algemeen - proeftuin - Hanna de Vries")
    channel(window, "beheer").click()
    expect(window).to_have_title("beheer - proeftuin - Hanna de Vries")
