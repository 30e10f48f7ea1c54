"""What one person's page shows, and when it is sent again."""

import threading

import pytest

from sandbox import page
from sandbox.slack import Workspace
from sandbox.slack.client_sight import LOADED_AT_ONCE
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.page.window import Window, conversation, texts
from tests.sandbox.pieces import actions, button, home, modal, section, select


@pytest.fixture
def beheer(slack, hanna):
    return slack.add_channel("beheer", ["hanna"], private=True)


def requests_being_answered():
    return [
        thread
        for thread in threading.enumerate()
        if "process_request_thread" in thread.name
    ]


def test_it_is_shown_at_once_who_and_where_one_is(slack, hanna, beheer, window):
    slack.change_person("hanna", note="manager")
    shown = window.shows()
    assert shown["me"] == {
        "id": hanna.id,
        "name": "hanna",
        "real_name": "Hanna de Vries",
        "email": "hanna@example.nl",
        "note": "manager",
        "locale": "nl-NL",
        "tz": "Europe/Amsterdam",
        "is_guest": False,
        "is_deleted": False,
    }
    assert shown["cast"] == [
        {"name": "hanna", "real_name": "Hanna de Vries", "note": "manager"}
    ]
    assert shown["app"] == {
        "user_id": slack.bot_user.id,
        "name": "Proefapp",
        "has_home": True,
        "has_messages": True,
        "messages_read_only": False,
        "is_connected": False,
    }
    assert shown["commands"] == [
        {
            "command": "/proef",
            "description": "Try something",
            "usage_hint": "[what]",
        }
    ]
    assert shown["channels"] == {beheer.id: {"name": "beheer", "is_private": True}}
    assert shown["home"] is None
    assert shown["modals"] == []
    place = conversation(shown, "beheer")
    assert place == {
        "id": beheer.id,
        "name": "beheer",
        "is_private": True,
        "is_im": False,
        "with_app": True,
        "is_archived": False,
        "unread": 0,
        "has_older": False,
        "messages": [],
    }


def test_the_note_on_a_person_is_never_told_to_the_app(slack, hanna, client):
    slack.change_person("hanna", note="manager")
    assert "manager" not in str(client.users_info(user=hanna.id).data)
    assert "manager" not in str(client.users_list().data)


def test_without_notes_everybody_can_be_played(slack, window):
    slack.add_person("bram")
    assert [each["name"] for each in window.shows()["cast"]] == ["hanna", "bram"]
    slack.change_person("bram", note="branch manager")
    shown = window.shows(lambda shown: len(shown["cast"]) == 1)
    assert shown["cast"][0]["name"] == "bram"


def test_a_message_is_shown_when_it_comes(client, beheer, window):
    with window.live() as stream:
        stream.next()
        client.chat_postMessage(channel=beheer.id, text="Klaar")
        shown = stream.until(lambda shown: texts(shown, "beheer"))
    message = conversation(shown, "beheer")["messages"][0]
    assert message["text"] == "Klaar"
    assert message["author_id"] == shown["app"]["user_id"]
    assert message["is_new"]
    assert not message["edited"]
    assert conversation(shown, "beheer")["unread"] == 1


def test_a_change_makes_a_message_another_but_not_new(client, beheer, window):
    posted = client.chat_postMessage(channel=beheer.id, text="Bezig")
    window.do("look", channel=beheer.id)
    with window.live() as stream:
        _, before = stream.next()
        client.chat_update(channel=beheer.id, ts=posted["ts"], text="Klaar")
        after = stream.until(lambda shown: texts(shown, "beheer") == ["Klaar"])
    old, new = (conversation(each, "beheer") for each in (before, after))
    assert old["messages"][0]["revision"] != new["messages"][0]["revision"]
    assert new["messages"][0]["edited"]
    assert new["unread"] == 0


def test_what_changes_nothing_on_the_page_is_not_sent(slack, client, beheer, window):
    elsewhere = slack.add_channel("elders", private=True)
    with window.live() as stream:
        stream.next()
        client.chat_postMessage(channel=elsewhere.id, text="Geheim")
        client.chat_postMessage(channel=beheer.id, text="Klaar")
        _, shown = stream.next()
    assert texts(shown, "beheer") == ["Klaar"]
    assert "Geheim" not in str(shown)


def test_a_message_for_one_person_is_on_her_page_only(slack, client, hanna, window):
    bram = slack.add_person("bram")
    place = slack.add_channel("beheer", ["hanna", "bram"], private=True)
    client.chat_postEphemeral(channel=place.id, user=hanna.id, text="Alleen voor u")
    message = conversation(window.shows(), "beheer")["messages"][0]
    assert message["only_for_me"]
    assert texts(Window(slack.server.url, bram.user.name).shows(), "beheer") == []


def test_a_guest_knows_only_whom_she_meets(slack, hanna, window):
    slack.add_person("gerda", is_restricted=True)
    slack.add_person("bram")
    slack.add_channel("open")
    slack.add_channel("samen", ["gerda", "bram"])
    shown = Window(slack.server.url, "gerda").shows()
    assert shown["me"]["is_guest"]
    names = {each["name"] for each in shown["users"].values()}
    assert names == {"gerda", "bram", "proefapp"}
    assert [each["name"] for each in shown["channels"].values()] == ["samen"]
    known = {each["name"] for each in window.shows()["channels"].values()}
    assert known == {"open", "samen"}


def test_a_guest_reads_the_name_of_who_has_left(slack):
    slack.add_person("gerda", is_restricted=True)
    bram = slack.add_person("bram")
    place = slack.add_channel("samen", ["gerda", "bram"])
    bram.client.send_message(place, "Tot ziens")
    slack.leave("samen", "bram")
    shown = Window(slack.server.url, "gerda").shows()
    assert shown["users"][bram.id]["name"] == "bram"


def test_a_deactivated_person_sees_nothing_any_more(slack, client, beheer, window):
    client.chat_postMessage(channel=beheer.id, text="Geheim")
    slack.change_person("hanna", deleted=True)
    shown = window.shows(lambda shown: shown["me"]["is_deleted"])
    assert shown["conversations"] == []
    assert "Geheim" not in str(shown)


def test_home_and_modals_come_with_what_was_filled_in(
    client, hanna, window, desk, beheer_of_desk
):
    chooser = actions(select("Utrecht", "Ede"), block_id="keuze")
    client.views_publish(user_id=hanna.id, view=home(section("Welkom"), chooser))
    window.do("type_command", channel=beheer_of_desk, text="/proef")
    shown = window.shows(lambda shown: shown["modals"])
    assert shown["home"]["type"] == "home"
    assert shown["home"]["values"] == {
        "keuze": {"chosen": {"type": "static_select", "selected_option": None}}
    }
    view = shown["modals"][0]
    assert (view["title"], view["submit"], view["close"]) == (
        "Proef",
        "Opslaan",
        "Annuleren",
    )
    assert view["values"] == {
        "naam": {"naam": {"type": "plain_text_input", "value": None}}
    }
    assert view["errors"] == {}
    assert view["trouble"] == ""
    assert view["is_submitting"] is False


def test_what_she_types_keeps_the_revision_and_what_the_app_does_changes_it(
    client, window, desk, beheer_of_desk
):
    window.do("type_command", channel=beheer_of_desk, text="/proef")
    with window.live() as stream:
        view = stream.until(lambda shown: shown["modals"])["modals"][0]
        surface = {"view": view["id"]}
        ids = {"block_id": "naam", "action_id": "naam"}
        window.do("enter", surface=surface, **ids, value="Hanna")
        typed = stream.until(lambda shown: "'Hanna'" in str(shown))["modals"][0]
        assert typed["revision"] == view["revision"]
        client.views_update(view_id=view["id"], view=modal(section("Anders")))
        changed = stream.until(lambda shown: "Anders" in str(shown))["modals"][0]
    assert changed["id"] == view["id"]
    assert changed["revision"] != view["revision"]


def test_an_error_under_a_field_changes_the_revision(window, desk, beheer_of_desk):
    desk.ack = {"response_action": "errors", "errors": {"naam": "Bestaat al"}}
    window.do("type_command", channel=beheer_of_desk, text="/proef")
    with window.live() as stream:
        view = stream.until(lambda shown: shown["modals"])["modals"][0]
        place = {"surface": {"view": view["id"]}, "block_id": "naam"}
        window.do("enter", **place, action_id="naam", value="Hanna")
        window.do("submit", view_id=view["id"])
        told = stream.until(lambda shown: shown["modals"][0]["errors"])["modals"][0]
    assert told["errors"] == {"naam": "Bestaat al"}
    assert told["revision"] != view["revision"]


def test_older_messages_come_when_asked_for(slack, beheer, window):
    for number in range(LOADED_AT_ONCE + 5):
        slack.posting.by_app(beheer, f"Bericht {number}", [])
    with window.live() as stream:
        _, shown = stream.next()
        place = conversation(shown, "beheer")
        assert place["has_older"]
        assert place["unread"] == LOADED_AT_ONCE + 5
        assert texts(shown, "beheer")[0] == "Bericht 5"
        window.do("show_older", channel=beheer.id)
        shown = stream.until(lambda shown: texts(shown, "beheer")[0] == "Bericht 0")
    assert not conversation(shown, "beheer")["has_older"]


def test_a_command_that_the_app_misses_is_told_to_her_alone(
    slack, hanna, beheer, window
):
    slack.add_person("bram")
    window.do("type_command", channel=beheer.id, text="/proef")
    shown = window.shows(lambda shown: shown["notices"])
    assert shown["notices"][0]["text"] == (
        '/proef failed with the error "dispatch_failed"'
    )
    assert Window(slack.server.url, "bram").shows()["notices"] == []


def test_a_press_that_the_app_misses_is_told_too(slack, client, beheer, window):
    posted = client.chat_postMessage(
        channel=beheer.id,
        text="Kies",
        blocks=[actions(button("Doe"), block_id="knoppen")],
    )
    window.do(
        "press",
        surface={"channel": beheer.id, "message": posted["ts"]},
        block_id="knoppen",
        action_id="press",
    )
    shown = window.shows(lambda shown: shown["notices"])
    assert "dispatch_failed" in shown["notices"][0]["text"]


def test_the_server_stops_with_streams_open():
    workspace = Workspace.from_manifest(MANIFEST)
    page.add_to(workspace)
    with workspace.serve() as served:
        served.add_person("hanna")
        window = Window(served.server.url, "hanna")
        streams = [window.live() for _ in range(3)]
        for stream in streams:
            stream.next()
        answering = requests_being_answered()
        assert len(answering) >= 3
    for stream in streams:
        with pytest.raises(EOFError):
            stream.until(lambda _: False)
        stream.close()
    assert not any(thread.is_alive() for thread in answering)


def test_a_closed_browser_leaves_no_thread_behind(slack, window):
    before = requests_being_answered()
    stream = window.live()
    stream.next()
    mine = [each for each in requests_being_answered() if each not in before]
    assert mine
    stream.close()
    for thread in mine:
        thread.join(timeout=10)
    assert not any(thread.is_alive() for thread in mine)


@pytest.fixture
def beheer_of_desk(slack, desk):
    return slack.channel("beheer").id
