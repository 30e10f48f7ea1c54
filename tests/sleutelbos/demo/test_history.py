"""What two branches did before the demo begins, whatever day it is."""

import io
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from rich.console import Console
from sqlalchemy import select

from domain import audit_seals, clock
from domain.actor import AccountType, Actor, ActorKind, AdministratorId, Surface
from domain.audit import AuditAct, AuditEvent
from domain.branches import Branch
from domain.database import Database
from domain.importing.headings import Column
from domain.logins import listing, timeline
from domain.logins.creation import LeftOutReason, plan_creation
from domain.logins.listing import BranchCounts
from domain.logins.model import Login, LoginState, PasswordKind
from domain.record_cards.employment import OFFICE_ZONE
from domain.record_cards.model import RecordCard
from domain.runs.model import Run, RunPhase
from sleutelbos import opening
from sleutelbos.demo import company
from sleutelbos.demo.archive import Archive
from sleutelbos.demo.company import Size
from sleutelbos.demo.ending import Ending
from sleutelbos.demo.ports import Ports
from sleutelbos.demo.premises import Premises
from sleutelbos.demo.welcome import Welcome

HANNA = Actor(
    ActorKind.ADMINISTRATOR, Surface.SLACK, AdministratorId(1), AccountType.MANAGER
)
DAYS = {
    "a Sunday": datetime(2026, 11, 22, 13, tzinfo=UTC),
    "just after midnight on a Monday": datetime(2026, 11, 22, 23, 5, tzinfo=UTC),
    "a Friday after summer time began": datetime(2027, 4, 9, 15, tzinfo=UTC),
    "New Year's Day": datetime(2027, 1, 1, 8, tzinfo=UTC),
}


class Remains:
    """The database of a demo that has ended."""

    def __init__(self, folder, now):
        self.now = now
        self.archive = Archive(folder)
        self.database = Database(f"sqlite:///{self.archive.database}")

    def all(self, query):
        with self.database.reading() as session:
            return list(session.scalars(query))

    def counts(self, name):
        with self.database.reading() as session:
            branch = session.scalars(select(Branch).filter_by(name=name)).one()
            return listing.counts(session, branch.id, actor=HANNA, now=self.now)

    def left_out(self, name):
        with self.database.reading() as session:
            branch = session.scalars(select(Branch).filter_by(name=name)).one()
            plan = plan_creation(session, branch.id, actor=HANNA, now=self.now)
            return plan.count, dict(plan.left_out)

    def logins(self):
        query = select(Login, RecordCard).join(
            RecordCard, RecordCard.id == Login.record_card_id
        )
        with self.database.reading() as session:
            return {card.full_name: login for login, card in session.execute(query)}

    def timeline(self, login):
        with self.database.reading() as session:
            entries = timeline.timeline(session, login.id, actor=HANNA)
            return [entry.act for entry in reversed(entries)]


@contextmanager
def played(tmp_path, now, size):
    """What is left of a demo that began at this moment."""
    began = clock.utc_now()
    welcome = Welcome(Console(file=io.StringIO()), "nl", size)
    kept, folder = Archive(tmp_path / "kept"), tmp_path / "thrown away"
    folder.mkdir()

    def moved_clock():
        return now + (clock.utc_now() - began)

    premises = Premises(folder, kept, size, "nl", welcome, Ending(), moved_clock)
    with premises.opened(Ports.from_first(0)):
        pass
    remains = Remains(kept.folder, now + timedelta(minutes=5))
    yield remains
    remains.database.close()


@pytest.fixture(scope="module", params=DAYS)
def remains(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    with played(folder, DAYS[request.param], Size.SMALL) as remains:
        yield remains


def test_every_count_of_the_branch_screen_is_above_zero_somewhere(remains):
    amsterdam, rotterdam = remains.counts("Amsterdam"), remains.counts("Rotterdam")
    assert amsterdam == BranchCounts(
        cards=12,
        without_email=1,
        without_login=3,
        inactive=3,
        never_signed_in=2,
        active=7,
        locked=0,
        no_longer_employed=1,
    )
    assert rotterdam == BranchCounts(
        cards=11,
        without_email=1,
        without_login=2,
        inactive=1,
        never_signed_in=2,
        active=7,
        locked=1,
        no_longer_employed=0,
    )
    assert set(vars(remains.counts("Utrecht")).values()) == {0}


def test_those_without_login_are_there_for_each_reason(remains):
    assert remains.left_out("Amsterdam") == (
        0,
        {LeftOutReason.NO_ADDRESS: 1, LeftOutReason.ADDRESS_SHARED: 2},
    )
    assert remains.left_out("Rotterdam") == (
        0,
        {LeftOutReason.NO_ADDRESS: 1, LeftOutReason.ADDRESS_IN_USE: 1},
    )


def test_logins_are_in_every_state_with_every_kind_of_password(remains):
    logins = remains.logins()
    assert {login.state for login in logins.values()} == set(LoginState)
    assert {login.password_kind for login in logins.values()} == set(PasswordKind)
    initial = [
        login
        for login in logins.values()
        if login.password_kind is PasswordKind.INITIAL
    ]
    expired = [
        login for login in initial if login.initial_password_expires_at < remains.now
    ]
    assert (len(initial), len(expired)) == (3, 2)


def test_mo_signed_in_lately_and_jan_is_locked_out(remains):
    logins = remains.logins()
    mo, jan = logins["Mohamed Öztürk"], logins["Jan ter Horst"]
    assert (mo.state, mo.password_kind) == (LoginState.ACTIVE, PasswordKind.OWN)
    assert mo.sign_in_count > 1
    assert remains.now - timedelta(days=11) < mo.last_sign_in_at < remains.now
    assert (jan.state, jan.sign_in_count) == (LoginState.LOCKED, 1)
    assert not any(name.startswith("Fatima van") for name in logins)


def test_timelines_tell_what_happened_in_its_order(remains):
    logins = remains.logins()
    added = AuditAct.CARD_ADDED
    begun = [
        added,
        AuditAct.LOGIN_CREATED,
        AuditAct.LOGIN_ACTIVATED,
        AuditAct.PASSWORD_RESET,
    ]
    got_in = [*begun, AuditAct.PASSWORD_CHOSEN, AuditAct.SIGNED_IN]
    assert remains.timeline(logins["Hugo Huisman"]) == [
        *got_in,
        AuditAct.LOGIN_DEACTIVATED,
    ]
    assert remains.timeline(logins["Saskia te Riet"]) == [
        *got_in,
        AuditAct.CARD_CHANGED,
        AuditAct.LOGIN_CLOSED,
    ]
    assert remains.timeline(logins["Dewi van Dam"]) == [
        *got_in,
        AuditAct.LOGIN_ADDRESS_CHANGED,
        AuditAct.SIGNED_IN,
    ]
    assert remains.timeline(logins["Jan ter Horst"]) == [
        *got_in,
        AuditAct.SIGN_IN_REFUSED,
        AuditAct.LOGIN_LOCKED,
    ]
    assert remains.timeline(logins["Fatima Kramer"]) == [
        *begun,
        AuditAct.PASSWORD_SHOWN,
    ]
    assert remains.timeline(logins["Sanne Blom"]) == [
        added,
        AuditAct.CARD_CHANGED,
        AuditAct.LOGIN_CREATED,
    ]


def test_events_lie_in_the_past_weeks_in_their_order_and_on_working_days(remains):
    events = remains.all(select(AuditEvent).order_by(AuditEvent.id))
    assert all(one.at <= other.at for one, other in pairwise(events))
    assert events[-1].at < remains.now
    assert timedelta(days=34) < remains.now - events[0].at < timedelta(weeks=6)
    at_work = [
        event.at.astimezone(OFFICE_ZONE)
        for event in events
        if event.actor_kind is ActorKind.ADMINISTRATOR
    ]
    assert {moment.weekday() for moment in at_work} <= set(range(5))
    assert all(8 <= moment.hour < 18 for moment in at_work)


def test_exports_are_done_and_their_files_deleted_a_day_later(remains):
    runs = remains.all(select(Run))
    assert [run.phase for run in runs] == [RunPhase.DONE, RunPhase.DONE]
    assert all(run.result_shown for run in runs)
    acts = (AuditAct.EXPORT_POSTED, AuditAct.EXPORT_DELETED)
    events = remains.all(select(AuditEvent).where(AuditEvent.act.in_(acts)))
    assert [event.act for event in events] == [*acts, *acts]
    for posted, deleted in (events[:2], events[2:]):
        life = deleted.at - posted.at
        assert timedelta(hours=24) <= life < timedelta(hours=24, minutes=5)


def test_the_audit_log_is_sealed_until_last_night(remains):
    archive = remains.archive
    keyring = opening.keyring(archive.settings, remains.database)
    with remains.database.reading() as session:
        found = audit_seals.verify(session, keyring, actor=HANNA)
    assert found.breaks == []
    # At four in the night the day before it is sealed.
    night = remains.now.astimezone(OFFICE_ZONE) - timedelta(hours=4)
    since = [
        event
        for event in remains.all(select(AuditEvent))
        if event.at.date() >= night.date()
    ]
    assert found.unsealed_count == len(since)


def test_a_large_company_has_the_same_states_and_most_branches_still_to_begin(tmp_path):
    with played(tmp_path, DAYS["a Sunday"], Size.LARGE) as remains:
        amsterdam, rotterdam = remains.counts("Amsterdam"), remains.counts("Rotterdam")
        others = [
            remains.counts(branch.name)
            for branch in remains.all(select(Branch))
            if branch.name not in ("Utrecht", "Amsterdam", "Rotterdam")
        ]
        jan = company.somebody(Size.LARGE, "Rotterdam", "Jan")[Column.NUMBER]
        found = select(Login).join(RecordCard, RecordCard.id == Login.record_card_id)
        (login,) = remains.all(found.where(RecordCard.number == jan))
        assert remains.counts("Utrecht").cards == 0
    for counts in (amsterdam, rotterdam):
        assert counts.cards > 290
        assert counts.active > 280
        assert 0 < counts.never_signed_in < 30
        assert counts.inactive > 0
    assert rotterdam.locked == 1
    assert login.state is LoginState.LOCKED
    prepared = [counts for counts in others if counts.active]
    assert len(others) == 37
    assert len(prepared) == 20
    assert all(counts.never_signed_in == counts.active for counts in prepared)
    assert sum(1 for counts in others if counts.without_login == counts.cards) == 7
