"""When too many wrong passwords lock a login, and what that leaves of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import outbox
from domain.audit import AuditAct
from domain.letters.queueing import KIND
from domain.logins import activation
from domain.logins.model import LoginState
from domain.secret import Secret
from domain.sign_in import attempts, comers
from domain.sign_in.gate import Visit
from domain.sign_in.model import (
    CountedBy,
    Lockout,
)
from domain.sign_in.sign_in import OutcomeKind, _Compared, _let_in
from tests.domain.office import day
from tests.domain.sign_in.people import (
    ELSEWHERE,
    HOME,
    INITIAL,
    NAME,
    NOBODY,
    PASSWORD,
    later,
)


def test_tenth_wrong_password_locks_the_login(desk):
    login = desk.add_employee()
    desk.fails(9)
    assert desk.state(login) is LoginState.ACTIVE
    desk.fails(1, first=10)
    assert desk.state(login) is LoginState.LOCKED
    assert desk.number_of(Lockout) == 1
    [event] = desk.office.events(AuditAct.LOGIN_LOCKED)
    assert event.login_id == login


def test_a_lock_is_told_to_the_channel_and_to_the_employee(desk):
    desk.add_employee()
    desk.fails(10)
    with desk.office.database.reading() as session:
        kinds = set(session.scalars(select(outbox.OutboxMessage.kind)))
    assert {"lockout", KIND} <= kinds


@pytest.mark.parametrize("allowed", [3, 5, 20])
def test_the_branch_says_how_many_wrong_passwords_lock(desk, allowed):
    desk.allows(allowed)
    login = desk.add_employee()
    desk.fails(allowed - 1)
    assert desk.state(login) is LoginState.ACTIVE
    desk.fails(1, first=allowed)
    assert desk.state(login) is LoginState.LOCKED


def test_a_locked_login_compares_nothing_and_says_the_same(desk):
    desk.add_employee()
    desk.fails(10)
    later(desk.clock, minutes=20)
    checked = desk.tools.hashing.checked
    assert desk.tries(PASSWORD).kind is OutcomeKind.REFUSED
    assert desk.tools.hashing.checked == checked


def test_sessions_of_a_locked_login_are_dead_at_once(desk):
    desk.add_employee()
    new = desk.signs_in(visit=ELSEWHERE)
    later(desk.clock, seconds=1)
    desk.fails(10)
    assert desk.session_of(new.token) is None


def test_activating_it_again_gives_it_all_its_attempts(desk):
    login = desk.add_employee()
    desk.fails(10)
    before = desk.office.login(login).credential_version
    with desk.office.database.transaction() as session:
        activation.set_active(
            session,
            login,
            active=True,
            expected_version=before,
            actor=desk.office.hanna,
            now=desk.clock(),
        )
    desk.signs_in(visit=ELSEWHERE)
    desk.fails(9, visit=ELSEWHERE)
    assert desk.state(login) is LoginState.ACTIVE


@pytest.mark.parametrize("state", [LoginState.NEW, LoginState.SWITCHED_OFF])
def test_a_switch_off_stays_one_however_much_is_guessed(desk, state):
    login = desk.add_employee(state=state)
    desk.fails(14)
    assert desk.state(login) is state
    assert desk.number_of(Lockout) == 0
    # Ten were compared, and the right one comes too late to be told.
    later(desk.clock, minutes=20)
    assert desk.tries(PASSWORD).kind is OutcomeKind.REFUSED
    assert desk.tools.hashing.checked == 10


def test_who_left_is_not_locked_but_closed(desk):
    login = desk.add_employee(card={"end_on": day("2026-11-19")})
    desk.fails(12)
    assert desk.state(login) is LoginState.ACTIVE
    assert desk.number_of(Lockout) == 0


def test_an_expired_initial_password_is_guarded_by_the_lock_too(desk):
    login = desk.add_newcomer(life=timedelta(days=-1))
    desk.fails(10)
    assert desk.state(login) is LoginState.LOCKED
    later(desk.clock, minutes=20)
    assert desk.tries(INITIAL).kind is OutcomeKind.REFUSED


def test_nine_failures_and_the_right_password_lock_nothing(desk):
    login = desk.add_employee()
    for _ in range(2):
        desk.fails(9)
        later(desk.clock, minutes=20)
        desk.signs_in()
    assert desk.state(login) is LoginState.ACTIVE


def test_the_right_password_is_right_at_the_tenth_attempt(desk):
    login = desk.add_employee()
    desk.fails(9)
    later(desk.clock, minutes=20)
    desk.signs_in()
    assert desk.state(login) is LoginState.ACTIVE


def test_failures_of_more_than_a_day_ago_lock_nothing(desk):
    login = desk.add_employee()
    for number in range(20):
        desk.tries(f"fout {number}")
        later(desk.clock, hours=3)
    # Eight fit in a day of attempts every three hours.
    assert desk.state(login) is LoginState.ACTIVE


def test_ten_within_24_hours_lock_whenever_the_day_began(desk):
    login = desk.add_employee()
    desk.tries("fout 0")
    later(desk.clock, hours=23)
    desk.fails(5, first=1)
    later(desk.clock, hours=2)
    desk.fails(4, first=6)
    assert desk.state(login) is LoginState.ACTIVE
    desk.fails(1, first=10)
    assert desk.state(login) is LoginState.LOCKED


def test_a_network_locks_three_logins_an_hour_and_no_more(desk):
    vandal = Visit("192.0.2.66")
    desk.allows(3)
    logins = [desk.add_employee(f"w{number}@example.nl") for number in range(12)]
    for attempt in range(5):
        for number in range(12):
            desk.tries(f"fout {attempt}", f"w{number}@example.nl", vandal)
        later(desk.clock, seconds=20)
    locked = [desk.state(login) is LoginState.LOCKED for login in logins]
    assert sum(locked) == 3
    spared = next(number for number in range(12) if not locked[number])
    assert desk.tries(PASSWORD, f"w{spared}@example.nl", vandal).kind is (
        OutcomeKind.PAUSED
    )


def test_the_three_lockouts_hold_for_every_hour_not_for_each(desk):
    vandal = Visit("192.0.2.66")
    desk.allows(3)
    for number in range(3):
        desk.add_employee(f"w{number}@example.nl")
        desk.fails(3, f"w{number}@example.nl", vandal)
        later(desk.clock, minutes=25)
    # 75 minutes after the first lockout, and 25 after the third.
    assert desk.tries("x", NOBODY, vandal).kind is OutcomeKind.PAUSED
    later(desk.clock, minutes=35)
    assert desk.tries("x", NOBODY, vandal).kind is OutcomeKind.REFUSED


def test_a_login_spared_by_that_is_locked_by_who_goes_on_elsewhere(unpaused_desk):
    desk = unpaused_desk
    vandal = Visit("192.0.2.66")
    desk.allows(3)
    logins = [desk.add_employee(f"w{number}@example.nl") for number in range(4)]
    # All four have one attempt left when the vandal takes it, of all at once.
    for number in range(4):
        desk.fails(2, f"w{number}@example.nl", vandal)
    with desk.office.database.transaction() as session:
        reserved = [
            attempts.reserve(
                session,
                comers.by_name(
                    session, f"w{number}@example.nl", vandal, desk.tools.keyring
                ),
                pauses=False,
                now=desk.clock(),
            )
            for number in range(4)
        ]
    for attempt in reserved:
        compared = _Compared(attempt, Secret("fout 3"), is_right=False)
        with desk.office.database.transaction() as session:
            _let_in(session, desk.tools, compared, desk.clock())
    states = [desk.state(login) for login in logins]
    assert states == [LoginState.LOCKED] * 3 + [LoginState.ACTIVE]
    assert desk.tries(PASSWORD, "w3@example.nl").kind is OutcomeKind.REFUSED
    assert desk.state(logins[3]) is LoginState.LOCKED


def test_a_known_browser_locks_its_login_with_failures_of_its_own(desk):
    login = desk.add_employee()
    known = desk.knows_browser()
    later(desk.clock, seconds=1)
    desk.fails(9, visit=known)
    desk.fails(9, visit=ELSEWHERE, first=20)
    assert desk.state(login) is LoginState.ACTIVE
    desk.fails(1, visit=known, first=10)
    assert desk.state(login) is LoginState.LOCKED


def test_an_attempt_whose_process_died_counts_as_wrong(desk):
    login = desk.add_employee()
    desk.fails(9)
    _reserves_and_dies(desk)
    assert desk.counted(CountedBy.LOGIN) == [10]
    later(desk.clock, minutes=20)
    checked = desk.tools.hashing.checked
    # All ten are used up: the next one is compared with nothing, and locks.
    assert desk.tries(PASSWORD).kind is OutcomeKind.REFUSED
    assert desk.tools.hashing.checked == checked
    assert desk.state(login) is LoginState.LOCKED


def test_an_attempt_still_being_hashed_is_waited_for(unpaused_desk):
    desk = unpaused_desk
    login = desk.add_employee()
    desk.fails(9)
    _reserves_and_dies(desk)
    assert desk.tries("fout 11").kind is OutcomeKind.REFUSED
    assert desk.state(login) is LoginState.ACTIVE


def _reserves_and_dies(desk) -> None:
    later(desk.clock, minutes=20)
    with desk.office.database.transaction() as session:
        comer = comers.by_name(session, NAME, HOME, desk.tools.keyring)
        attempts.reserve(session, comer, pauses=True, now=desk.clock())
