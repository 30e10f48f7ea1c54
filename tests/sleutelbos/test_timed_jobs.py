from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain import audit, outbox, scheduled_ticks, slack_deliveries, slack_users
from domain.actor import SCHEDULE
from domain.audit import AuditAct, Concerning
from domain.audit_seals import AuditSeal
from domain.exports.model import PostedFile, PostingState
from domain.importing import staff_lists, uploads
from domain.importing.model import StaffListUpload
from domain.letters.model import Attachment
from domain.logins.leaving import CLOSED_NOTICE
from domain.logins.model import LoginState
from domain.outbox import OutboxMessage
from domain.scheduled_ticks import ScheduledTick
from domain.sign_in.lockout_alerts import gather
from domain.sign_in.model import (
    AttemptCounter,
    Lockout,
    LockoutAlert,
    PasswordAttempt,
    PortalSession,
    TrustedDevice,
)
from domain.slack_deliveries import SlackDelivery
from domain.slack_users import SlackIdentity, SlackUser
from sleutelbos.timed_jobs import JobTools, timed_jobs
from tests.domain.importing.test_sample_lists import ORDINARY
from tests.domain.office import furnish, member
from tests.domain.runs.drawer import Drawer, slack_is_away
from tests.domain.sign_in.people import open_desk


@pytest.fixture
def office(database, now):
    return furnish(database, now)


@pytest.fixture
def drawer():
    return Drawer()


@pytest.fixture
def does(database, keyring, clock, drawer):
    """Do the job of this name now."""
    tools = JobTools(database, keyring, clock, drawer.channel())
    jobs = {job.name: job.work for job in timed_jobs(tools)}
    return lambda name, go_on=lambda: None: jobs[name](go_on)


def _count(database, table):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def _post_file(database, office, now):
    with database.transaction() as session:
        session.add(
            PostedFile(
                run_id=1,
                branch_id=office.utrecht,
                requested_by=office.hanna.administrator_id,
                file_name="werknemerslogins-utrecht-2026-11-20.xlsx",
                channel_id="C0BEHEER",
                state=PostingState.POSTED,
                slack_file_id="F1",
                sealed_opening_password="verzegeld",
                created_at=now,
                posted_at=now,
                delete_at=now + timedelta(hours=24),
            )
        )


def _file(database):
    with database.reading() as session:
        return session.scalars(select(PostedFile)).one()


def test_a_file_goes_after_24_hours_and_its_password_with_it(
    does, database, office, drawer, clock, now
):
    _post_file(database, office, now)
    clock.forward(timedelta(hours=23, minutes=59))
    does("delete_exports")
    assert drawer.deleted == []
    clock.forward(timedelta(minutes=1))
    does("delete_exports")
    assert drawer.deleted == ["F1"]
    file = _file(database)
    assert (file.state, file.sealed_opening_password) == (PostingState.DELETED, None)


def test_a_file_that_slack_keeps_is_tried_again(
    does, database, office, drawer, clock, now
):
    _post_file(database, office, now)
    clock.forward(timedelta(days=1))
    drawer.trouble["delete"] = slack_is_away()
    does("delete_exports")
    assert _file(database).state is PostingState.POSTED
    clock.forward(timedelta(minutes=10))
    does("delete_exports")
    assert _file(database).state is PostingState.DELETED


def test_leavers_lose_their_login_at_night_and_the_branch_is_told(
    does, database, office, now
):
    yesterday = now.date() - timedelta(days=1)
    leaver = office.add_login(card={"end_on": yesterday})
    stayer = office.add_login(card={"end_on": now.date()})
    does("close_leavers")
    assert office.login(leaver).state is LoginState.EMPLOYMENT_ENDED
    assert office.login(stayer).state is LoginState.ACTIVE
    with database.reading() as session:
        message = session.scalars(select(OutboxMessage)).one()
    assert message.kind == CLOSED_NOTICE
    assert message.payload == {"branch_id": office.utrecht, "count": 1}
    does("close_leavers")
    assert _count(database, OutboxMessage) == 1


class EndedError(Exception):
    """Whatever does the job is to end here."""


@pytest.mark.parametrize("job", ["delete_exports", "close_leavers", "seal_audit"])
def test_a_job_does_nothing_more_once_it_is_not_to_go_on(
    does, database, office, drawer, clock, now, job
):
    _post_file(database, office, now)
    leaver = office.add_login(card={"end_on": now.date() - timedelta(days=1)})
    clock.forward(timedelta(days=1))

    def end():
        raise EndedError

    with pytest.raises(EndedError):
        does(job, end)
    assert drawer.deleted == []
    assert office.login(leaver).state is LoginState.ACTIVE
    assert _count(database, AuditSeal) == 0


def test_every_whole_day_is_sealed(does, database, office, now):
    for days in (9, 5, 1):
        with database.transaction() as session:
            audit.record(
                session,
                AuditAct.CARDS_IMPORTED,
                Concerning(),
                actor=SCHEDULE,
                now=now - timedelta(days=days),
            )
    does("seal_audit")
    assert _count(database, AuditSeal) == 3


def test_what_is_no_longer_needed_is_forgotten(does, database, clock, now):
    with database.transaction() as session:
        slack_deliveries.is_first(session, "Ev1", now=now)
        outbox.queue(session, "notice", {}, now=now)
        message = outbox.claim_due(session, kinds={"notice"}, now=now)
        outbox.delivered(session, message, now=now)
        outbox.queue(session, "not delivered yet", {}, now=now)
        scheduled_ticks.claim_tick(session, "job", now, now=now)
        session.add(
            Attachment(
                file_name="Uitleg.pdf", size=9, content=b"%PDF-1.7\n", added_at=now
            )
        )
    clock.forward(timedelta(minutes=59))
    does("clean_up")
    assert _count(database, SlackDelivery) == 1
    clock.forward(timedelta(days=31))
    does("clean_up")
    assert _count(database, SlackDelivery) == 0
    assert _count(database, ScheduledTick) == 0
    assert _count(database, Attachment) == 0
    assert _count(database, OutboxMessage) == 1


def test_an_uploaded_list_goes_when_its_half_hour_is_over(
    does, database, office, keyring, clock, now
):
    staff_list = staff_lists.read(ORDINARY, now=now)
    with database.transaction() as session:
        known = {"keyring": keyring, "actor": office.hanna, "now": now}
        uploads.keep(session, staff_list, "lijst.xlsx", **known)
    clock.forward(timedelta(minutes=29))
    does("forget_lists")
    assert _count(database, StaffListUpload) == 1
    clock.forward(timedelta(minutes=1))
    does("forget_lists")
    assert _count(database, StaffListUpload) == 0


def test_what_signing_in_left_is_forgotten(does, office, clock, keyring):
    desk = open_desk(office, clock, keyring)
    desk.add_employee()
    desk.tries("fout")
    desk.signs_in()
    clock.forward(timedelta(hours=24))
    does("clean_up")
    assert [attempt.wrong_mark for attempt in desk.attempts()] == [None, None]
    left = [desk.number_of(table) for table in (PortalSession, AttemptCounter)]
    assert left == [0, 0]
    assert desk.number_of(TrustedDevice) == 1
    clock.forward(timedelta(days=183))
    does("clean_up")
    does("apply_retention")
    assert desk.number_of(TrustedDevice) == 0
    assert desk.number_of(PasswordAttempt) == 0


def test_who_opened_the_app_in_slack_is_forgotten_after_half_a_year(
    does, database, clock
):
    with database.transaction() as session:
        identity = SlackIdentity("T0OFFICE", "U0IEMAND")
        slack_users.remember(session, identity, member("Iemand"), now=clock())
    for days, count in ((182, 1), (1, 0)):
        clock.forward(timedelta(days=days))
        does("apply_retention")
        assert _count(database, SlackUser) == count


def test_lockouts_and_their_alerts_are_forgotten_after_half_a_year(
    does, database, office, clock, keyring
):
    desk = open_desk(office, clock, keyring)
    logins = [desk.add_employee(name) for name in ("a@example.nl", "b@example.nl")]
    for name, days in (("a@example.nl", 30), ("b@example.nl", 0)):
        desk.fails(10, name)
        lockout_id = desk.number_of(Lockout)
        with database.transaction() as session:
            gather(session, lockout_id, default_channel=None, now=clock())
        clock.forward(timedelta(days=days))
    clock.forward(timedelta(days=152))
    does("clean_up")
    assert [desk.number_of(table) for table in (Lockout, LockoutAlert)] == [2, 2]
    clock.forward(timedelta(days=1))
    does("clean_up")
    assert [desk.number_of(table) for table in (Lockout, LockoutAlert)] == [1, 1]
    clock.forward(timedelta(days=30))
    does("clean_up")
    assert [desk.number_of(table) for table in (Lockout, LockoutAlert)] == [0, 0]
    assert [desk.state(login) for login in logins] == [LoginState.LOCKED] * 2
