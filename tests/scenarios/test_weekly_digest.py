"""The weekly digest: Monday at eight, once, where it may be read, with its button."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.app import web_client
from bot.worker_tools import outbox_handlers
from domain import branch_settings
from domain.actor import OPERATOR, SCHEDULE
from domain.logins import weekly
from domain.logins.model import LoginState
from domain.outbox import OutboxMessage
from domain.secret import Secret
from sleutelbos.delivering import deliver_next
from sleutelbos.schedule import Schedule
from sleutelbos.timed_jobs import JobTools, timed_jobs
from tests.conftest import SetClock
from tests.domain.runs.drawer import Drawer

CHANNEL = "beheer-utrecht"
EIGHT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture
def now():
    """A minute before Monday at eight in the Netherlands."""
    return EIGHT - timedelta(minutes=1)


@pytest.fixture
def office(office):
    """A company that can send e-mail."""
    return replace(office, mails=True)


@pytest.fixture
def channel(company):
    members = ["hanna", "bram", "ursula"]
    return company.slack.add_channel(CHANNEL, members, private=True)


class Clockwork:
    """Processes with the timed jobs and the outbox of the company."""

    def __init__(self, company, keyring) -> None:
        self._office = company.office
        slack = company.slack
        client = web_client(Secret(slack.bot_token), slack.api_url)
        self._handlers = outbox_handlers(company.office, client)
        tools = JobTools(
            self._office.database, keyring, self._office.clock, Drawer().channel()
        )
        (self._job,) = [job for job in timed_jobs(tools) if job.name == "close_week"]

    def a_process_looks(self) -> bool:
        """A process starts, and does what fell due if nobody did."""
        office = self._office
        stopping = threading.Event()
        schedule = Schedule(office.database, [self._job], office.clock, stopping)
        return schedule.run_if_due(self._job)

    def the_outbox_goes_out(self) -> int:
        count = 0
        while deliver_next(self._office.database, self._handlers, self._office.clock):
            count += 1
        return count


@pytest.fixture
def clockwork(company, keyring):
    return Clockwork(company, keyring)


def wants_digest(company, channel=None, **more):
    settings = {"weekly_digest": True, **more}
    if channel is not None:
        settings["admin_channel_id"] = channel.id
    with company.office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            company.branch,
            settings,
            actor=OPERATOR,
            now=company.office.clock(),
        )


def people_of_utrecht(company):
    company.cards.add_login(LoginState.ACTIVE, sign_in_count=4)
    company.cards.add_login(LoginState.ACTIVE, card={"last_name": "Nooitin"})


def test_the_digest_comes_on_monday_at_eight_and_mails_who_never_got_in(
    company, channel, clock: SetClock, clockwork
):
    people_of_utrecht(company)
    wants_digest(company, channel)
    clockwork.a_process_looks()
    assert clockwork.the_outbox_goes_out() == 0
    clock.forward(timedelta(minutes=1))
    assert clockwork.a_process_looks()
    assert clockwork.the_outbox_goes_out() == 1
    bram = company.bram
    text = bram.reads_channel(CHANNEL)
    assert "Weekoverzicht van Utrecht" in text
    assert "1 van 2" in text
    assert "▇" * 10 + "░" * 10 in text
    assert "Jan Nooitin" in text
    bram.presses("Mail deze mensen", in_channel=CHANNEL)
    bram.sees("Voor wie nog nooit inlogde (aantal logins = 0).")
    bram.sees("Eén medewerker krijgt een e-mail.")
    bram.closes()
    bram.presses("Werknemerslogins openen", in_channel=CHANNEL)
    bram.sees("Nooit ingelogd: 1")


def test_many_processes_and_restarts_tell_it_once(company, channel, clock, clockwork):
    people_of_utrecht(company)
    wants_digest(company, channel)
    clock.forward(timedelta(minutes=1))
    did = [clockwork.a_process_looks() for _ in range(3)]
    assert sum(did) == 1
    clock.forward(timedelta(hours=1))
    assert not clockwork.a_process_looks()
    assert clockwork.the_outbox_goes_out() == 1
    assert company.bram.reads_channel(CHANNEL).count("Weekoverzicht van Utrecht") == 1


def test_a_branch_that_did_not_ask_is_told_nothing(company, channel, clock, clockwork):
    people_of_utrecht(company)
    clock.forward(timedelta(minutes=1))
    assert clockwork.a_process_looks()
    assert clockwork.the_outbox_goes_out() == 0


def test_a_branch_that_stopped_asking_meanwhile_is_told_nothing(
    company, channel, clock, clockwork
):
    wants_digest(company, channel)
    clock.forward(timedelta(minutes=1))
    assert clockwork.a_process_looks()
    wants_digest(company, weekly_digest=False)
    assert clockwork.the_outbox_goes_out() == 1
    assert company.bram.reads_channel(CHANNEL) == ""


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            {"is_private": False},
            "openbaar is: iedereen in het bedrijf kan daar meelezen",
        ),
        ({"is_ext_shared": True}, "mensen buiten het bedrijf"),
        ({"is_archived": True}, "is gearchiveerd"),
    ],
)
def test_names_do_not_stand_where_others_read_along(
    company, channel, clock, clockwork, state, words
):
    people_of_utrecht(company)
    wants_digest(company, channel)
    company.slack.change_channel(CHANNEL, **state)
    clock.forward(timedelta(minutes=1))
    assert clockwork.a_process_looks()
    assert clockwork.the_outbox_goes_out() == 2
    told = company.hanna.reads_dm()
    assert "Jan Nooitin" in told
    assert words in told
    assert "Nooitin" not in company.bram.reads_channel(CHANNEL)
    company.hanna.presses("Mail deze mensen")
    company.hanna.sees("Voor wie nog nooit inlogde (aantal logins = 0).")


def test_without_a_channel_every_manager_is_told_directly(company, clock, clockwork):
    people_of_utrecht(company)
    wants_digest(company)
    clock.forward(timedelta(minutes=1))
    assert clockwork.a_process_looks()
    assert clockwork.the_outbox_goes_out() == 2
    assert "geen beheerkanaal" in company.hanna.reads_dm()


def test_who_is_bound_to_other_branches_mails_nobody_here(
    company, channel, clock, clockwork
):
    people_of_utrecht(company)
    wants_digest(company, channel)
    clock.forward(timedelta(minutes=1))
    clockwork.a_process_looks()
    clockwork.the_outbox_goes_out()
    ursula = company.ursula
    kind = company.cards.ursula.account_type
    company.appoint(ursula, kind, company.cards.rotterdam)
    ursula.reads_channel(CHANNEL)
    ursula.presses("Mail deze mensen", in_channel=CHANNEL)
    ursula.sees("Dit bestaat niet, of niet in een van uw vestigingen.")


def test_the_mondays_of_all_branches_are_kept_from_the_first_on(
    company, clock, clockwork
):
    clock.forward(timedelta(minutes=1))
    for _ in range(3):
        clockwork.a_process_looks()
        clock.forward(timedelta(weeks=1))
    with company.office.database.reading() as session:
        told = session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == weekly.DIGEST)
        )
        assert not list(told)
        utrecht = weekly.read(
            session,
            company.branch,
            EIGHT.date() + timedelta(weeks=2),
            actor=SCHEDULE,
            now=clock(),
        )
    assert len(utrecht.weeks) == 3
