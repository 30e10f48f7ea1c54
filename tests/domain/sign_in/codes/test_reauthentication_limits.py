"""What proving anew is bound to: its own tries and code, ten minutes, and once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from domain.audit import AuditAct
from domain.sign_in import sessions
from domain.sign_in.model import PortalSession, Stage
from domain.sign_in.second_step import CodeKind, code_due
from domain.sign_in.sessions import SessionGoneError
from tests.domain.sign_in.codes.giving_at_once import give_at_once
from tests.domain.sign_in.codes.proving_anew import (
    at_code,
    each_kind,
    employee,
    hours_inside,
    proves,
    right_code,
)
from tests.domain.sign_in.codes.second_steps import WRONG, SecondSteps
from tests.domain.sign_in.people import ELSEWHERE, later


@pytest.fixture
def steps(desk) -> SecondSteps:
    """The second step of the same office."""
    return SecondSteps(desk.office, desk.tools.keyring, desk.clock)


@each_kind
def test_five_wrong_codes_end_the_session(desk, steps, kind):
    anna, inside = hours_inside(desk, steps, kind)
    due = at_code(desk, inside)
    outcomes = [steps.gives(due, WRONG) for _ in range(5)]
    assert [outcome.tries_left for outcome in outcomes] == [4, 3, 2, 1, 0]
    assert outcomes[-1].kind is CodeKind.SPENT
    assert steps.gives(due, right_code(steps, kind, anna)).kind is CodeKind.SPENT
    assert desk.number_of(PortalSession) == 0
    [event] = desk.office.events(AuditAct.SIGN_IN_REFUSED)
    assert event.details == {"why": "codes"}


@each_kind
def test_tries_of_the_sign_in_are_not_those_of_the_proof(desk, steps, kind):
    anna = employee(desk, steps, kind)
    at_step = desk.open_session(desk.signs_in())
    for _ in range(4):
        steps.gives(at_step, WRONG)
    entered = steps.gives(at_step, right_code(steps, kind, anna)).session
    later(desk.clock, minutes=1)
    due = at_code(desk, desk.open_session(entered))
    assert steps.gives(due, WRONG).tries_left == 4
    # The day counts them together.
    assert steps.tries(anna) == 6


def test_each_proof_has_five_tries_and_the_day_fifty(desk, steps):
    anna, inside = hours_inside(desk, steps, "app")
    for _ in range(12):
        due = at_code(desk, inside)
        for _ in range(3):
            steps.gives(due, WRONG)
        later(desk.clock, seconds=90)
        outcome = steps.gives(due, steps.app_code())
        assert outcome.kind is CodeKind.RIGHT
        inside = desk.open_session(outcome.session)
    due = at_code(desk, inside)
    assert steps.gives(due, WRONG).kind is CodeKind.WRONG
    blocked = steps.gives(due, WRONG)
    assert (blocked.kind, steps.tries(anna)) == (CodeKind.BLOCKED, 50)


def test_the_code_of_the_sign_in_does_not_prove_anew(desk, steps):
    employee(desk, steps, "mail")
    at_step = desk.open_session(desk.signs_in())
    code = steps.mailed()[-1]
    due = at_code(desk, desk.open_session(steps.gives(at_step, code).session))
    assert len(steps.mailed()) == 2
    assert steps.gives(due, code).kind is CodeKind.WRONG
    assert steps.gives(due, steps.mailed()[-1]).kind is CodeKind.RIGHT


def test_codes_for_proving_share_the_three_letters_in_a_quarter(desk, steps):
    employee(desk, steps, "mail")
    for _ in range(2):
        desk.signs_in(visit=ELSEWHERE)
    inside = desk.open_session(
        steps.gives(desk.open_session(desk.signs_in()), steps.mailed()[-1]).session
    )
    due = at_code(desk, inside)
    assert len(steps.mailed()) == 3
    with desk.office.database.reading() as session:
        assert not code_due(session, due, now=desk.clock()).is_sent
    later(desk.clock, minutes=15)
    steps.asks_again(due)
    assert steps.gives(due, steps.mailed()[-1]).kind is CodeKind.RIGHT


def test_an_app_is_waited_for_ten_minutes_from_the_password(desk, steps):
    _anna, inside = hours_inside(desk, steps, "app")
    due = at_code(desk, inside)
    desk.clock.forward(timedelta(minutes=10) - timedelta(seconds=1))
    with desk.office.database.reading() as session:
        assert code_due(session, due, now=desk.clock()) is not None
    later(desk.clock, seconds=1)
    with desk.office.database.reading() as session:
        assert code_due(session, due, now=desk.clock()) is None
    assert steps.gives(due, steps.app_code()).kind is CodeKind.SPENT


def test_a_mailed_code_works_for_ten_minutes(desk, steps):
    _anna, inside = hours_inside(desk, steps, "mail")
    due = at_code(desk, inside)
    later(desk.clock, minutes=10)
    assert steps.gives(due, steps.mailed()[-1]).kind is CodeKind.WRONG
    steps.asks_again(due)
    assert steps.gives(due, steps.mailed()[-1]).kind is CodeKind.RIGHT


def test_no_code_brings_a_session_over_its_twelve_hours(desk, steps):
    _anna, inside = hours_inside(desk, steps, "mail")
    desk.clock.forward(timedelta(minutes=29))
    due = at_code(desk, inside)
    with desk.tools.transaction() as session:
        begun = desk.clock() - sessions.ABSOLUTE + timedelta(minutes=1)
        session.get_one(PortalSession, due.token_hash).started_at = begun
    later(desk.clock, minutes=1)
    assert steps.gives(due, steps.mailed()[-1]).kind is CodeKind.SPENT


@each_kind
def test_a_code_given_many_times_at_once_proves_once(desk, steps, kind):
    anna, inside = hours_inside(desk, steps, kind)
    due, code = at_code(desk, inside), right_code(steps, kind, anna)
    kinds = give_at_once(desk.tools, [due] * 20, code, desk.clock())
    assert kinds == {"right": 1, "spent": 19}
    assert desk.office.login(anna).sign_in_count == 1
    assert desk.number_of(PortalSession) == 1


@each_kind
def test_of_two_passwords_at_once_one_goes_on_and_one_code_is_sent(desk, steps, kind):
    _anna, inside = hours_inside(desk, steps, kind)
    mailed = len(steps.mailed())

    def prove(_):
        try:
            return proves(desk, inside).session
        except SessionGoneError:
            return None

    with ThreadPoolExecutor(2) as threads:
        came = [new for new in threads.map(prove, range(2)) if new is not None]
    assert [new.stage for new in came] == [Stage.CODE_DUE]
    assert desk.number_of(PortalSession) == 1
    assert len(steps.mailed()) - mailed == (1 if kind in ("mail", "required") else 0)
