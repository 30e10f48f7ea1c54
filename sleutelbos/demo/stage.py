"""What every demo plays on: a sandbox's Slack, the bot and the worker, all in here."""

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from slack_sdk import WebClient

from bot.app import build_app, socket_mode, web_client
from bot.office import Office
from domain.clock import Clock
from domain.secret import Secret
from sandbox.slack import Workspace
from sleutelbos import manifest
from sleutelbos.demo import company
from sleutelbos.file_modes import OWNER_ONLY
from sleutelbos.mail import Mail
from sleutelbos.worker import Worker

# A machine that is busy with something else only makes the demo slower.
_PATIENCE: Final = 120.0
# Of the latest calls and payloads: a demo may stay open all day.
_REMEMBERED: Final = 500
_CLOSING: Final = logging.getLogger("sleutelbos.demo.closing")


def keep_to_this_machine() -> None:
    """Drop what would lead calls elsewhere: a proxy, or the token of a real app."""
    for name in list(os.environ):
        if name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            del os.environ[name]
    os.environ.pop("SLACK_BOT_TOKEN", None)


def workspace(folder: Path, clock: Clock) -> Workspace:
    """A Slack workspace with our app in it; `folder` is thrown away by who made it."""
    path = folder / "manifest.yml"
    path.touch(mode=OWNER_ONLY)
    path.write_text(manifest.text(), encoding="utf-8")
    return Workspace.from_manifest(
        path,
        clock=clock,
        patience=_PATIENCE,
        domain=company.SLACK_DOMAIN,
        keep=_REMEMBERED,
    )


def client_in(slack: Workspace) -> WebClient:
    """The app's way to the Web API."""
    return web_client(Secret(slack.bot_token), slack.api_url)


@contextmanager
def at_work(
    slack: Workspace, office: Office, sign_in_page: str, mail: Mail | None = None
) -> Iterator[Office]:
    """The bot connected and the worker at work, until the end; gives what wakes it."""
    client = client_in(slack)
    worker = Worker(office, client, sign_in_page, mail)
    with ExitStack() as ending:
        ending.callback(worker.stop)
        worker.start()
        office = replace(office, wake_worker=worker.wake, portal_url=sign_in_page)
        app = build_app(office, client)
        connection = socket_mode(app, Secret(slack.app_token))

        def hang_up() -> None:
            # The SDK waits seconds for a silent socket. One that was closed goes at
            # once, but may complain of it.
            connection.client.auto_reconnect_enabled = False
            _CLOSING.setLevel(logging.CRITICAL)
            connection.client.logger = _CLOSING
            slack.connections.close_all()
            connection.close()

        ending.callback(hang_up)
        connection.client.connect()
        slack.wait_for_app()
        yield office
