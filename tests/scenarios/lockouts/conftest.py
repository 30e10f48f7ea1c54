"""A company whose employees sign in, its worker, and a search for secrets."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import structlog

from bot.app import web_client
from domain import branch_settings
from domain.secret import Secret
from sleutelbos.worker import Worker
from tests.domain.sign_in.people import PASSWORD, SignInDesk, open_desk
from tests.scenarios.handing_out.canaries import assert_is_bare
from tests.scenarios.lockouts.people import CHANNEL, SHOWN_PASSWORD


@dataclass
class WorkerAtWork:
    """The worker of one process; it is woken by what is queued, as in `serve`."""

    company: object
    _worker: Worker | None = field(default=None)

    def starts(self) -> None:
        slack, office = self.company.slack, self.company.office
        client = web_client(Secret(slack.bot_token), slack.api_url)
        self._worker = Worker(office, client, "https://inloggen.example.nl")
        self._worker.start()

    def stops(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def restarts(self) -> None:
        self.stops()
        self.starts()

    def wakes(self) -> None:
        """For what fell due because the clock was moved."""
        self._worker.wake()


@pytest.fixture
def worker(company) -> Iterator[WorkerAtWork]:
    at_work = WorkerAtWork(company)
    at_work.starts()
    yield at_work
    at_work.stops()


@pytest.fixture
def desk(company, clock, keyring) -> SignInDesk:
    """The sign-in page's services; wrong passwords come in here."""
    return open_desk(company.cards, clock, keyring)


@pytest.fixture
def piet(desk):
    """An employee of Utrecht."""
    card = {"first_name": "Piet", "last_name": "Pietersen", "number": "00104"}
    return desk.add_employee("piet@example.nl", card=card)


def choose_channel(company, branch_id, channel_id):
    with company.office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            branch_id,
            {"admin_channel_id": channel_id},
            actor=company.cards.hanna,
            now=company.office.clock(),
        )


@pytest.fixture
def channel(company):
    """The admin channel of Utrecht, with everybody who administers it."""
    members = ["hanna", "bram", "ursula"]
    made = company.slack.add_channel(CHANNEL, members, private=True)
    choose_channel(company, company.branch, made.id)
    return made


@pytest.fixture(autouse=True)
def _no_secret_leaks(company, capfd, caplog) -> Iterator[None]:
    """No wrong, right or shown password is anywhere but in the call that shows it."""
    structlog.reset_defaults()
    caplog.set_level(logging.DEBUG)
    yield
    said = capfd.readouterr()
    received = json.dumps([each.payload for each in company.slack.deliveries()])
    logged = said.out + said.err + caplog.text
    for secret in (PASSWORD.reveal(), "fout 1", "203.0.113", "198.51.100"):
        assert secret not in company.slack.recorded_text()
        assert secret not in received + logged
    for call in company.slack.calls():
        text = json.dumps([call.arguments, call.answer], default=str)
        for shown in SHOWN_PASSWORD.findall(text):
            assert call.method == "views.update"
            assert_is_bare(call.arguments["view"])
            assert shown not in received + logged
