"""A workspace with an app in it: a real Bolt app over real sockets."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.slack import Workspace
from tests.sandbox.desk import Desk
from tests.sandbox.pieces import modal
from tests.sandbox.running import hang_up

MANIFEST = Path(__file__).parent / "manifest.yml"


@pytest.fixture
def slack() -> Iterator[Workspace]:
    # Machines are shared: what is about late acks sets a shorter time.
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False, ack_seconds=15)
    with workspace.serve() as served:
        yield served


@pytest.fixture
def client(slack: Workspace) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url)


@pytest.fixture
def hanna(slack: Workspace):
    return slack.add_person(
        "hanna", "Hanna de Vries", email="hanna@example.nl", locale="nl-NL"
    )


@pytest.fixture
def connect(slack: Workspace) -> Iterator[Callable[..., SocketModeHandler]]:
    """Run a Bolt app in Socket Mode; several may run at once."""
    handlers: list[SocketModeHandler] = []

    def run(app: App, **options) -> SocketModeHandler:
        handler = SocketModeHandler(app, slack.app_token, **options)
        handlers.append(handler)
        before = len(slack.connections.open)
        handler.connect()
        slack.wait_for_app(before + 1)
        return handler

    yield run
    hang_up(slack, handlers)


@pytest.fixture
def app(client: WebClient) -> App:
    """A Bolt app without listeners yet; `connect` it when it has them."""
    logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)
    return App(client=client, name="proefapp")


@pytest.fixture
def told(app):
    """What the app was told by actions and submissions, newest last."""
    bodies: list[dict] = []

    def keep(ack, body):
        bodies.append(body)
        ack()

    app.action({"type": "block_actions", "action_id": "press"})(keep)
    app.action("chosen")(keep)
    app.action("ticked")(keep)
    app.action("person")(keep)
    app.view("proef")(keep)
    return bodies


@pytest.fixture
def shows(slack, hanna, app, connect):
    """Open this view before hanna."""
    shown: list[dict] = []

    @app.command("/proef")
    def command(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=shown[-1])

    def show(*blocks, **more):
        shown.append(modal(*blocks, **more))
        hanna.types("/proef", channel="beheer")
        hanna.sees("Proef")

    slack.add_channel("beheer", ["hanna"], private=True)
    connect(app)
    slack.patience = 3
    return show


@pytest.fixture
def desk(slack, hanna, app, connect):
    slack.add_channel("beheer", ["hanna"], private=True)
    desk = Desk(app)
    connect(app)
    return desk
