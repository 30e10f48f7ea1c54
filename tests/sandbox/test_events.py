"""Events: only what the manifest subscribes to, and again when nobody acks."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack import ImpossibleError, Workspace
from tests.conftest import SetClock
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.pieces import actions, button, home, section
from tests.sandbox.running import Deaf


def test_opening_the_home_tells_the_app_which_publishes_it(
    slack, client, app, connect, hanna
):
    @app.event("app_home_opened")
    def opened(event, client):
        client.views_publish(
            user_id=event["user"],
            view=home(section(f"Tab {event['tab']}"), actions(button("English"))),
        )

    @app.action("press")
    def english(ack, body, client):
        ack()
        client.views_publish(
            user_id=body["user"]["id"],
            view=home(section("In English")),
            hash=body["view"]["hash"],
        )

    connect(app)
    hanna.opens_home()
    hanna.sees("Tab home")
    hanna.presses("English")
    hanna.sees("In English")
    hanna.opens_home()
    hanna.sees("Tab home")
    first, second = [sent.payload["event"] for sent in slack.deliveries("events_api")]
    assert "view" not in first
    assert second["view"]["type"] == "home"
    slack.assert_all_read()


def test_a_home_with_an_old_hash_is_refused(slack, client, hanna):
    view = client.views_publish(user_id=hanna.id, view=home(section("een")))["view"]
    client.views_publish(user_id=hanna.id, view=home(section("twee")))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_publish(user_id=hanna.id, view=home(), hash=view["hash"])


def test_an_app_without_home_has_none(tmp_path):
    text = MANIFEST.read_text()
    path = tmp_path / "manifest.yml"
    path.write_text(text.replace("home_tab_enabled: true", "home_tab_enabled: false"))
    with Workspace.from_manifest(path).serve() as slack:
        hanna = slack.add_person("hanna")
        with pytest.raises(ImpossibleError, match="no home tab"):
            hanna.opens_home()


def test_a_changed_person_is_told_with_her_locale(slack, app, connect, hanna):
    heard = []
    app.event("user_change")(lambda event: heard.append(event["user"]))
    connect(app)
    slack.change_person("hanna", locale="en-GB", is_admin=True)
    slack.wait_until(lambda: heard, 30)
    slack.assert_all_read()
    assert (heard[0]["locale"], heard[0]["is_admin"]) == ("en-GB", True)
    with pytest.raises(TypeError, match="no colour"):
        slack.change_person("hanna", colour="red")


def test_events_without_a_subscription_are_not_sent(slack, hanna):
    slack.add_channel("beheer", ["hanna"])
    hanna.writes("hallo", channel="beheer")
    slack.add_person("piet")
    assert slack.deliveries() == []


def test_an_event_carries_what_slack_sends(slack, hanna):
    hanna.sends_dm("hallo")
    body = slack.deliveries("events_api")[0].payload
    assert body["type"] == "event_callback"
    assert body["event_id"].startswith("Ev")
    assert body["team_id"] == slack.team_id
    assert body["authorizations"][0]["user_id"] == slack.bot_user.id
    assert body["event"]["event_ts"]


@pytest.fixture
def late():
    """A workspace whose clock is set by hand and whose patience for acks is short."""
    clock = SetClock(datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    workspace = Workspace.from_manifest(MANIFEST, clock=clock, ack_seconds=0.2)
    with workspace.serve() as slack:
        yield slack, clock


def nothing_is_awaited(slack) -> bool:
    return not any(each.is_awaited for each in slack.deliveries())


def has_found_no_socket(slack) -> None:
    """Wait until what was sent has left, and come back for want of a socket."""
    assert slack.wait_until(lambda: nothing_is_awaited(slack), 30)


def test_an_event_that_nobody_acks_is_tried_three_times_more(late):
    slack, clock = late
    socket = Deaf(slack)
    with socket:
        hanna = slack.add_person("hanna")
        hanna.sends_dm("hallo")
        attempts = [socket.next(), socket.next()]
        for minutes in (1, 5):
            slack.sees_fault("operation_timeout")
            slack.wait_until(lambda: nothing_is_awaited(slack), 30)
            clock.forward(timedelta(minutes=minutes))
            slack.clock_moved()
            attempts.append(socket.next())
    assert [each["retry_attempt"] for each in attempts] == [0, 1, 2, 3]
    assert [each["retry_reason"] for each in attempts] == ["", *["timeout"] * 3]
    assert len({each["payload"]["event_id"] for each in attempts}) == 1
    assert len({each["envelope_id"] for each in attempts}) == 4


def test_an_event_waits_for_a_socket_and_comes_as_a_retry(late):
    slack, clock = late
    hanna = slack.add_person("hanna")
    hanna.sends_dm("hallo")
    has_found_no_socket(slack)
    socket = Deaf(slack)
    clock.forward(timedelta(minutes=2))
    with socket:
        assert socket.next()["retry_attempt"] == 1


def test_an_event_older_than_its_tries_is_lost(late):
    slack, clock = late
    hanna = slack.add_person("hanna")
    hanna.sends_dm("hallo")
    has_found_no_socket(slack)
    clock.forward(timedelta(minutes=7))
    with Deaf(slack) as socket:
        hanna.sends_dm("nog eens")
        assert socket.next()["payload"]["event"]["text"] == "nog eens"
