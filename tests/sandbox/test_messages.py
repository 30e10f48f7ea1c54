"""Messages: posted, seen, changed, only for one person, and by response_url."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox.slack import ImpossibleError, Workspace
from tests.conftest import SetClock
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.pieces import actions, button, section


@pytest.fixture
def beheer(slack, hanna):
    return slack.add_channel("beheer", ["hanna"], private=True)


@pytest.fixture
def told(app, connect):
    bodies: list[dict] = []

    @app.action("press")
    def action(ack, body):
        bodies.append(body)
        ack()

    @app.command("/proef")
    def command(ack, body):
        bodies.append(body)
        ack({"text": "Even geduld", "response_type": "ephemeral"})

    connect(app)
    return bodies


def test_a_message_is_seen_once_and_again_when_it_changes(slack, client, hanna, beheer):
    slack.patience = 0.2
    posted = client.chat_postMessage(channel=beheer.id, text="Bezig: 10 van 500")
    assert hanna.sees("10 van 500").text == "Bezig: 10 van 500"
    hanna.opens_home()
    with pytest.raises(ImpossibleError):
        hanna.sees("10 van 500")
    client.chat_update(channel=beheer.id, ts=posted["ts"], text="Klaar: 500 van 500")
    hanna.sees("500 van 500")
    assert "edited" in slack.messages("beheer")[0].as_api("T")


def test_a_message_nobody_read_fails_the_story(slack, client, hanna, beheer):
    piet = slack.add_person("piet")
    slack.join("beheer", "piet")
    client.chat_postMessage(channel=beheer.id, text="De *export* staat klaar")
    client.chat_postEphemeral(channel=beheer.id, user=piet.id, text="Alleen jij")
    left = slack.unread()
    assert left == [
        "nobody read in #beheer: De export staat klaar",
        "nobody read in #beheer (only for piet): Alleen jij",
    ]
    with pytest.raises(AssertionError, match="De export staat klaar"):
        slack.assert_all_read()
    hanna.sees("export")
    piet.reads_channel("beheer")
    slack.assert_all_read()


def test_an_ephemeral_message_is_seen_by_one_person(slack, client, hanna, beheer):
    slack.add_person("piet")
    slack.join("beheer", "piet")
    client.chat_postEphemeral(channel=beheer.id, user=hanna.id, text="Alleen jij")
    hanna.sees("Alleen jij")
    slack.person("piet").does_not_see("Alleen jij")
    assert slack.person("piet").reads_channel("beheer") == ""
    outsider = slack.add_person("kees")
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        client.chat_postEphemeral(channel=beheer.id, user=outsider.id, text="x")


def test_a_button_in_a_message_says_where_it_is(slack, client, hanna, beheer, told):
    client.chat_postMessage(
        channel=beheer.id,
        text="Geblokkeerd",
        blocks=[
            section("Jansen is geblokkeerd"),
            actions(button("Activeer", value="7")),
        ],
    )
    sight = hanna.sees("Jansen is geblokkeerd")
    hanna.presses("Activeer", on=sight.surface)
    body = told[-1]
    assert body["channel"] == {"id": beheer.id, "name": "privategroup"}
    assert body["container"]["message_ts"] == body["message"]["ts"]
    assert body["container"]["is_ephemeral"] is False
    assert body["actions"][0]["value"] == "7"
    assert body["message"]["bot_id"] == slack.bot_id


def test_equal_buttons_in_two_messages_are_told_apart(
    slack, client, hanna, beheer, told
):
    other = slack.add_channel("zeist", ["hanna"])
    for channel, value in ((beheer, "1"), (other, "2")):
        block = actions(button("Activeer", value=value))
        client.chat_postMessage(channel=channel.id, text="x", blocks=[block])
    with pytest.raises(ImpossibleError, match="2 times"):
        hanna.presses("Activeer")
    hanna.presses("Activeer", in_channel="zeist")
    assert told[-1]["actions"][0]["value"] == "2"
    hanna.sees("Activeer", in_channel="beheer")
    hanna.presses("Activeer")
    assert told[-1]["actions"][0]["value"] == "1"


def test_a_message_that_is_gone_can_not_be_pressed(slack, client, hanna, beheer, told):
    posted = client.chat_postMessage(
        channel=beheer.id, text="x", blocks=[actions(button("Activeer"))]
    )
    sight = hanna.sees("Activeer")
    client.chat_delete(channel=beheer.id, ts=posted["ts"])
    slack.patience = 0.2
    with pytest.raises(ImpossibleError):
        hanna.presses("Activeer", on=sight.surface)


def test_an_ack_of_a_command_can_carry_a_message(slack, hanna, beheer, told):
    hanna.types("/proef", channel="beheer")
    hanna.sees("Even geduld")
    assert slack.messages("beheer")[0].only_for == hanna.id
    slack.assert_all_read()


def test_a_response_url_works_where_the_app_is_not_a_member(slack, hanna, told):
    slack.add_channel("elders", ["hanna"], private=True, with_app=False)
    hanna.types("/proef", channel="elders")
    hook = WebhookClient(told[-1]["response_url"])
    assert hook.send(text="Alleen jij").status_code == 200
    hanna.sees("Alleen jij")
    assert hook.send(text="Iedereen", response_type="in_channel").status_code == 200
    hanna.sees("Iedereen")
    shown = [each.only_for for each in slack.messages("elders")]
    assert shown == [hanna.id, hanna.id, None]


def test_a_response_url_replaces_and_deletes_its_message(
    slack, client, hanna, beheer, told
):
    client.chat_postEphemeral(
        channel=beheer.id,
        user=hanna.id,
        text="x",
        blocks=[actions(button("Doen"))],
    )
    hanna.presses("Doen")
    assert "message" not in told[-1]
    hook = WebhookClient(told[-1]["response_url"])
    hook.send(text="Gedaan", replace_original=True)
    hanna.sees("Gedaan")
    hook.send(delete_original=True)
    assert slack.messages("beheer") == []


def test_a_sixth_response_is_refused(slack, hanna, beheer, told):
    hanna.types("/proef")
    hook = WebhookClient(told[-1]["response_url"])
    for number in range(5):
        assert hook.send(text=f"{number}").status_code == 200
    refusal = hook.send(text="6")
    assert refusal.status_code == 404
    assert "used_url" in refusal.body
    slack.sees_fault("used_url")
    assert [call.status for call in slack.calls("response_url")] == [200] * 5 + [404]


def test_a_response_url_dies_after_half_an_hour():
    clock = SetClock(datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    with Workspace.from_manifest(MANIFEST, clock=clock).serve() as slack:
        hanna = slack.add_person("hanna")
        slack.add_channel("beheer", ["hanna"])
        sent = hanna.types("/proef")
        hook = WebhookClient(sent.payload["response_url"])
        clock.forward(timedelta(minutes=30))
        assert hook.send(text="net op tijd").status_code == 200
        clock.forward(timedelta(seconds=1))
        assert "expired_url" in hook.send(text="te laat").body


def test_a_response_is_held_to_the_limits_of_messages(slack, hanna, beheer, told):
    hanna.types("/proef")
    hook = WebhookClient(told[-1]["response_url"])
    assert hook.send(text="x", blocks=[section("x" * 3001)]).status_code == 400
    slack.sees_fault("must be less than 3001 characters")


def test_a_direct_message_goes_both_ways(slack, client, app, connect, hanna):
    @app.message("hallo")
    def answer(message, say):
        say(f"Dag <@{message['user']}> & welkom")

    connect(app)
    hanna.sends_dm("hallo <b> & co")
    hanna.sees("Dag @hanna & welkom")
    first = slack.deliveries("events_api")[0].payload["event"]
    assert first["text"] == "hallo &lt;b&gt; &amp; co"
    assert (first["channel_type"], first["user"]) == ("im", hanna.id)
    slack.assert_all_read()


def told_of(slack):
    """The message events that went to the app, oldest first."""
    bodies = [sent.payload for sent in slack.deliveries("events_api")]
    return [body["event"] for body in bodies if body["event"]["type"] == "message"]


def test_an_edited_and_a_deleted_message_are_told_with_what_it_said(slack, hanna):
    said = hanna.sends_dm("hallo")
    hanna.edits(said, "hallo & dag")
    hanna.deletes(said)
    first, edited, deleted = told_of(slack)
    assert "subtype" not in first
    assert edited["subtype"] == "message_changed"
    assert edited["message"]["text"] == "hallo &amp; dag"
    assert edited["message"]["edited"]["user"] == hanna.id
    assert edited["previous_message"]["text"] == "hallo"
    assert "user" not in edited
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)
    assert len({first["ts"], edited["ts"], deleted["ts"]}) == 3
    assert slack.direct_message(hanna.id).messages == []


def test_what_the_app_changes_in_a_direct_message_is_told_too(slack, client, hanna):
    posted = client.chat_postMessage(channel=hanna.id, text="Bezig")
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Klaar")
    client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    kinds = [event.get("subtype") for event in told_of(slack)]
    assert kinds == [None, "message_changed", "message_deleted"]


def test_nobody_changes_the_words_of_another(slack, client, hanna):
    client.chat_postMessage(channel=hanna.id, text="Van de app")
    (message,) = slack.direct_message(hanna.id).messages
    for change in (lambda: hanna.edits(message, "x"), lambda: hanna.deletes(message)):
        with pytest.raises(ImpossibleError, match="one's own"):
            change()
    hanna.reads_dm()


def test_an_answer_in_a_thread_names_the_thread(slack, hanna):
    said = hanna.sends_dm("hallo")
    hanna.sends_dm("en nog iets", in_thread_of=said)
    assert told_of(slack)[1]["thread_ts"] == said.ts


def test_a_message_with_a_file_says_so(slack, hanna):
    place = slack.direct_message(hanna.id).id
    slack.share_file("hanna", place, "a.png", b"x", text="kijk")
    (event,) = told_of(slack)
    assert (event["subtype"], event["text"]) == ("file_share", "kijk")


def test_a_message_to_a_person_lands_in_their_direct_messages(slack, client, hanna):
    answer = client.chat_postMessage(channel=hanna.id, text="Alleen voor jou")
    assert answer["channel"] == slack.direct_message(hanna.id).id
    assert hanna.reads_dm() == "Alleen voor jou"


def test_a_message_that_changed_since_somebody_looked_is_unread(slack, client, hanna):
    channel = slack.add_channel("keuken", ["hanna"])
    posted = client.chat_postMessage(channel=channel.id, text="Bezig")
    hanna.sees("Bezig")
    slack.assert_all_read()
    client.chat_update(channel=channel.id, ts=posted["ts"], text="Klaar")
    with pytest.raises(AssertionError, match="nobody read in #keuken: Klaar"):
        slack.assert_all_read()
    hanna.sees("Klaar")
    slack.assert_all_read()


def test_nobody_writes_to_an_app_that_only_tells(tmp_path):
    text = MANIFEST.read_text()
    text = text.replace("read_only_enabled: false", "read_only_enabled: true")
    path = tmp_path / "manifest.yml"
    path.write_text(text)
    with Workspace.from_manifest(path).serve() as slack:
        hanna = slack.add_person("hanna")
        with pytest.raises(ImpossibleError, match="turned off"):
            hanna.sends_dm("hallo")


def test_timestamps_never_repeat(slack, beheer):
    clock = SetClock(datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    with Workspace.from_manifest(MANIFEST, clock=clock).serve() as served:
        channel = served.add_channel("beheer")
        client = WebClient(token=served.bot_token, base_url=served.api_url)
        stamps = [
            client.chat_postMessage(channel=channel.id, text="x")["ts"]
            for _ in range(3)
        ]
    assert len(set(stamps)) == 3
    assert all(stamp.startswith(f"{int(clock().timestamp())}.") for stamp in stamps)
