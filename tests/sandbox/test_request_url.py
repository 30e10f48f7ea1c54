"""An app without Socket Mode: signed posts, challenges, retries, answers."""

import threading
from datetime import UTC, datetime, timedelta
from queue import Queue

import pytest
import yaml
from flask import Flask, Response, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient

from sandbox.loopback.server import LoopbackServer
from sandbox.slack import ManifestError, Workspace
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.pieces import actions, button, modal, section

PATH = "/slack/events"


class SetClock:
    """Moves when it is told to; real time at first, which Slack's SDK goes by."""

    def __init__(self):
        self._now = datetime.now(UTC)  # noqa: TID251

    def __call__(self):
        return self._now

    def forward(self, **by):
        self._now += timedelta(**by)


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def slack(clock):
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False, clock=clock)
    with workspace.serve() as served:
        yield served


@pytest.fixture
def serve():
    """Serve a Flask app; gives its address."""
    started = []

    def start(app):
        server = LoopbackServer(app, threading.Condition())
        server.start(0)
        started.append(server)
        return server.url + PATH

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def bolt(slack, serve):
    """A Bolt app as Slack's own examples serve it; it checks the signatures."""
    client = WebClient(token=slack.bot_token, base_url=slack.api_url)
    app = App(client=client, signing_secret=slack.signing_secret)
    flask_app = Flask("app")
    handler = SlackRequestHandler(app)
    flask_app.post(PATH)(lambda: handler.handle(request))
    app.address = serve(flask_app)
    return app


class Answering:
    """An app that answers what a test says, and keeps what it was asked."""

    def __init__(self, slack, serve):
        self.asked = Queue()
        self.answers = []
        app = Flask("app")
        app.post(PATH)(self._answer)
        slack.call_app_at(serve(app))

    def _answer(self):
        if request.is_json and request.json["type"] == "url_verification":
            return request.json["challenge"]
        self.asked.put((dict(request.headers), request.get_data()))
        return self.answers.pop(0) if self.answers else Response("")

    def next(self):
        return self.asked.get(timeout=10)


@pytest.fixture
def app(slack, serve):
    return Answering(slack, serve)


def test_commands_presses_searches_and_submissions_arrive_signed(slack, hanna, bolt):
    @bolt.command("/proef")
    def command(ack, body, client):
        ack()
        view = modal(section("Hallo"), actions(button("Verder", "verder")))
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.action("verder")
    def press(ack, body, client):
        ack()
        client.views_update(view_id=body["view"]["id"], view=modal(section("Klaar")))

    slack.call_app_at(bolt.address)
    hanna.types("/proef")
    hanna.sees("Hallo")
    hanna.presses("Verder")
    hanna.sees("Klaar")
    slack.assert_all_read()


def test_an_ack_may_carry_a_message_and_events_arrive(slack, hanna, bolt):
    heard = Queue()
    bolt.event("app_home_opened")(lambda event: heard.put(event["tab"]))
    bolt.command("/proef")(lambda ack: ack("Meteen gezegd"))
    slack.call_app_at(bolt.address)
    hanna.opens_home()
    assert heard.get(timeout=10) == "home"
    hanna.types("/proef")
    hanna.sees("Meteen gezegd")


def test_an_app_that_knows_another_secret_is_not_called(slack, serve, bolt):
    slack.signing_secret = "0" * 32
    with pytest.raises(AssertionError, match="url_verification"):
        slack.call_app_at(bolt.address)


def test_headers_are_those_of_slack(slack, hanna, app):
    hanna.types("/proef hallo")
    headers, body = app.next()
    assert headers["User-Agent"].startswith("Slackbot 1.0")
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["X-Slack-Signature"].startswith("v0=")
    assert headers["X-Slack-Request-Timestamp"].isdigit()
    assert b"command=%2Fproef" in body
    assert b"text=hallo" in body
    assert "X-Slack-Retry-Num" not in headers


def test_an_event_that_fails_is_sent_again_at_once_after_one_minute_and_five(
    slack, hanna, app, clock
):
    app.answers = [Response(status=500)] * 4
    hanna.opens_home()
    seen = [app.next()[0]]
    seen.append(app.next()[0])
    for minutes in (1, 5):
        slack.wait_until(lambda: slack.sockets.waits_to_retry, 10)
        clock.forward(minutes=minutes)
        slack.clock_moved()
        seen.append(app.next()[0])
    numbers = [headers.get("X-Slack-Retry-Num") for headers in seen]
    assert numbers == [None, "1", "2", "3"]
    assert seen[1]["X-Slack-Retry-Reason"] == "http_error"
    # Each try is signed at its own time.
    assert len({headers["X-Slack-Request-Timestamp"] for headers in seen}) >= 3


def test_an_app_can_ask_not_to_be_tried_again(slack, hanna, app):
    app.answers = [Response(status=500, headers={"X-Slack-No-Retry": "1"})]
    hanna.opens_home()
    app.next()
    slack.sees_fault("dispatch_failed")
    assert not slack.sockets.waits_to_retry


def test_a_person_is_told_when_the_app_fails_or_is_gone(slack, hanna, app):
    app.answers = [Response(status=503)]
    assert hanna.types("/proef").outcome == "dispatch_failed"
    slack.sees_fault("http_error 503")


def test_an_answer_that_is_no_json_is_a_fault(slack, hanna, app):
    app.answers = [Response("{", content_type="application/json")]
    assert hanna.types("/proef").outcome == "invalid_ack"
    slack.sees_fault("no JSON")


def test_nothing_but_this_machine_is_called(slack):
    with pytest.raises(ValueError, match=r"127\.0\.0\.1 only"):
        slack.call_app_at("https://inloggen.voorbeeld.nl/slack/events")


@pytest.fixture
def http_manifest(tmp_path):
    content = yaml.safe_load(MANIFEST.read_text())
    url = "http://127.0.0.1:9/slack/events"
    content["settings"]["socket_mode_enabled"] = False
    content["settings"]["event_subscriptions"]["request_url"] = url
    content["settings"]["interactivity"]["request_url"] = url
    content["features"]["slash_commands"][0]["url"] = url
    path = tmp_path / "http.yml"
    path.write_text(yaml.safe_dump(content))
    return path


def test_a_manifest_without_socket_mode_says_where_to_post(http_manifest):
    with Workspace.from_manifest(http_manifest).serve() as slack:
        hanna = slack.add_person("hanna")
        slack.add_channel("algemeen", ["hanna"])
        assert hanna.types("/proef").outcome == "dispatch_failed"
        slack.sees_fault("connection_failed")


def test_a_manifest_without_socket_mode_needs_addresses(http_manifest):
    http_manifest.write_text(
        http_manifest.read_text().replace("url: http:", "url: ftp:")
    )
    with pytest.raises(ManifestError, match="slash command /proef needs a request"):
        Workspace.from_manifest(http_manifest)
