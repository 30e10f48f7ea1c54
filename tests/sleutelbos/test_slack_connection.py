"""The bot's connection, made in spite of what nobody foresaw."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.app import build_app, socket_mode, web_client
from bot.office import Office
from domain.database import Database
from domain.secret import Secret
from sandbox.slack import Workspace
from sleutelbos.slack_connection import SlackConnection

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest.fixture
def slack():
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False, patience=60)
    with workspace.serve() as served:
        yield served


@pytest.fixture
def prepare(slack, sqlite_url, clock, keyring):
    """Builds the bot's socket, as serve does."""
    database = Database(sqlite_url)
    office = Office(database, clock, keyring, company="De Gouden Lepel", language="nl")
    client = web_client(Secret(slack.bot_token), slack.api_url)
    yield lambda: socket_mode(build_app(office, client), Secret(slack.app_token))
    database.close()


def refuses_nothing(error):
    raise AssertionError(error)


def test_an_error_that_nobody_foresaw_is_logged_and_tried_again(slack, prepare):
    tries = []

    def fails_twice():
        tries.append(1)
        if len(tries) < 3:
            raise ZeroDivisionError
        return prepare()

    connection = SlackConnection(fails_twice, refuses_nothing, first_pause=0.01)
    with capture_logs() as logged:
        connection.start()
        slack.wait_for_app()
        connection.close()
    events = [entry["event"] for entry in logged]
    assert events.count("slack.failed") == 2
    assert len(tries) == 3
