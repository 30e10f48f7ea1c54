"""A login is locked: its state, its story, what is told of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.actor import ActorKind, Surface
from domain.audit import AuditAct
from domain.letters.queueing import KIND
from domain.logins.model import LoginState
from domain.outbox import OutboxMessage
from domain.sign_in import lockouts
from domain.sign_in.gate import Visit
from domain.sign_in.model import Lockout
from tests.domain.sign_in.people import ELSEWHERE, HOME, later

ANNA = "anna@example.nl"


def lock(desk, login_id):
    with desk.office.database.transaction() as session:
        keyring = desk.tools.keyring
        lockouts.lock(session, login_id, keyring=keyring, now=desk.clock())


def all_lockouts(desk):
    with desk.office.database.reading() as session:
        return list(session.scalars(select(Lockout).order_by(Lockout.id)))


def queued(desk, kind):
    with desk.office.database.reading() as session:
        query = select(OutboxMessage).filter_by(kind=kind).order_by(OutboxMessage.id)
        return list(session.scalars(query))


def types_wrong(desk, times, *visits, name=ANNA):
    """Wrong passwords, five seconds and the pause that is due between two."""
    for number in range(times):
        later(desk.clock, seconds=5)
        visit = visits[number % len(visits)]
        desk.fails(1, name, visit, first=number)


def test_the_last_wrong_password_that_is_allowed_locks_the_login(desk):
    anna = desk.add_employee()
    version = desk.office.login(anna).credential_version
    types_wrong(desk, 10, HOME)
    assert desk.state(anna) is LoginState.LOCKED
    assert desk.office.login(anna).credential_version == version + 1
    [event] = desk.office.events(AuditAct.LOGIN_LOCKED)
    assert (event.login_id, event.branch_id) == (anna, desk.office.utrecht)
    assert (event.actor_kind, event.surface) == (ActorKind.EMPLOYEE, Surface.PORTAL)


def test_the_story_of_somebody_at_home(desk):
    desk.add_employee()
    types_wrong(desk, 10, HOME)
    [lockout] = all_lockouts(desk)
    told = (lockout.attempts, lockout.networks, lockout.names_from_networks)
    assert told == (10, 1, 1)
    assert lockout.known_browser is False
    assert lockout.seconds_between == 5
    assert lockout.locked_at == desk.clock()


def test_the_story_of_a_known_browser(desk):
    desk.add_employee()
    types_wrong(desk, 10, desk.knows_browser())
    [lockout] = all_lockouts(desk)
    assert lockout.known_browser is True
    assert lockout.attempts == 10


def test_the_story_counts_networks_and_the_names_that_fail_there(desk):
    desk.add_employee()
    desk.add_employee("bea@example.nl")
    colleague = "carla@example.nl"
    desk.add_employee(colleague)
    desk.tries("fout", colleague, HOME)
    desk.signs_in(colleague, HOME)
    types_wrong(desk, 1, HOME, name="bea@example.nl")
    types_wrong(desk, 1, ELSEWHERE, name="niemand@example.nl")
    types_wrong(desk, 10, HOME, ELSEWHERE)
    [lockout] = all_lockouts(desk)
    assert lockout.networks == 2
    assert lockout.names_from_networks == 3


def test_the_same_wrong_password_is_told_and_does_not_make_it_look_fast(desk):
    desk.add_employee()
    types_wrong(desk, 1, HOME)
    for _ in range(2):
        desk.tries("fout 0")
    types_wrong(desk, 10, HOME)
    [lockout] = all_lockouts(desk)
    assert lockout.attempts == 13
    assert lockout.seconds_between == 5


def test_the_story_begins_anew_after_an_activation(desk):
    anna = desk.add_employee()
    types_wrong(desk, 10, HOME)
    desk.change(anna, state=LoginState.ACTIVE, credential_version=3)
    later(desk.clock, hours=2)
    types_wrong(desk, 10, Visit("192.0.2.1"))
    first, second = all_lockouts(desk)
    assert (first.attempts, second.attempts) == (10, 10)
    assert second.networks == 1


def test_attempts_of_yesterday_are_not_part_of_it(desk):
    desk.add_employee()
    types_wrong(desk, 2, ELSEWHERE)
    later(desk.clock, hours=25)
    types_wrong(desk, 10, HOME)
    [lockout] = all_lockouts(desk)
    assert (lockout.attempts, lockout.networks) == (10, 1)


@pytest.mark.parametrize(
    "state", [state for state in LoginState if state is not LoginState.ACTIVE]
)
def test_only_an_active_login_is_locked(desk, state):
    anna = desk.add_employee(state=state)
    lock(desk, anna)
    assert desk.state(anna) is state
    assert all_lockouts(desk) == []
    assert queued(desk, KIND) == []


def test_who_left_is_not_locked(desk, now):
    anna = desk.add_employee(card={"end_on": (now - timedelta(days=1)).date()})
    lock(desk, anna)
    assert desk.state(anna) is LoginState.ACTIVE


def test_an_alert_and_a_letter_are_queued_with_ids_only(desk):
    desk.add_employee()
    types_wrong(desk, 10, HOME)
    [lockout] = all_lockouts(desk)
    [notice] = queued(desk, lockouts.LOCKED_NOTICE)
    assert notice.payload == {"lockout_id": lockout.id}
    [letter] = queued(desk, KIND)
    assert letter.payload["letter"] == "locked_out"
    assert ANNA not in str(letter.payload)


def test_locking_twice_locks_once(desk):
    anna = desk.add_employee()
    lock(desk, anna)
    lock(desk, anna)
    assert len(all_lockouts(desk)) == 1
    assert len(queued(desk, KIND)) == 1
