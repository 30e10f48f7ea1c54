"""A run over more people than the branch says waits for another administrator."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from domain import administrators
from domain.actor import OPERATOR
from domain.audit import AuditAct
from domain.errors import DomainError, NotFoundError, NotPermittedError
from domain.runs import approving
from domain.runs.approving import NotYourRunError, OwnRunError, RunDecidedError
from domain.runs.beginning import ApprovalChannelMissingError, RunUnderWayError
from domain.runs.ledger import start_reset
from domain.runs.model import RowState, RunFailure, RunPhase
from domain.runs.planning import ResetChoice
from domain.step_ups import StepUpRequiredError
from tests.domain.runs.deciding import (
    ABOVE,
    asks_for_a_second_administrator,
    decide,
    end_of,
    hashes,
    report,
    set_number,
    set_step_up,
    waiting,
)
from tests.domain.runs.mailing import start as start_mailing

__all__ = ["asks_for_a_second_administrator", "waiting"]
A_DAY = timedelta(hours=24)


def test_more_people_than_the_number_wait(office, worker, waiting):
    before = hashes(office)
    worker.works()
    found = report(office, waiting)
    assert found.phase is RunPhase.AWAITING_APPROVAL
    assert found.by_state == {RowState.WAITING: ABOVE + 1}
    assert found.message is not None
    assert hashes(office) == before


def test_as_many_people_as_the_number_do_not_wait(office, worker, start):
    office.add_logins(ABOVE)
    run_id = start()
    worker.works()
    assert end_of(office, run_id) == (RunPhase.DONE, None)


def test_a_branch_without_a_number_never_waits(office, worker, start):
    set_number(office, None)
    office.add_logins(ABOVE + 1)
    run_id = start()
    worker.works()
    assert end_of(office, run_id) == (RunPhase.DONE, None)


def test_a_waiting_run_holds_the_branch(office, start, waiting):
    with pytest.raises(RunUnderWayError):
        start()


def test_another_number_does_not_free_a_waiting_run(office, worker, waiting):
    set_number(office, None)
    worker.works()
    assert end_of(office, waiting) == (RunPhase.AWAITING_APPROVAL, None)


def test_the_run_goes_on_when_another_approves(office, worker, clock, waiting):
    worker.works()
    clock.forward(timedelta(hours=23))
    approved_at = clock()
    decide(office, approving.approve, waiting, office.hanna, approved_at)
    worker.works()
    found = report(office, waiting)
    assert (found.phase, found.failure) == (RunPhase.DONE, None)
    assert found.by_state == {RowState.APPLIED: ABOVE + 1}
    assert found.decided_by == office.hanna.administrator_id
    assert found.password_expires_at >= approved_at + timedelta(days=7)
    [event] = office.events(AuditAct.RUN_APPROVED)
    assert (event.run_id, event.administrator_id) == (
        waiting,
        office.hanna.administrator_id,
    )


def test_a_mailing_waits_and_goes_on_too(office, mailer):
    office.add_logins(ABOVE + 1)
    run_id = start_mailing(office)
    mailer.goes_round()
    waits = report(office, run_id)
    assert waits.phase is RunPhase.AWAITING_APPROVAL
    assert waits.message is not None
    assert waits.sent == 0
    decide(office, approving.approve, run_id, office.hanna, mailer.clock())
    mailer.works()
    assert report(office, run_id).by_state == {RowState.SENT: ABOVE + 1}


def test_a_run_that_waits_needs_an_admin_channel(office, now):
    office.add_logins(ABOVE + 1)
    with office.database.reading() as session:
        own = administrators.slack_identity(session, office.bram.administrator_id)
    with (
        pytest.raises(ApprovalChannelMissingError),
        office.database.transaction() as session,
    ):
        start_reset(
            session,
            office.utrecht,
            ResetChoice(),
            expected_count=ABOVE + 1,
            channel_id=own.user_id,
            actor=office.bram,
            now=now,
        )


@pytest.mark.parametrize("service", [approving.approve, approving.decline])
def test_nobody_decides_on_a_run_of_their_own(office, waiting, now, service):
    with pytest.raises(OwnRunError):
        decide(office, service, waiting, office.bram, now)
    assert end_of(office, waiting) == (RunPhase.AWAITING_APPROVAL, None)


def test_only_the_starter_withdraws(office, waiting, now):
    with pytest.raises(NotYourRunError):
        decide(office, approving.withdraw, waiting, office.hanna, now)


@pytest.mark.parametrize(
    "service", [approving.approve, approving.decline, approving.withdraw]
)
def test_a_run_of_another_branch_is_not_found(office, waiting, now, service):
    stranger = replace(office.ursula, branch_ids=frozenset({office.amsterdam}))
    with pytest.raises(NotFoundError):
        decide(office, service, waiting, stranger, now)


def test_the_operator_approves_nothing(office, waiting, now):
    with pytest.raises((NotPermittedError, NotFoundError)):
        decide(office, approving.approve, waiting, OPERATOR, now)


def test_an_approver_who_owes_a_code_is_asked_first(office, waiting, now):
    set_step_up(office, office.hanna)
    with pytest.raises(StepUpRequiredError):
        decide(office, approving.approve, waiting, office.hanna, now)
    set_step_up(office, office.hanna, confirmed_at=now)
    decide(office, approving.approve, waiting, office.hanna, now)
    assert report(office, waiting).phase is RunPhase.PREPARING


@pytest.mark.parametrize(
    ("service", "who", "failure"),
    [
        (approving.decline, "hanna", RunFailure.DECLINED),
        (approving.withdraw, "bram", RunFailure.WITHDRAWN),
    ],
)
def test_a_run_ends_that_is_declined_or_withdrawn(
    office, worker, waiting, now, service, who, failure
):
    before, actor = hashes(office), getattr(office, who)
    decide(office, service, waiting, actor, now)
    worker.works()
    found = report(office, waiting)
    assert (found.phase, found.failure) == (RunPhase.FAILED, failure)
    assert found.by_state == {RowState.FAILED: ABOVE + 1}
    assert found.decided_by == actor.administrator_id
    assert hashes(office) == before
    [event] = office.events(AuditAct.RUN_DECLINED)
    assert event.details == {"reason": failure.value}
    assert len(office.events(AuditAct.RUN_ENDED)) == 1


def test_nobody_approves_within_a_day(office, worker, clock, waiting):
    clock.forward(A_DAY)
    with pytest.raises(RunDecidedError) as late:
        decide(office, approving.approve, waiting, office.hanna, clock())
    assert late.value.fields == {"decided_by": None}
    worker.works()
    assert end_of(office, waiting) == (RunPhase.FAILED, RunFailure.APPROVAL_EXPIRED)
    with pytest.raises(RunDecidedError):
        decide(office, approving.approve, waiting, office.hanna, clock())


def test_who_comes_second_is_told_who_was_first(office, waiting, now):
    decide(office, approving.approve, waiting, office.hanna, now)
    with pytest.raises(RunDecidedError) as second:
        decide(office, approving.decline, waiting, office.ursula, now)
    assert second.value.fields == {"decided_by": office.hanna.administrator_id}


@pytest.mark.parametrize(
    "presses",
    [
        (("hanna", approving.approve), ("ursula", approving.approve)),
        (("hanna", approving.approve), ("bram", approving.withdraw)),
    ],
)
def test_of_two_at_once_one_is_first(office, waiting, now, presses):
    refused, together = [], threading.Barrier(2)

    def press(who, service):
        together.wait(timeout=10)
        try:
            decide(office, service, waiting, getattr(office, who), now)
        except DomainError as error:
            refused.append(type(error))

    threads = [threading.Thread(target=press, args=each) for each in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert refused == [RunDecidedError]
    assert len(office.events(AuditAct.RUN_APPROVED, AuditAct.RUN_DECLINED)) == 1
