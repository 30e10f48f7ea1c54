"""What changed between an approval and the work ends the run, and its reminders."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.administrators import Administrator
from domain.outbox import OutboxMessage
from domain.runs import approving, reminders
from domain.runs.ending import STOPPED_NOTICE
from domain.runs.model import RowState, RunFailure, RunPhase
from domain.runs.reminders import Outcome
from domain.runs.tools import Step
from tests.domain.runs.deciding import (
    ABOVE,
    asks_for_a_second_administrator,
    decide,
    end_of,
    hashes,
    report,
    set_step_up,
    waiting,
)
from tests.domain.runs.mailing import start as start_mailing

__all__ = ["asks_for_a_second_administrator", "waiting"]


@pytest.mark.parametrize(
    ("who", "failure"),
    [
        ("hanna", RunFailure.APPROVER_NOT_PERMITTED),
        ("bram", RunFailure.NOT_PERMITTED),
    ],
)
def test_a_role_taken_away_after_the_approval_ends_the_run(
    office, worker, waiting, now, who, failure
):
    before = hashes(office)
    decide(office, approving.approve, waiting, office.hanna, now)
    dismissed = getattr(office, who).administrator_id
    with office.database.transaction() as session:
        gone = update(Administrator).where(Administrator.id == dismissed)
        session.execute(gone.values(dismissed_at=now))
    worker.works()
    assert end_of(office, waiting) == (RunPhase.FAILED, failure)
    assert hashes(office) == before


def test_a_block_of_who_approved_ends_the_run(office, worker, waiting, clock):
    set_step_up(office, office.hanna, confirmed_at=clock())
    decide(office, approving.approve, waiting, office.hanna, clock())
    set_step_up(office, office.hanna, confirmed_at=clock(), blocked_at=clock())
    worker.works()
    assert end_of(office, waiting) == (
        RunPhase.FAILED,
        RunFailure.APPROVER_STEP_UP_MISSING,
    )


@pytest.mark.parametrize("service", [approving.decline, approving.withdraw])
def test_what_was_never_approved_offers_no_second_try(office, waiting, now, service):
    who = office.bram if service is approving.withdraw else office.hanna
    decide(office, service, waiting, who, now)
    assert not report(office, waiting).can_be_retried


def test_codes_asked_since_the_start_end_the_run(office, worker, start):
    office.add_logins(ABOVE)
    run_id = start()
    set_step_up(office, office.bram)
    worker.works()
    assert end_of(office, run_id) == (RunPhase.FAILED, RunFailure.STEP_UP_MISSING)


def test_a_block_since_the_start_ends_the_run(office, worker, start, clock):
    set_step_up(office, office.bram, confirmed_at=clock())
    office.add_logins(ABOVE)
    run_id = start()
    set_step_up(office, office.bram, confirmed_at=clock(), blocked_at=clock())
    worker.works()
    assert end_of(office, run_id) == (RunPhase.FAILED, RunFailure.STEP_UP_MISSING)


def test_a_code_at_the_start_is_good_for_the_whole_run(office, worker, start, clock):
    set_step_up(office, office.bram, confirmed_at=clock())
    office.add_logins(ABOVE)
    run_id = start()
    clock.forward(timedelta(hours=2))
    worker.works()
    assert end_of(office, run_id) == (RunPhase.DONE, None)


@pytest.mark.parametrize(
    "step", [Step.ANNOUNCED, Step.ROWS_PREPARED, Step.POSTED_NOTED]
)
def test_a_worker_that_is_killed_leaves_an_approved_run_to_the_next(
    office, worker, waiting, now, clock, step
):
    if step is not Step.ANNOUNCED:
        decide(office, approving.approve, waiting, office.hanna, now)
    assert worker.is_killed_at(step)
    if step is Step.ANNOUNCED:
        decide(office, approving.approve, waiting, office.hanna, now)
    clock.forward(timedelta(minutes=5))
    worker.works()
    assert report(office, waiting).by_state == {RowState.APPLIED: ABOVE + 1}


def notices(office):
    with office.database.reading() as session:
        kind = OutboxMessage.kind == STOPPED_NOTICE
        return [
            each.payload for each in session.scalars(select(OutboxMessage).where(kind))
        ]


def dismiss(office, actor, now):
    with office.database.transaction() as session:
        one = update(Administrator).where(Administrator.id == actor.administrator_id)
        session.execute(one.values(dismissed_at=now))


@pytest.mark.parametrize("who", ["bram", "hanna"])
def test_no_password_is_made_for_who_may_not_any_more(
    office, worker, waiting, now, who
):
    worker.works()
    decide(office, approving.approve, waiting, office.hanna, now)
    dismiss(office, getattr(office, who), now)
    assert not worker.is_killed_at(Step.ROWS_CLAIMED)
    assert report(office, waiting).phase is RunPhase.FAILED


def test_the_message_says_who_approved_before_passwords_are_made(
    office, worker, drawer, waiting, now
):
    worker.works()
    decide(office, approving.approve, waiting, office.hanna, now)
    assert worker.is_killed_at(Step.ROWS_CLAIMED)
    assert drawer.messages[-1].decided_by == office.hanna.administrator_id


def test_codes_asked_of_who_approved_end_the_run(office, worker, waiting, now):
    decide(office, approving.approve, waiting, office.hanna, now)
    set_step_up(office, office.hanna)
    worker.works()
    failure = RunFailure.APPROVER_STEP_UP_MISSING
    assert end_of(office, waiting) == (RunPhase.FAILED, failure)


def test_a_code_of_the_approver_is_good_for_the_whole_run(
    office, worker, waiting, clock
):
    set_step_up(office, office.hanna, confirmed_at=clock())
    decide(office, approving.approve, waiting, office.hanna, clock())
    clock.forward(timedelta(hours=2))
    worker.works()
    assert end_of(office, waiting) == (RunPhase.DONE, None)


@pytest.mark.parametrize("service", [approving.decline, approving.withdraw])
def test_who_started_it_is_told_what_another_decided(office, waiting, now, service):
    is_own = service is approving.withdraw
    decide(office, service, waiting, office.bram if is_own else office.hanna, now)
    assert notices(office) == ([] if is_own else [{"run_id": waiting}])


def test_who_started_it_is_told_once_that_its_time_is_over(
    office, worker, waiting, clock
):
    clock.forward(approving.APPROVAL_LIFE)
    worker.works()
    assert notices(office) == [{"run_id": waiting}]


def test_who_started_a_run_that_another_approved_is_told_of_its_end_in_the_channel(
    office, worker, waiting, now
):
    decide(office, approving.approve, waiting, office.hanna, now)
    worker.works()
    assert notices(office) == []


def decline(office, mailer, run_id):
    decide(office, approving.decline, run_id, office.hanna, mailer.clock())


def withdraw(office, mailer, run_id):
    decide(office, approving.withdraw, run_id, office.bram, mailer.clock())


def let_expire(office, mailer, run_id):
    mailer.clock.forward(approving.APPROVAL_LIFE)
    assert approving.expire_once(office.database, now=mailer.clock())


def dismiss_approver(office, mailer, run_id):
    decide(office, approving.approve, run_id, office.hanna, mailer.clock())
    dismiss(office, office.hanna, mailer.clock())
    mailer.works()


@pytest.mark.parametrize("stops", [decline, withdraw, let_expire, dismiss_approver])
def test_no_reminder_follows_a_mailing_that_nobody_let_through(
    office, mailer, clock, stops
):
    office.add_logins(ABOVE + 1)
    run_id = start_mailing(office, remind_after=frozenset({3, 14}))
    mailer.goes_round()
    stops(office, mailer, run_id)
    clock.forward(timedelta(days=15))
    with office.database.transaction() as session:
        assert reminders.begin_next(session, now=clock()) is None
    assert end_of(office, run_id)[0] is RunPhase.FAILED


def test_reminders_follow_a_mailing_that_was_approved(office, mailer, clock):
    office.add_logins(ABOVE + 1)
    run_id = start_mailing(office, remind_after=frozenset({3}))
    decide(office, approving.approve, run_id, office.hanna, clock())
    mailer.works()
    clock.forward(timedelta(days=3))
    with office.database.transaction() as session:
        assert reminders.begin_next(session, now=clock()) is Outcome.BEGUN
