"""What went between the app and Slack, and what Slack would not have put up with."""

import json
import re

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.page.inspector import FIRST_TOLD
from tests.sandbox.page.window import Stream
from tests.sandbox.running import Deaf


@pytest.fixture
def beheer(slack, hanna):
    return slack.add_channel("beheer", ["hanna"], private=True).id


def awaited(inspector, **wanted):
    """The first entry that has all of this."""

    def fits(entries):
        return [each for each in entries if wanted.items() <= each.items()]

    return fits(inspector.until(fits))[0]


def test_a_command_shows_its_payload_its_ack_and_the_calls_it_led_to(
    slack, window, desk, inspector
):
    window.do("type_command", channel=slack.channel("beheer").id, text="/proef nu")
    sent = awaited(inspector, kind="payload", title="/proef")
    acked = sent
    if sent["outcome"] == "waiting":
        acked = awaited(inspector, id=sent["id"])
    assert (acked["outcome"], acked["who"], acked["warning"]) == ("acked", "hanna", "")
    assert acked["request"]["text"] == "nu"
    assert acked["milliseconds"] >= 0
    netloc = slack.server.url.removeprefix("http://")
    with Stream(netloc, "/inspector/live") as again:
        call = awaited(again, kind="call", title="views.open")
    assert call["outcome"] == "ok"
    assert call["request"]["trigger_id"] == acked["request"]["trigger_id"]
    assert call["answer"]["view"]["callback_id"] == "proef"
    assert call["milliseconds"] >= 0
    assert call["at"].endswith("+00:00")


def test_a_call_that_slack_refuses_is_told_once(client, inspector):
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C0", text="Hallo")
    client.auth_test()
    seen = []
    inspector.until(
        lambda entries: (
            seen.extend(entries)
            or any(each["title"] == "auth.test" for each in entries)
        )
    )
    refused = [each for each in seen if each["warning"]]
    assert len(refused) == 1
    assert refused[0]["outcome"] == "channel_not_found"
    assert refused[0]["warning"] == "Slack refuses this: channel_not_found"


def test_an_ack_that_never_comes_is_marked(slack, window, beheer, inspector):
    slack.ack_seconds = 0.2
    with Deaf(slack):
        window.do("type_command", channel=beheer, text="/proef")
        missed = awaited(inspector, title="/proef", outcome="operation_timeout")
    assert missed["warning"] == "no ack; Slack waits 0.2 s"
    assert missed["milliseconds"] is None


def test_an_ack_that_comes_too_late_says_how_late(slack, window, beheer, inspector):
    slack.ack_seconds = 0.2
    with Deaf(slack) as app:
        window.do("type_command", channel=beheer, text="/proef")
        envelope = app.next()
        missed = awaited(inspector, title="/proef", outcome="operation_timeout")
        ack = json.dumps({"envelope_id": envelope["envelope_id"]})
        app.client.send_message(ack)
        late = awaited(inspector, id=missed["id"])
    assert late["outcome"] == "operation_timeout"
    assert late["milliseconds"] >= 200
    assert re.match(r"acked after \d+\.\d", late["warning"])


def test_a_payload_without_an_app_is_marked(window, beheer, inspector):
    window.do("type_command", channel=beheer, text="/proef")
    lost = awaited(inspector, title="/proef", outcome="dispatch_failed")
    assert lost["warning"] == "the app was not connected"


def test_an_ack_that_slack_does_not_understand_says_why(slack, window, desk, inspector):
    desk.ack = {"response_action": "dance"}
    window.do("type_command", channel=slack.channel("beheer").id, text="/proef")
    view = window.shows(lambda shown: shown["modals"])["modals"][0]
    window.do(
        "enter",
        surface={"view": view["id"]},
        block_id="naam",
        action_id="naam",
        value="x",
    )
    window.do("submit", view_id=view["id"])
    bad = awaited(inspector, outcome="invalid_ack")
    assert "invalid_response_action" in bad["warning"]
    assert bad["answer"] == {"response_action": "dance"}
    shown = window.shows(lambda shown: shown["modals"][0]["trouble"])
    assert "Try again" in shown["modals"][0]["trouble"]


def test_what_is_no_call_and_no_payload_is_a_fault(slack, inspector):
    slack.blame("unsupported", "views.open from within a modal")
    fault = awaited(inspector, kind="fault")
    assert (fault["title"], fault["warning"]) == (
        "unsupported",
        "views.open from within a modal",
    )


def test_tokens_are_never_in_it(slack, client, window, desk, inspector):
    client.chat_postMessage(
        channel=slack.channel("beheer").id, text=f"{slack.bot_token} {slack.app_token}"
    )
    window.do("type_command", channel=slack.channel("beheer").id, text="/proef")
    window.shows(lambda shown: shown["modals"])
    netloc = slack.server.url.removeprefix("http://")
    with Stream(netloc, "/inspector/live") as stream:
        _, entries = stream.next()
    titles = {each["title"] for each in entries}
    assert {"auth.test", "apps.connections.open", "/proef", "views.open"} <= titles
    told = str(entries)
    assert "(token)" in told
    for token in (slack.bot_token, slack.app_token, slack.verification_token):
        assert token not in told


def test_only_what_is_new_is_told(slack, client, inspector):
    client.auth_test()
    first = awaited(inspector, title="auth.test")
    client.users_list()
    _, entries = inspector.next()
    assert [each["title"] for each in entries] == ["users.list"]
    assert first["id"] not in [each["id"] for each in entries]


def test_an_inspector_opened_late_is_told_the_latest(slack, inspector):
    for number in range(FIRST_TOLD + 5):
        slack.blame("unsupported", f"nummer {number}")
    netloc = slack.server.url.removeprefix("http://")
    with Stream(netloc, "/inspector/live") as stream:
        _, entries = stream.next()
    assert len(entries) == FIRST_TOLD
    assert entries[-1]["warning"] == f"nummer {FIRST_TOLD + 4}"
