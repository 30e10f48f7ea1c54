"""Sockets: several, recycled, dropped, refused, and gone when the workspace ends."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from queue import Queue

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox.slack import Workspace
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.pieces import modal, section
from tests.sandbox.running import Deaf, fetch

ROOT = Path(__file__).parents[2]
# The SDK gives a socket up that was silent for four times as long: on a busy machine
# a shorter time drops those that are well.
LOOK_SECONDS = 0.5


@pytest.fixture
def beheer(slack, hanna):
    return slack.add_channel("beheer", ["hanna"], private=True)


def opening(slack, name) -> App:
    """A Bolt app of its own that opens a modal with its name."""
    client = WebClient(token=slack.bot_token, base_url=slack.api_url)
    app = App(client=client, name=name)

    @app.command("/proef")
    def command(ack, body, client):
        ack()
        view = modal(section(f"Van {name}"))
        client.views_open(trigger_id=body["trigger_id"], view=view)

    return app


def test_each_payload_goes_to_one_of_the_sockets(slack, hanna, beheer, connect):
    connect(opening(slack, "een"))
    connect(opening(slack, "twee"))
    seen = []
    for _ in range(4):
        hanna.types("/proef")
        seen.append(hanna.sees("Van ").text.splitlines()[1])
        hanna.goes_back()
    assert sorted(seen) == ["Van een"] * 2 + ["Van twee"] * 2
    assert len(slack.calls("views.open")) == 4


def test_hello_says_how_many_are_connected(slack):
    hellos: Queue[str] = Queue()
    with Deaf(slack, hellos.put):
        assert number(hellos) == 1
        second = Deaf(slack, hellos.put)
        second.client.connect()
        slack.wait_for_app(2)
        assert number(hellos) == 2
        second.__exit__()


def number(hellos: Queue[str]) -> int:
    return json.loads(hellos.get(timeout=30))["num_connections"]


def test_a_socket_address_opens_one_socket(slack, client):
    url = client.apps_connections_open(app_token=slack.app_token)["url"]
    app = Deaf(slack)
    app.client.wss_uri = url
    with app:
        assert fetch(url.replace("ws://", "http://"))[0] == 503


def test_recycled_sockets_come_back_and_nothing_is_lost(slack, hanna, beheer, connect):
    connect(opening(slack, "een"))
    [before] = [each.id for each in slack.connections.open]
    slack.connections.refresh()
    assert slack.wait_until(
        lambda: (
            [each.id for each in slack.connections.open] not in ([], [before])
            and before not in [each.id for each in slack.connections.open]
        ),
        30,
    )
    hanna.types("/proef")
    hanna.sees("Van een")
    slack.assert_all_read()


def test_a_dropped_socket_comes_back(slack, hanna, beheer, connect):
    connect(opening(slack, "een"), ping_interval=LOOK_SECONDS)
    [before] = [each.id for each in slack.connections.open]
    slack.connections.drop()
    assert slack.wait_until(
        lambda: before not in [each.id for each in slack.connections.open], 30
    )
    slack.wait_for_app()
    hanna.types("/proef")
    hanna.sees("Van een")


def test_sockets_can_be_refused_for_a_while(slack, hanna, beheer, connect):
    connect(opening(slack, "een"), ping_interval=LOOK_SECONDS)
    slack.connections.is_refusing = True
    slack.connections.drop()
    slack.wait_for_app(0)
    assert hanna.types("/proef").outcome == "dispatch_failed"
    slack.sees_fault("dispatch_failed")
    slack.connections.is_refusing = False
    slack.wait_for_app(1)
    hanna.types("/proef")
    hanna.sees("Van een")


PROGRAM = """
import sys
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
url, bot, app_token = sys.argv[1:]
app = App(client=WebClient(token=bot, base_url=url))
@app.command("/proef")
def command(ack, body, client):
    ack()
    client.chat_postEphemeral(
        channel=body["channel_id"], user=body["user_id"], text="Van elders"
    )
SocketModeHandler(app, app_token).start()
"""


def test_an_app_in_another_process_is_served_too(slack, hanna, beheer):
    told = (slack.api_url, slack.bot_token, slack.app_token)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *told],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        slack.patience = 30
        slack.wait_for_app()
        hanna.types("/proef")
        hanna.sees("Van elders")
        program.kill()
        slack.wait_for_app(0)
    finally:
        program.kill()
        program.wait()
    assert hanna.types("/proef").outcome == "dispatch_failed"


def test_everything_ends_with_the_workspace():
    before = set(threading.enumerate())
    with Workspace.from_manifest(MANIFEST).serve() as slack:
        deaf = Deaf(slack)
        deaf.client.connect()
        slack.wait_for_app()
        own = {
            thread
            for thread in threading.enumerate()
            if "simple_websocket" in thread.name or "courier" in thread.name
        }
        assert own
        deaf.__exit__()
    assert not own & set(threading.enumerate())
    assert set(threading.enumerate()) <= before


def test_two_workspaces_can_be_open_at_once(slack):
    with Workspace.from_manifest(MANIFEST).serve() as other:
        assert other.api_url != slack.api_url
        client = WebClient(token=other.bot_token, base_url=other.api_url)
        assert client.auth_test()["ok"]


def test_a_taken_port_is_refused(slack):
    port = int(slack.api_url.split(":")[2].split("/")[0])
    workspace = Workspace.from_manifest(MANIFEST)
    with pytest.raises(OSError, match="in use"), workspace.serve(port):
        pass
