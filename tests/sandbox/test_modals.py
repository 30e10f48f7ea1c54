"""Modals: triggers, stacks, hashes, submissions and what their acks may say."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack import Workspace
from tests.conftest import SetClock
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.desk import SUBMIT
from tests.sandbox.pieces import (
    actions,
    button,
    field,
    home,
    modal,
    plain,
    section,
    text_input,
)


def trigger(slack, hanna) -> str:
    """A trigger_id of hers that the app has not used."""
    sent = hanna.types("/proef")
    return sent.payload["trigger_id"]


def error_of(call, **arguments) -> str:
    with pytest.raises(SlackApiError) as refusal:
        call(**arguments)
    return refusal.value.response["error"]


def test_a_command_carries_what_slack_sends(slack, hanna, desk):
    hanna.types("/proef  logins utrecht ", channel="beheer")
    hanna.sees("Proef")
    body = desk.last
    assert (body["command"], body["text"]) == ("/proef", "logins utrecht")
    assert (body["user_id"], body["user_name"]) == (hanna.id, "hanna")
    assert body["channel_id"] == slack.channel("beheer").id
    assert body["channel_name"] == "privategroup"
    assert body["is_enterprise_install"] == "false"


def test_a_trigger_works_once(slack, client, hanna, desk):
    hanna.types("/proef")
    hanna.sees("Proef")
    used = desk.last["trigger_id"]
    assert error_of(client.views_open, trigger_id=used, view=modal()) == (
        "exchanged_trigger_id"
    )
    assert error_of(client.views_open, trigger_id="1.2.3", view=modal()) == (
        "invalid_trigger_id"
    )


def test_a_trigger_is_too_old_after_three_seconds():
    clock = SetClock(datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    with Workspace.from_manifest(MANIFEST, clock=clock).serve() as slack:
        hanna = slack.add_person("hanna")
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        slack.add_channel("beheer", ["hanna"])
        used = hanna.types("/proef").payload["trigger_id"]
        clock.forward(timedelta(seconds=3))
        assert client.views_open(trigger_id=used, view=modal())["ok"]
        hanna.goes_back()
        late = hanna.types("/proef").payload["trigger_id"]
        clock.forward(timedelta(seconds=3, milliseconds=1))
        assert error_of(client.views_open, trigger_id=late, view=modal()) == (
            "expired_trigger_id"
        )


def test_a_fourth_modal_does_not_fit_on_the_stack(slack, hanna, desk):
    desk.view = modal(actions(button("Verder")), title="Een")

    def push(body, client):
        below = desk.view["title"]["text"]
        desk.view = modal(actions(button("Verder")), title=f"{below}+")
        with contextlib.suppress(SlackApiError):
            client.views_push(trigger_id=body["trigger_id"], view=desk.view)

    desk.on_action = push
    slack.tolerates("push_limit_reached")
    hanna.types("/proef")
    for title in ("Een", "Een+", "Een++"):
        hanna.sees(f"== {title} ==")
        hanna.presses("Verder")
    assert slack.calls("views.push")[-1].answer["error"] == "push_limit_reached"
    view = desk.last["view"]
    assert view["root_view_id"] != view["previous_view_id"] != view["id"]
    hanna.goes_back()
    hanna.sees("== Een+ ==")
    hanna.closes()
    hanna.sees_no_modal()


def test_an_update_with_an_old_hash_is_refused(slack, client, hanna, desk):
    hanna.types("/proef")
    hanna.sees("Proef")
    view = slack.calls("views.open")[0].answer["view"]
    first = client.views_update(
        view_id=view["id"], hash=view["hash"], view=modal(section("een"))
    )["view"]
    assert first["hash"] != view["hash"]
    hanna.sees("een")
    late = {"view_id": view["id"], "view": modal(section("twee"))}
    assert error_of(client.views_update, hash=view["hash"], **late) == "hash_conflict"
    hanna.does_not_see("twee")
    client.views_update(**late)
    hanna.sees("twee")


def test_a_closed_modal_cannot_be_updated(slack, client, hanna, desk):
    hanna.types("/proef")
    hanna.sees("Proef")
    view_id = slack.calls("views.open")[0].answer["view"]["id"]
    hanna.goes_back()
    assert error_of(client.views_update, view_id=view_id, view=modal()) == "not_found"


def test_an_external_id_is_unique_and_finds_its_view(slack, client, hanna, desk):
    desk.view = modal(section("een"), external_id="mijn")
    hanna.types("/proef")
    hanna.sees("een")
    client.views_update(
        external_id="mijn", view=modal(section("twee"), external_id="mijn")
    )
    hanna.sees("twee")
    arguments = {"user_id": hanna.id, "view": home(external_id="mijn")}
    assert error_of(client.views_publish, **arguments) == "duplicate_external_id"


def test_what_was_typed_survives_an_update(slack, client, hanna, desk):
    hanna.types("/proef")
    hanna.fills("Naam", "Jansen")
    view_id = slack.calls("views.open")[0].answer["view"]["id"]
    initial = field("Naam", text_input("naam", initial_value="x"), "naam")
    renamed = field("Naam", text_input("anders", initial_value="y"), "anders")
    client.views_update(view_id=view_id, view=modal(initial, **SUBMIT))
    hanna.sees("Naam: [Jansen]")
    client.views_update(view_id=view_id, view=modal(renamed, **SUBMIT))
    hanna.sees("Naam: [y]")


def test_a_modal_opened_from_a_modal_is_a_fault(slack, hanna, desk):
    desk.view = modal(actions(button("Verder")))
    desk.on_action = lambda body, client: client.views_open(
        trigger_id=body["trigger_id"], view=modal(section("nieuw"))
    )
    hanna.types("/proef")
    hanna.presses("Verder")
    hanna.sees("nieuw")
    slack.sees_fault("views.open from within a modal")


def test_a_button_on_the_home_opens_a_modal(slack, client, app, hanna, desk):
    app.event("app_home_opened")(lambda ack: ack())
    desk.on_action = lambda body, client: client.views_open(
        trigger_id=body["trigger_id"], view=modal(section("nieuw"))
    )
    client.views_publish(user_id=hanna.id, view=home(actions(button("Verder"))))
    hanna.opens_home()
    hanna.presses("Verder")
    hanna.sees("nieuw")
    slack.assert_all_read()


def test_a_view_without_ids_gets_them(slack, hanna, desk):
    desk.view = modal(actions({"type": "button", "text": plain("Verder")}))
    hanna.types("/proef")
    hanna.sees("Verder")
    block = slack.calls("views.open")[0].answer["view"]["blocks"][0]
    assert block["block_id"]
    assert block["elements"][0]["action_id"]
    assert block["elements"][0]["text"]["emoji"] is True


def test_a_push_by_a_trigger_from_outside_a_modal_is_a_fault(slack, client, hanna):
    first, second = trigger(slack, hanna), trigger(slack, hanna)
    client.views_open(trigger_id=first, view=modal())
    client.views_push(trigger_id=second, view=modal(section("nieuw")))
    slack.sees_fault("views.push from outside a modal")
