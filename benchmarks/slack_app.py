"""The apps that the slash-command benchmark compares, each in its own process."""

import multiprocessing
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from benchmarks.company import Company, furnish
from benchmarks.reset_and_export import press, tools_for
from bot.app import build_app, socket_mode, web_client
from bot.office import Office
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.clock import utc_now
from domain.runs.working import work_once
from domain.secret import Keyring, Secret
from domain.slack_users import SlackIdentity

Address = tuple[str, str, str]
_EMPTY_VIEW = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Empty"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Empty"}}],
}


def empty_app(address: Address, ready: Event, done: Event) -> None:
    """A Bolt app that opens an empty view, and nothing else."""
    bot_token, app_token, api_url = address
    client = WebClient(token=bot_token, base_url=api_url)
    app = App(client=client, request_verification_enabled=False)

    @app.command("/personeel")
    def open_view(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=_EMPTY_VIEW)

    handler = SocketModeHandler(app, app_token)
    handler.connect()
    ready.set()
    done.wait()
    handler.close()


def our_app(
    address: Address, ready: Event, done: Event, identity: tuple[str, str], run: int
) -> None:
    """The bot with a branch of 500; with `run` logins being reset beside it."""
    bot_token, app_token, api_url = address
    with tempfile.TemporaryDirectory() as folder:
        company = _staffed(Path(folder), SlackIdentity(*identity), run)
        office = Office(
            database=company.database,
            clock=utc_now,
            keyring=Keyring.from_setting(Secret("a key for benchmarks of 32 signs")),
            company="Benchmark",
            language="nl",
        )
        app = build_app(office, web_client(Secret(bot_token), api_url))
        connection = socket_mode(app, Secret(app_token))
        connection.connect()
        with _resetting(company, run):
            ready.set()
            done.wait()
        connection.close()
        company.database.close()


def _staffed(folder: Path, hanna: SlackIdentity, run: int) -> Company:
    company = furnish(folder, branch_count=2)
    with company.database.transaction() as session:
        appointing.appoint(
            session, hanna, AccountType.MANAGER, actor=OPERATOR, now=utc_now()
        )
    numbers = range(1, 501)
    company.add_cards(company.branch_ids[0], numbers)
    company.add_logins(numbers)
    if run:
        others = range(1_001, 1_001 + run)
        company.add_cards(company.branch_ids[1], others)
        company.add_logins(others)
    return company


@contextmanager
def _resetting(company: Company, run: int) -> Iterator[None]:
    """A run over the second branch at work in this process, if one is wanted."""
    if not run:
        yield
        return
    stopping = threading.Event()
    tools = tools_for(company, {}, stopping)
    press(company, company.branch_ids[1], run)

    def work() -> None:
        while not stopping.is_set() and work_once(tools):
            pass

    thread = threading.Thread(target=work)
    thread.start()
    yield
    stopping.set()
    thread.join()
    tools.hashing.close()


@contextmanager
def process(target: Callable[..., None], *arguments: object) -> Iterator[None]:
    """The app in a process of its own, from connected until no longer needed."""
    spawn = multiprocessing.get_context("spawn")
    ready, done = spawn.Event(), spawn.Event()
    address, *rest = arguments
    child = spawn.Process(target=target, args=(address, ready, done, *rest))
    child.start()
    if not ready.wait(60):
        raise RuntimeError("the app did not connect within a minute")
    try:
        yield
    finally:
        done.set()
        child.join()
