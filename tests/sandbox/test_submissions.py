"""Submissions and closing, and what an ack may say or fail to say."""

import pytest

from sandbox.slack import ImpossibleError
from tests.sandbox.desk import NAME, SUBMIT
from tests.sandbox.pieces import field, modal, section, text_input


def test_a_submission_carries_every_value(slack, hanna, desk):
    desk.view = modal(NAME, field("Leeg", text_input("leeg"), "leeg", optional=True))
    desk.view |= SUBMIT | {"private_metadata": "m"}
    hanna.types("/proef")
    hanna.fills("Naam", "Jansen")
    hanna.submits()
    hanna.sees_no_modal()
    view = desk.last["view"]
    assert view["state"]["values"] == {
        "naam": {"naam": {"type": "plain_text_input", "value": "Jansen"}},
        "leeg": {"leeg": {"type": "plain_text_input", "value": None}},
    }
    assert (view["private_metadata"], view["callback_id"]) == ("m", "proef")
    assert desk.last["user"]["id"] == hanna.id
    assert desk.last["response_urls"] == []


def test_a_submission_can_be_answered_with_another_view(slack, hanna, desk):
    hanna.types("/proef")
    hanna.fills("Naam", "x")
    desk.ack = {"response_action": "update", "view": modal(NAME, title="Nog eens")}
    desk.ack["view"] |= SUBMIT
    hanna.submits()
    hanna.sees("== Nog eens ==")
    desk.ack = {"response_action": "push", "view": modal(section("erop"))}
    hanna.submits()
    hanna.sees("erop")
    hanna.goes_back()
    desk.ack = {"response_action": "clear"}
    hanna.submits()
    hanna.sees_no_modal()


@pytest.mark.parametrize(
    "ack",
    [
        {"response_action": "errors", "errors": {"uitleg": "mag niet"}},
        {"response_action": "update", "view": modal(section("x" * 3001))},
        {"response_action": "dance"},
    ],
)
def test_an_ack_that_slack_does_not_understand_is_a_fault(slack, hanna, desk, ack):
    desk.view = modal(NAME, section("Uitleg", block_id="uitleg"), **SUBMIT)
    desk.ack = ack
    hanna.types("/proef")
    hanna.fills("Naam", "x")
    hanna.submits()
    hanna.sees("We had some trouble connecting. Try again?")
    slack.sees_fault("invalid_ack")
    desk.ack = {}
    hanna.submits()
    hanna.sees_no_modal()


def test_errors_are_shown_under_their_fields_and_go_with_the_next_try(
    slack, hanna, desk
):
    desk.ack = {"response_action": "errors", "errors": {"naam": "Bestaat al"}}
    hanna.types("/proef")
    hanna.fills("Naam", "x")
    hanna.submits()
    hanna.sees_error("Naam", "Bestaat al")
    hanna.sees("! Bestaat al")
    desk.ack = {}
    hanna.submits()
    hanna.sees_no_modal()
    slack.assert_all_read()


def test_closing_is_told_only_to_those_who_asked(slack, hanna, desk):
    hanna.types("/proef")
    hanna.sees("Proef")
    hanna.goes_back()
    desk.view |= {"notify_on_close": True}
    hanna.types("/proef")
    hanna.fills("Naam", "half af")
    hanna.goes_back()
    slack.assert_all_read()
    closed = [body for body in desk.bodies if body.get("type") == "view_closed"]
    assert [body["is_cleared"] for body in closed] == [False]
    assert closed[0]["view"]["state"]["values"]["naam"]["naam"]["value"] == "half af"
    hanna.types("/proef")
    hanna.closes()
    assert desk.last["is_cleared"] is True


def test_a_required_field_left_empty_is_not_sent(slack, hanna, desk):
    hanna.types("/proef")
    hanna.sees("Proef")
    with pytest.raises(ImpossibleError, match="Naam: this field is required"):
        hanna.submits()
    hanna.fills("Naam", "   ")
    with pytest.raises(ImpossibleError, match="required"):
        hanna.submits()


def test_a_missed_ack_leaves_the_modal_with_a_complaint(hanna, app, connect, slack):
    slack.ack_seconds = 0.3
    slack.add_channel("beheer", ["hanna"])

    @app.command("/proef")
    def opens(ack, body, client):
        ack()
        client.views_open(
            trigger_id=body["trigger_id"], view=modal(NAME, callback_id="x", **SUBMIT)
        )

    connect(app)
    hanna.types("/proef")
    hanna.fills("Naam", "x")
    hanna.submits()
    hanna.sees("We had some trouble connecting")
    assert "operation_timeout" in slack.sees_fault("submission of x").kind


def test_a_command_that_nobody_acks_fails_before_the_person(slack, hanna, app, connect):
    slack.ack_seconds = 0.3
    slack.add_channel("beheer", ["hanna"])
    connect(app)
    assert hanna.types("/proef").outcome == "operation_timeout"
    assert "operation_timeout" in hanna.screen()
    assert any("operation_timeout" in left for left in slack.unread())
    hanna.sees_notice("operation_timeout")
    slack.assert_all_read()


def test_a_command_without_any_socket_fails_at_once(slack, hanna):
    slack.add_channel("beheer", ["hanna"])
    assert hanna.types("/proef").outcome == "dispatch_failed"
    hanna.sees_notice("dispatch_failed")
