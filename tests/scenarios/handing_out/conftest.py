"""A branch with an admin channel, the worker of `serve`, and a search for secrets."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
import structlog

from bot.app import web_client
from bot.worker_tools import run_tools
from domain import branch_settings
from domain.runs.tools import HashingPool
from domain.runs.working import work_once
from domain.secret import Secret
from sleutelbos.worker import Worker
from tests.domain.sign_in.people import open_desk
from tests.portal.counter import Counter, open_counter
from tests.scenarios.handing_out.canaries import Canaries
from tests.scenarios.handing_out.people import CHANNEL

SIGN_IN_PAGE = "https://inloggen.example.nl"


class Hurried(threading.Event):
    """Stands for the worker's pauses: they last a moment, whatever was asked."""

    def wait(self, timeout=None):
        return super().wait(0.01 if timeout else timeout)


class HurriedRuns:
    """The worker's runs without its patience, for what Slack never does."""

    def __init__(self, office, client) -> None:
        self._stopping = Hurried()
        self._hashing = HashingPool()
        self._tools = run_tools(
            office,
            client,
            hashing=self._hashing,
            sign_in_page=SIGN_IN_PAGE,
            stopping=self._stopping,
        )
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """It never rests for long."""

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._hashing.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not work_once(self._tools):
                self._stopping.wait(0.01)


class WorkerProcess:
    """The worker of one process: starts, is woken by the bot, stops."""

    def __init__(self) -> None:
        self.office = self.client = self.mail = self._worker = None

    def starts(self) -> None:
        self._worker = Worker(self.office, self.client, SIGN_IN_PAGE, self.mail)
        self._worker.start()

    def starts_hurried(self) -> None:
        self._worker = HurriedRuns(self.office, self.client)
        self._worker.start()

    def stops(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def restarts(self) -> None:
        self.stops()
        self.starts()

    def wakes(self) -> None:
        if self._worker is not None:
            self._worker.wake()


@pytest.fixture
def worker() -> Iterator[WorkerProcess]:
    process = WorkerProcess()
    yield process
    process.stops()


@pytest.fixture
def office(office, worker):
    """The bot wakes the worker, as in `sleutelbos serve`."""
    return replace(office, wake_worker=worker.wakes)


@pytest.fixture
def company(company, worker):
    worker.office = company.office
    worker.client = web_client(Secret(company.slack.bot_token), company.slack.api_url)
    return company


@pytest.fixture
def admin_channel(company):
    """The private channel of Utrecht, with everybody who administers it."""
    members = ["hanna", "bram", "ursula"]
    channel = company.slack.add_channel(CHANNEL, members, private=True)
    _choose_channel(company, channel.id)
    return channel


@pytest.fixture
def counter(company, clock, keyring) -> Counter:
    """The sign-in page of the company."""
    return open_counter(open_desk(company.cards, clock, keyring), SIGN_IN_PAGE)


def _choose_channel(company, channel_id):
    with company.office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            company.branch,
            {"admin_channel_id": channel_id},
            actor=company.cards.hanna,
            now=company.office.clock(),
        )


@pytest.fixture(autouse=True)
def canaries(company, capfd, caplog) -> Iterator[Canaries]:
    """No password is in any call but the one that shows it, nor in a log."""
    caplog.set_level(logging.DEBUG)
    found = Canaries(company)
    yield found
    said = capfd.readouterr()
    found.assert_nowhere_else(said.out + said.err + caplog.text)


@pytest.fixture(autouse=True)
def _logs_go_out() -> Iterator[None]:
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
