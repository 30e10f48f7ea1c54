"""The app in the page: its tabs, its state, its modals, and Slack's word about it."""

import pytest
from playwright.sync_api import expect

from sandbox import page
from sandbox.slack import Workspace
from tests.sandbox.page.shell.conftest import MANIFEST, stage


def test_home_tab_tells_the_app_and_shows_what_it_publishes(open_page, heard):
    window = open_page()
    window.get_by_role("link", name="Proefapp (app)").click()
    expect(window.get_by_text("Kies een vestiging")).to_be_visible()
    expect(window.get_by_role("link", name="Home")).to_have_attribute(
        "aria-current", "page"
    )
    assert [event["tab"] for event in heard] == ["home"]


def test_home_that_nobody_published_says_so(open_page):
    window = open_page(at="app=home")
    words = "Proefapp has not put anything here yet."
    expect(window.get_by_text(words)).to_be_visible()
    expect(window.get_by_role("combobox")).to_be_hidden()


def test_messages_tab_holds_the_conversation_with_the_app(open_page, heard, composer):
    window = open_page(at="app=home")
    window.get_by_role("link", name="Messages").click()
    composer(window).fill("Ik kan er niet in")
    window.keyboard.press("Enter")
    answer = window.get_by_role("listitem").filter(has_text="Gelezen: Ik kan")
    expect(answer).to_contain_text("APP")


def test_unread_messages_of_the_app_lead_to_its_messages(
    slack, open_page, post, hanna, client
):
    window = open_page()
    dm = slack.direct_message(hanna.id).id
    client.chat_postMessage(channel=dm, text="Klaar")
    link = window.get_by_role("link", name="Proefapp (app")
    expect(link).to_contain_text("1 unread")
    link.click()
    expect(window.get_by_text("Klaar", exact=True)).to_be_visible()
    expect(link).not_to_contain_text("unread")


@pytest.fixture
def read_only(tmp_path):
    words = "messages_tab_read_only_enabled:"
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST.read_text().replace(f"{words} false", f"{words} true"))
    workspace = Workspace.from_manifest(path)
    page.add_to(workspace)
    with workspace.serve():
        stage(workspace)
        yield workspace


def test_read_only_messages_tab_says_so(read_only, windows):
    window = windows.open(f"{read_only.server.url}/?as=hanna&app=messages")
    words = "Sending messages to this app has been turned off."
    expect(window.get_by_text(words)).to_be_visible()
    expect(window.get_by_role("combobox")).to_be_hidden()


def test_app_that_is_not_connected_is_told_by_its_name(slack, open_page, app, connect):
    window = open_page()
    words = window.get_by_text("Proefapp is not connected")
    expect(words).to_be_visible()
    connect(app)
    expect(words).to_be_hidden()


@pytest.fixture
def form(open_page, composer, heard):
    """A window with a modal over it."""
    window = open_page()
    composer(window).fill("/proef nu")
    window.keyboard.press("Enter")
    expect(window.get_by_role("dialog", name="Proef")).to_be_visible()
    return window


def test_modal_takes_the_keyboard_and_covers_slack(form):
    field = form.get_by_role("textbox", name="Naam")
    expect(field).to_be_focused()
    expect(form.locator("#slack")).to_have_js_property("inert", value=True)
    reached = set()
    for _ in range(12):
        form.keyboard.press("Tab")
        reached.add(
            form.evaluate(
                """() => ["dialog", "#slack", ".bar"].find(
                  (place) => document.activeElement.closest(place)) ?? "beyond" """
            )
        )
    assert "dialog" in reached
    assert "#slack" not in reached


def test_focus_returns_when_the_modal_has_gone(form, composer):
    form.keyboard.press("Escape")
    expect(form.get_by_role("dialog")).to_have_count(0)
    expect(composer(form)).to_be_focused()


def test_submitted_modal_reaches_the_app_and_goes(form, heard):
    form.get_by_role("textbox", name="Naam").fill("Mo")
    form.get_by_role("button", name="Opslaan").click()
    expect(form.get_by_role("dialog")).to_have_count(0)
    values = heard[-1]["view"]["state"]["values"]
    assert values["naam"]["naam"]["value"] == "Mo"


def test_inspector_can_be_read_while_a_modal_is_open(form):
    form.get_by_role("button", name="Inspector").click()
    form.get_by_role("button", name="views.open").click()
    expect(form.get_by_role("region", name="Arguments")).to_contain_text("trigger_id")
    expect(form.get_by_role("dialog", name="Proef")).to_be_visible()


def test_what_a_client_cannot_do_is_said_and_nothing_is_lost(
    slack, windows, open_page, composer, heard
):
    windows.tolerate("409")
    first, second = open_page(), open_page()
    composer(second).fill("Wacht")
    composer(first).fill("/proef nu")
    first.keyboard.press("Enter")
    expect(second.get_by_role("dialog", name="Proef")).to_be_visible()
    second.evaluate("document.getElementById('slack').inert = false")
    second.evaluate("document.getElementById('modals').remove()")
    composer(second).press("Enter")
    expect(second.get_by_text("a modal covers everything else")).to_be_visible()
    expect(composer(second)).to_have_text("Wacht")
    assert slack.messages("algemeen") == []
