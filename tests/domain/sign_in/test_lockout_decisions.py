"""Of all who decide about a lockout the first does; others learn who it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from domain.actor import EMPLOYEE
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import activation, leaving
from domain.logins.model import LoginState
from domain.outbox import OutboxMessage
from domain.sign_in import lockout_alerts, lockout_decisions, lockouts
from domain.sign_in.lockout_decisions import EmploymentEndedError
from domain.sign_in.model import Lockout, LockoutEnd
from tests.domain.office import BRAM, HANNA, URSULA


@pytest.fixture
def lock(office, keyring, clock):
    def lock_login(login_id, *, gathered=True):
        with office.database.transaction() as session:
            lockouts.lock(session, login_id, keyring=keyring, now=clock())
            query = select(Lockout.id).order_by(Lockout.id.desc())
            lockout_id = session.scalars(query.limit(1)).one()
        if gathered:
            with office.database.transaction() as session:
                lockout_alerts.gather(
                    session, lockout_id, default_channel="C1", now=clock()
                )
        return lockout_id

    return lock_login


@pytest.fixture
def locked(office, lock):
    login_id = office.add_login()
    return login_id, lock(login_id)


def decide(office, clock, what, lockout_id, actor):
    with office.database.transaction() as session:
        return what(session, lockout_id, actor=actor, now=clock())


def lockout(office, lockout_id):
    with office.database.reading() as session:
        return session.get_one(Lockout, lockout_id)


def settle(office, clock, *login_ids):
    with office.database.transaction() as session:
        lockout_decisions.settle(session, login_ids, now=clock())


def test_activating_activates_the_login(office, clock, locked):
    login_id, lockout_id = locked
    decision = decide(
        office, clock, lockout_decisions.activate, lockout_id, office.bram
    )
    assert decision.is_yours
    assert (decision.end, decision.ended_by) == (LockoutEnd.ACTIVATED, BRAM)
    assert office.login(login_id).state is LoginState.ACTIVE
    [event] = office.events(AuditAct.LOGIN_ACTIVATED)
    assert event.details == {"from": "locked"}


def test_leaving_it_locked_is_remembered(office, clock, locked):
    login_id, lockout_id = locked
    leave = lockout_decisions.leave_locked
    assert decide(office, clock, leave, lockout_id, office.ursula).is_yours
    assert office.login(login_id).state is LoginState.LOCKED
    [event] = office.events(AuditAct.LOCKOUT_LEFT)
    assert (event.login_id, event.branch_id) == (login_id, office.utrecht)


@pytest.mark.parametrize("late", ["activate", "leave_locked"])
@pytest.mark.parametrize("first", ["activate", "leave_locked"])
def test_the_second_changes_nothing_and_is_told_who_was_first(
    office, clock, locked, first, late
):
    _, lockout_id = locked
    was = decide(
        office, clock, getattr(lockout_decisions, first), lockout_id, office.bram
    )
    clock.forward(timedelta(minutes=1))
    told = decide(
        office, clock, getattr(lockout_decisions, late), lockout_id, office.hanna
    )
    assert not told.is_yours
    assert (told.end, told.ended_by, told.ended_at) == (was.end, BRAM, was.ended_at)
    acts = (AuditAct.LOGIN_ACTIVATED, AuditAct.LOCKOUT_LEFT)
    assert len(office.events(*acts)) == 1


def test_of_twenty_at_once_one_is_first(office, clock, locked):
    _, lockout_id = locked
    actors = [office.hanna, office.bram, office.ursula, office.bram] * 5
    whats = [lockout_decisions.activate, lockout_decisions.leave_locked] * 10
    with ThreadPoolExecutor(8) as pool:
        told = list(
            pool.map(
                lambda how: decide(office, clock, how[0], lockout_id, how[1]),
                zip(whats, actors, strict=True),
            )
        )
    [first] = [each for each in told if each.is_yours]
    assert {(each.end, each.ended_by) for each in told} == {(first.end, first.ended_by)}
    acts = (AuditAct.LOGIN_ACTIVATED, AuditAct.LOCKOUT_LEFT)
    assert len(office.events(*acts)) == 1


def test_who_activates_on_the_login_screen_first_is_found_in_the_log(
    office, clock, locked
):
    login_id, lockout_id = locked
    tick(office, clock, login_id, office.hanna)
    told = decide(office, clock, lockout_decisions.activate, lockout_id, office.bram)
    assert not told.is_yours
    assert (told.end, told.ended_by) == (LockoutEnd.ACTIVATED, HANNA)


def tick(office, clock, login_id, actor):
    with office.database.transaction() as session:
        activation.set_active(
            session,
            login_id,
            active=True,
            expected_version=office.login(login_id).credential_version,
            actor=actor,
            now=clock(),
        )


def test_a_bulk_activation_of_locked_logins_ends_their_lockouts(office, clock, lock):
    login_ids = [office.add_login() for _ in range(3)]
    lockout_ids = [lock(login_id) for login_id in login_ids]
    with office.database.transaction() as session:
        activation.activate_logins(
            session,
            office.utrecht,
            also=frozenset({LoginState.LOCKED}),
            actor=office.bram,
            now=clock(),
        )
    [notice] = queued(office, "logins_unlocked")
    settle(office, clock, *notice.payload["login_ids"])
    ends = [lockout(office, lockout_id) for lockout_id in lockout_ids]
    assert {each.end for each in ends} == {LockoutEnd.ACTIVATED}
    assert {each.ended_by for each in ends} == {office.bram.administrator_id}


def queued(office, kind):
    with office.database.reading() as session:
        return list(session.scalars(select(OutboxMessage).filter_by(kind=kind)))


def test_activating_new_logins_queues_nothing(office, clock):
    office.add_login(LoginState.NEW)
    with office.database.transaction() as session:
        activation.activate_logins(
            session, office.utrecht, actor=office.bram, now=clock()
        )
    assert queued(office, "logins_unlocked") == []


def test_a_lockout_left_locked_ends_when_somebody_activates_later(
    office, clock, locked
):
    login_id, lockout_id = locked
    leave = lockout_decisions.leave_locked
    decide(office, clock, leave, lockout_id, office.bram)
    tick(office, clock, login_id, office.hanna)
    settle(office, clock, login_id)
    ended = lockout(office, lockout_id)
    assert ended.end is LockoutEnd.ACTIVATED
    assert ended.ended_by == office.hanna.administrator_id


def test_locked_again_before_anybody_looked_only_the_older_is_over(
    office, clock, locked, lock
):
    login_id, older = locked
    tick(office, clock, login_id, office.hanna)
    newer = lock(login_id)
    settle(office, clock, login_id)
    assert lockout(office, older).end is LockoutEnd.ACTIVATED
    assert lockout(office, newer).end is None
    late = decide(office, clock, lockout_decisions.activate, older, office.bram)
    assert not late.is_yours
    assert office.login(login_id).state is LoginState.LOCKED


def test_settling_a_login_that_is_locked_changes_nothing(office, clock, locked):
    login_id, lockout_id = locked
    settle(office, clock, login_id)
    assert lockout(office, lockout_id).end is None


def test_the_schedule_closes_who_left_and_with_it_the_lockout(office, clock, locked):
    login_id, lockout_id = locked
    leaves(office, login_id)
    with office.database.transaction() as session:
        leaving.close_leavers(session, now=clock())
    settle(office, clock, login_id)
    ended = lockout(office, lockout_id)
    assert (ended.end, ended.ended_by) == (LockoutEnd.CLOSED, None)


def leaves(office, login_id):
    card_id = office.login(login_id).record_card_id
    office.change_card(card_id, end_on=(office.now - timedelta(days=1)).date())


def test_who_left_is_not_let_in_by_a_click(office, clock, locked):
    login_id, lockout_id = locked
    leaves(office, login_id)
    activate = partial(decide, office, clock, lockout_decisions.activate)
    with pytest.raises(EmploymentEndedError):
        activate(lockout_id, office.bram)
    assert lockout(office, lockout_id).end is None


@pytest.mark.parametrize("what", ["activate", "leave_locked"])
def test_a_lockout_of_another_branch_is_not_found(office, clock, lock, what):
    foreign = lock(office.add_login(card={"branch_id": office.amsterdam}))
    for actor in (office.bram, office.ursula):
        with pytest.raises(NotFoundError):
            decide(office, clock, getattr(lockout_decisions, what), foreign, actor)
    with pytest.raises(NotFoundError):
        decide(office, clock, getattr(lockout_decisions, what), 999, office.hanna)
    with pytest.raises(NotPermittedError):
        decide(office, clock, getattr(lockout_decisions, what), foreign, EMPLOYEE)


def test_only_what_was_activated_is_told_as_reset(office, clock, locked):
    _, lockout_id = locked
    leave = lockout_decisions.leave_locked
    left = decide(office, clock, leave, lockout_id, office.bram)
    with office.database.transaction() as session:
        lockout_decisions.note_reset(session, left, now=clock())
    assert lockout(office, lockout_id).end is LockoutEnd.LEFT_LOCKED


def test_all_three_account_types_may_decide(office, clock, lock):
    for actor, who in (
        (office.hanna, HANNA),
        (office.bram, BRAM),
        (office.ursula, URSULA),
    ):
        lockout_id = lock(office.add_login())
        told = decide(office, clock, lockout_decisions.activate, lockout_id, actor)
        assert told.ended_by == who
