"""Proving anew who one is: the password, and the factor of whoever has one."""

import pytest

from domain.audit import AuditAct
from domain.logins.model import LoginState, SecondFactor
from domain.secret import Secret
from domain.sign_in import own_password, sessions
from domain.sign_in.app_enrolment import begin_app, confirm_app
from domain.sign_in.factors import turn_off, turn_on_mail
from domain.sign_in.model import Stage
from domain.sign_in.own_factor import ReauthenticationDueError
from domain.sign_in.second_step import CodeKind
from domain.sign_in.sessions import SessionGoneError
from domain.sign_in.sign_in import OutcomeKind
from tests.domain.sign_in.codes.proving_anew import (
    at_code,
    each_kind,
    hours_inside,
    proves,
    right_code,
)
from tests.domain.sign_in.codes.second_steps import WRONG, SecondSteps
from tests.domain.sign_in.people import HOME, PASSWORD, later

MAIL, APP = SecondFactor.MAIL, SecondFactor.APP
ANOTHER = Secret("dertien groene gieters")


@pytest.fixture
def steps(desk) -> SecondSteps:
    """The second step of the same office."""
    return SecondSteps(desk.office, desk.tools.keyring, desk.clock)


@each_kind
def test_who_has_a_factor_gives_it_after_the_password(desk, steps, kind):
    anna, inside = hours_inside(desk, steps, kind)
    due = at_code(desk, inside)
    assert not steps.is_open(inside)
    later(desk.clock, minutes=2)
    outcome = steps.gives(due, right_code(steps, kind, anna))
    assert outcome.kind is CodeKind.RIGHT
    assert outcome.session.stage is Stage.IN
    assert not steps.is_open(due)
    proven = desk.open_session(outcome.session)
    assert proven.authenticated_at == desk.clock()
    assert turn_on_mail(desk.tools, proven, now=desk.clock()).factor is MAIL


@each_kind
def test_it_is_no_other_sign_in(desk, steps, kind):
    anna, inside = hours_inside(desk, steps, kind)
    before, browsers = desk.office.login(anna), len(desk.trusted())
    proven = steps.gives(at_code(desk, inside), right_code(steps, kind, anna)).session
    after = desk.office.login(anna)
    assert after.sign_in_count == before.sign_in_count == 1
    assert after.last_sign_in_at == before.last_sign_in_at
    assert len(desk.office.events(AuditAct.SIGNED_IN)) == 1
    assert proven.device is None
    assert len(desk.trusted()) == browsers


def test_the_twelve_hours_go_on_from_the_first_start(desk, steps):
    anna, inside = hours_inside(desk, steps, "app")
    due = at_code(desk, inside)
    assert due.started_at == inside.started_at
    proven = steps.gives(due, right_code(steps, "app", anna)).session
    assert desk.open_session(proven).started_at == inside.started_at
    desk.clock.forward(inside.started_at + sessions.ABSOLUTE - desk.clock())
    assert not desk.is_in(proven)


@each_kind
def test_the_password_alone_proves_nothing_where_there_is_a_factor(desk, steps, kind):
    anna, inside = hours_inside(desk, steps, kind)
    before = desk.office.login(anna)
    due = at_code(desk, inside)
    for session in (inside, due):
        with pytest.raises(SessionGoneError):
            begin_app(desk.tools, session, now=desk.clock())
        with pytest.raises(SessionGoneError):
            confirm_app(desk.tools, session, WRONG, now=desk.clock())
        with pytest.raises(SessionGoneError):
            turn_off(desk.tools, session, now=desk.clock())
        with pytest.raises(SessionGoneError):
            proves(desk, session)
        with pytest.raises(SessionGoneError):
            change_password(desk, session)
    after = desk.office.login(anna)
    assert after.second_factor is before.second_factor
    assert after.credential_version == before.credential_version


def change_password(desk, inside):
    return own_password.change_password(
        desk.tools, inside, PASSWORD, ANOTHER, visit=HOME, now=desk.clock()
    )


@each_kind
def test_another_password_does_not_stand_in_for_the_factor(desk, steps, kind):
    _anna, inside = hours_inside(desk, steps, kind)
    changed = desk.open_session(change_password(desk, inside).session)
    assert changed.authenticated_at == inside.authenticated_at
    with pytest.raises(ReauthenticationDueError):
        begin_app(desk.tools, changed, now=desk.clock())


def test_without_a_factor_the_password_is_enough(desk, steps):
    desk.add_employee()
    inside = desk.open_session(desk.signs_in())
    later(desk.clock, minutes=20)
    outcome = proves(desk, inside)
    assert (outcome.kind, outcome.session.stage) == (OutcomeKind.GO_ON, Stage.IN)
    proven = desk.open_session(outcome.session)
    assert proven.authenticated_at == desk.clock()
    assert begin_app(desk.tools, proven, now=desk.clock()).seed
    assert steps.mailed() == []


def test_a_wrong_password_sends_no_code_and_leaves_the_session_in(desk, steps):
    _anna, inside = hours_inside(desk, steps, "mail")
    assert proves(desk, inside, Secret("fout")).kind is OutcomeKind.REFUSED
    assert len(steps.mailed()) == 1
    assert steps.is_open(inside)


def test_a_lock_between_password_and_code_ends_it(desk, steps):
    anna, inside = hours_inside(desk, steps, "mail")
    due = at_code(desk, inside)
    desk.change(anna, state=LoginState.LOCKED)
    assert steps.gives(due, steps.mailed()[-1]).kind is CodeKind.SPENT


def test_an_app_half_set_up_is_still_there_after_the_proof(desk, steps):
    anna, inside = hours_inside(desk, steps, "mail")

    def prove(inside):
        outcome = steps.gives(at_code(desk, inside), steps.mailed()[-1])
        return desk.open_session(outcome.session)

    inside = prove(inside)
    seed = begin_app(desk.tools, inside, now=desk.clock()).seed
    later(desk.clock, minutes=6)
    inside = prove(inside)
    assert begin_app(desk.tools, inside, now=desk.clock()).seed == seed
    confirm_app(desk.tools, inside, steps.app_code(seed), now=desk.clock())
    assert desk.office.login(anna).second_factor is APP
