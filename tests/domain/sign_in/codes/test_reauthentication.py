"""Proving anew who one is: the password, and the factor of whoever has one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from domain.audit import AuditAct
from domain.logins.model import LoginState, SecondFactor
from domain.secret import Secret
from domain.sign_in import own_password, sessions, totp
from domain.sign_in.app_enrolment import begin_app, confirm_app
from domain.sign_in.factors import turn_off, turn_on_mail
from domain.sign_in.model import PortalSession, Stage
from domain.sign_in.own_factor import ReauthenticationDueError
from domain.sign_in.reauthentication import reauthenticate
from domain.sign_in.second_step import CodeKind, code_due
from domain.sign_in.sessions import SessionGoneError
from domain.sign_in.sign_in import OutcomeKind
from tests.domain.sign_in.codes.giving_at_once import give_at_once
from tests.domain.sign_in.codes.second_steps import SEED, WRONG, SecondSteps
from tests.domain.sign_in.people import ELSEWHERE, HOME, PASSWORD, later

NONE, MAIL, APP = SecondFactor.NONE, SecondFactor.MAIL, SecondFactor.APP
KINDS = ["mail", "required", "app", "paper"]
each_kind = pytest.mark.parametrize("kind", KINDS)
ANOTHER = Secret("dertien groene gieters")


@pytest.fixture
def steps(desk) -> SecondSteps:
    """The second step of the same office."""
    return SecondSteps(desk.office, desk.tools.keyring, desk.clock)


def employee(desk, steps, kind):
    """Somebody with this factor; the branch of `required` asks for one."""
    factor = {"mail": MAIL, "required": NONE, "app": APP, "paper": APP}[kind]
    anna = desk.add_employee(second_factor=factor)
    if kind == "required":
        steps.requires(desk.office.utrecht)
    if factor is APP:
        sealed = totp.seal(SEED, anna, keyring=desk.tools.keyring)
        desk.change(anna, sealed_totp_seed=sealed)
    return anna


def right_code(steps, kind, login_id):
    if kind == "paper":
        return steps.paper_codes(login_id)[0]
    return steps.app_code() if kind == "app" else steps.mailed()[-1]


def hours_inside(desk, steps, kind):
    """Who signed in with both, and is there still hours later; and their session."""
    anna = employee(desk, steps, kind)
    at_step = desk.open_session(desk.signs_in())
    entered = steps.gives(at_step, right_code(steps, kind, anna)).session
    for _ in range(12):
        later(desk.clock, minutes=20)
        with desk.tools.transaction() as session:
            found = sessions.find(session, entered.token, now=desk.clock())
            sessions.touch(session, found, now=desk.clock())
    return anna, desk.open_session(entered)


def proves(desk, inside, password=PASSWORD):
    return reauthenticate(desk.tools, inside, password, visit=HOME, now=desk.clock())


def at_code(desk, inside):
    """The session of which the code is due, now that the password was right."""
    outcome = proves(desk, inside)
    assert outcome.kind is OutcomeKind.GO_ON
    assert outcome.session.stage is Stage.CODE_DUE
    return desk.open_session(outcome.session)


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
