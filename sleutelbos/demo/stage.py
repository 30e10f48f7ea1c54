"""Where the story plays: a sandbox's Slack, the bot and the worker, all in here."""

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.app import build_app, socket_mode, web_client
from bot.locale import Language
from bot.office import Office
from domain import clock, migrations
from domain.database import Database
from domain.secret import Keyring, Secret, new_key_text
from sandbox.slack import Person, Workspace
from sleutelbos import manifest
from sleutelbos.demo import company, words
from sleutelbos.wording import CommandError
from sleutelbos.worker import Worker

SIGN_IN_PAGE: Final = "https://inloggen.example.nl"
# A machine that is busy with something else only makes the story slower.
_PATIENCE: Final = 120.0
_CLOSING: Final = logging.getLogger("sleutelbos.demo.closing")


@dataclass(frozen=True)
class Stage:
    """The workspace, the office behind the bot, and Hanna who plays the story."""

    slack: Workspace
    office: Office
    hanna: Person


@contextmanager
def staged(port: int, language: Language, folder: Path) -> Iterator[Stage]:
    """Everything connected and at work; at the end nothing of it is left.

    The database is made in `folder`, which is thrown away by who made it.
    Raises CommandError when the port can't be had.
    """
    _keep_to_this_machine()
    with _slack(port, folder) as slack, _database(folder) as database:
        hanna = slack.add_person(
            "hanna", "Hanna de Vries", email="hanna@example.nl", locale="en-US"
        )
        slack.add_channel(words.GENERAL.say(language), ["hanna"])
        admin_channel = slack.add_channel(
            words.ADMIN_CHANNEL.say(language), ["hanna"], private=True
        )
        office = Office(
            database=database,
            clock=clock.utc_now,
            keyring=Keyring.from_setting(Secret(new_key_text())),
            company=company.NAME,
            language=language,
            default_admin_channel=admin_channel.id,
        )
        with _at_work(slack, office):
            yield Stage(slack, office, hanna)


def _keep_to_this_machine() -> None:
    """Drop what would lead calls elsewhere: a proxy, or the token of a real app."""
    for name in list(os.environ):
        if name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            del os.environ[name]
    os.environ.pop("SLACK_BOT_TOKEN", None)


@contextmanager
def _slack(port: int, folder: Path) -> Iterator[Workspace]:
    path = folder / "manifest.yml"
    path.write_text(manifest.text(), encoding="utf-8")
    workspace = Workspace.from_manifest(path, patience=_PATIENCE)
    with ExitStack() as serving:
        try:
            serving.enter_context(workspace.serve(port))
        except OSError as error:
            raise CommandError(words.PORT_TAKEN, port=port) from error
        yield workspace


@contextmanager
def _database(folder: Path) -> Iterator[Database]:
    with closing(Database(f"sqlite:///{folder / 'demo.db'}")) as database:
        migrations.bring_up_to_date(database)
        yield database


@contextmanager
def _at_work(slack: Workspace, office: Office) -> Iterator[None]:
    client = web_client(Secret(slack.bot_token), slack.api_url)
    worker = Worker(office, client, SIGN_IN_PAGE)
    worker.start()
    try:
        app = build_app(replace(office, wake_worker=worker.wake), client)
        connection = socket_mode(app, Secret(slack.app_token))
        try:
            connection.client.connect()
            slack.wait_for_app()
            yield
        finally:
            # The SDK waits seconds for a silent socket. One that was closed goes at
            # once, but may complain of it.
            connection.client.auto_reconnect_enabled = False
            _CLOSING.setLevel(logging.CRITICAL)
            connection.client.logger = _CLOSING
            slack.connections.close_all()
            connection.close()
    finally:
        worker.stop()
