"""Faults on demand: exactly what was asked for happens, once."""

import http.client
import threading

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler

from sandbox.slack import ImpossibleError
from tests.sandbox.pieces import actions, button, modal, section
from tests.sandbox.running import Deaf


@pytest.fixture
def beheer(slack, hanna):
    return slack.add_channel("beheer", ["hanna"], private=True)


def test_a_demanded_error_is_answered_once_and_is_no_fault(slack, client, beheer):
    slack.next_call("chat.postMessage").answers("fatal_error")
    with pytest.raises(SlackApiError, match="fatal_error"):
        client.chat_postMessage(channel=beheer.id, text="x")
    assert slack.messages("beheer") == []
    assert slack.unread() == []
    assert client.chat_postMessage(channel=beheer.id, text="y")["ok"]


def test_demands_are_met_in_order_and_per_method(slack, client, beheer):
    slack.next_call("chat.postMessage").answers("internal_error")
    slack.next_call("chat.postMessage").fails(502)
    assert client.auth_test()["ok"]
    for status in (200, 502):
        with pytest.raises(SlackApiError) as failure:
            client.chat_postMessage(channel=beheer.id, text="x")
        assert failure.value.response.status_code == status


def test_a_demanded_rate_limit_says_when_to_come_back(slack, client, beheer):
    slack.next_call("chat.postMessage").is_rate_limited(30)
    with pytest.raises(SlackApiError) as failure:
        client.chat_postMessage(channel=beheer.id, text="x")
    assert failure.value.response.status_code == 429
    assert failure.value.response.headers["Retry-After"] == "30"


def test_a_lost_answer_is_an_act_done_and_not_known(slack, client, hanna, beheer):
    client.retry_handlers = []
    slack.next_call("chat.postMessage").loses_its_answer()
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        client.chat_postMessage(channel=beheer.id, text="Toch geplaatst")
    hanna.sees("Toch geplaatst")
    assert slack.calls("chat.postMessage")[0].ok


def test_an_sdk_that_tries_again_after_a_lost_answer_posts_twice(slack, client, beheer):
    assert any(
        isinstance(each, ConnectionErrorRetryHandler) for each in client.retry_handlers
    )
    slack.next_call("chat.postMessage").loses_its_answer()
    client.chat_postMessage(channel=beheer.id, text="Dubbel")
    assert [each.text for each in slack.messages("beheer")] == ["Dubbel", "Dubbel"]


def test_a_held_call_waits_until_it_is_let_go(slack, client, beheer):
    held = slack.next_call("chat.postMessage").is_held()
    caller = threading.Thread(
        target=client.chat_postMessage, kwargs={"channel": beheer.id, "text": "laat"}
    )
    caller.start()
    held.is_reached()
    assert slack.messages("beheer") == []
    held.release()
    caller.join()
    assert [each.text for each in slack.messages("beheer")] == ["laat"]


def test_a_held_call_that_never_comes_is_told(slack):
    slack.patience = 0.1
    held = slack.next_call("views.open").is_held()
    with pytest.raises(AssertionError, match="never made the call"):
        held.is_reached()


def test_a_slow_views_open_still_shows_the_modal(slack, app, connect, hanna, beheer):
    @app.command("/proef")
    def command(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(section("hoi")))

    connect(app)
    held = slack.next_call("views.open").is_held()
    hanna.types("/proef")
    held.is_reached()
    assert hanna.client.top_view() is None
    held.release()
    hanna.sees("hoi")


def test_a_payload_can_come_twice(slack, hanna):
    with Deaf(slack) as socket:
        slack.next_payloads(1).arrive_twice()
        hanna.sends_dm("een")
        hanna.sends_dm("twee")
        first, again, other = socket.next(), socket.next(), socket.next()
    assert first["payload"] == again["payload"]
    assert first["envelope_id"] != again["envelope_id"]
    assert (first["retry_attempt"], again["retry_attempt"]) == (0, 1)
    assert other["payload"]["event"]["text"] == "twee"


def test_payloads_can_come_in_another_order(slack, hanna):
    with Deaf(slack) as socket:
        slack.next_payloads(3).arrive_reversed()
        for text in ("een", "twee", "drie", "vier"):
            hanna.sends_dm(text)
        texts = [socket.next()["payload"]["event"]["text"] for _ in range(4)]
    assert texts == ["drie", "twee", "een", "vier"]


def test_a_double_submission_is_acked_twice_and_done_as_the_first_says(
    slack, app, connect, hanna, beheer
):
    acks = []

    @app.command("/proef")
    def command(ack, body, client):
        ack()
        client.views_open(
            trigger_id=body["trigger_id"], view=modal(actions(button("Doen")))
        )

    @app.action("press")
    def action(ack, body):
        acks.append(body["trigger_id"])
        ack()

    connect(app)
    hanna.types("/proef")
    slack.next_payloads(1).arrive_twice()
    hanna.presses("Doen")
    slack.assert_all_read()
    assert len(acks) == 2
    assert len(set(acks)) == 1


def test_a_refusal_nobody_demanded_fails_the_story(slack, client, hanna, beheer):
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C0", text="x")
    with pytest.raises(AssertionError, match=r"chat.postMessage.*channel_not_found"):
        slack.assert_all_read()
    slack.sees_fault("channel_not_found")
    slack.tolerates("users_not_found", "users.lookupByEmail")
    with pytest.raises(SlackApiError):
        client.users_lookupByEmail(email="x@example.nl")
    slack.assert_all_read()


def test_a_fault_that_did_not_happen_is_told(slack):
    with pytest.raises(AssertionError, match="no fault says 'x'"):
        slack.sees_fault("x", within=0)


def test_a_notice_that_did_not_come_is_told(slack, hanna):
    slack.patience = 0.1
    with pytest.raises(ImpossibleError, match="no notice"):
        hanna.sees_notice("operation_timeout")
