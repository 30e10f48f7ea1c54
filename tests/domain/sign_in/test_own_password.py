from dataclasses import replace
from datetime import timedelta

import pytest

from domain.audit import AuditAct
from domain.errors import HashingBusyError
from domain.letters.kinds import LetterKind
from domain.logins.model import LoginState, PasswordKind
from domain.secret import Secret
from domain.sign_in import own_password, sessions
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.model import PortalSession, Stage
from domain.sign_in.own_password import ChangeKind
from domain.sign_in.password_rules import Weakness
from domain.sign_in.sessions import SessionGoneError
from domain.sign_in.sign_in import OutcomeKind
from tests.domain.sign_in.people import ELSEWHERE, HOME, INITIAL, PASSWORD, later
from tests.domain.sign_in.recovering import (
    ANOTHER,
    NEW,
    letters,
    look,
    together,
    token,
)


def choose(desk, new_session, new=NEW, tools=None):
    return own_password.choose_password(
        tools or desk.tools,
        desk.open_session(new_session),
        new,
        visit=HOME,
        now=desk.clock(),
    )


def change(desk, new_session, current=PASSWORD, new=NEW, tools=None):
    return own_password.change_password(
        tools or desk.tools,
        desk.open_session(new_session),
        current,
        new,
        visit=HOME,
        now=desk.clock(),
    )


def test_choosing_a_password_brings_a_newcomer_fully_in(desk):
    login_id = desk.add_newcomer()
    first = desk.signs_in(password=INITIAL)
    assert first.stage is Stage.CHANGE_DUE
    outcome = choose(desk, first)
    assert outcome.judgement.is_good
    assert outcome.session.stage is Stage.IN
    assert outcome.session.token != first.token
    assert desk.is_in(outcome.session)
    assert not desk.is_in(first)
    login = desk.office.login(login_id)
    assert login.password_kind is PasswordKind.OWN
    assert login.initial_password_expires_at is None
    assert login.credential_version == 2
    assert login.sign_in_count == 1
    assert login.last_sign_in_at == desk.clock()


def test_the_initial_password_is_worth_nothing_once_another_is_chosen(desk):
    desk.add_newcomer()
    choose(desk, desk.signs_in(password=INITIAL))
    assert desk.tries(INITIAL).kind is OutcomeKind.REFUSED
    later(desk.clock, minutes=1)
    assert desk.signs_in(password=NEW).stage is Stage.IN


def test_choosing_a_password_is_in_the_log_and_told_by_letter(desk):
    login_id = desk.add_newcomer()
    choose(desk, desk.signs_in(password=INITIAL))
    (event,) = desk.office.events(AuditAct.PASSWORD_CHOSEN)
    assert (event.login_id, event.details) == (login_id, {"by": "password"})
    assert len(letters(desk, LetterKind.PASSWORD_CHANGED)) == 1


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("te kort", Weakness.TOO_SHORT),
        ("x" * 300, Weakness.TOO_LONG),
        ("Wachtwoord2026!", Weakness.COMMON),
        ("Utrecht-2026-Utrecht", Weakness.OWN_WORDS),
        ("Jansen2026Jansen", Weakness.OWN_WORDS),
        ("korenaar-korenaar", Weakness.OWN_WORDS),
        ("bezorger-2026-bezorger", Weakness.OWN_WORDS),
        (INITIAL.reveal(), Weakness.INITIAL),
        (INITIAL.reveal().upper().replace("-", " "), Weakness.INITIAL),
        (f"\ufeff{INITIAL.reveal().replace('-', '')}\u200b", Weakness.INITIAL),
    ],
)
def test_a_bad_choice_changes_nothing_and_is_told_why(desk, new, problem):
    login_id = desk.add_newcomer(card={"job_title": "Bezorger"})
    first = desk.signs_in(password=INITIAL)
    tools = replace(desk.tools, company="Bakkerij De Korenaar")
    outcome = choose(desk, first, Secret(new), tools)
    assert outcome.judgement.problems == (problem,)
    assert outcome.session is None
    assert desk.is_in(first)
    assert desk.office.login(login_id).credential_version == 1
    assert choose(desk, first).session is not None


@pytest.mark.parametrize(
    "new",
    ["\ud800 halve tekens zijn ook iets", "\0 nul is ook een teken", "🦊" * 9 + "🐻🐼"],
    ids=ascii,
)
def test_whatever_can_be_typed_can_be_chosen_and_signs_in(desk, new):
    desk.add_newcomer()
    first = desk.signs_in(password=INITIAL)
    outcome = choose(desk, first, Secret(new + "🐭🐹🐰x"))
    assert outcome.session is not None
    desk.signs_in(password=Secret(new + "🐭🐹🐰x"))
    assert change(desk, outcome.session, Secret(new + "🐭🐹🐰x")).kind == "done"


def test_other_browsers_are_signed_out_by_a_choice_and_links_die(desk):
    desk.add_newcomer()
    text = token(desk)
    there = desk.signs_in(password=INITIAL, visit=ELSEWHERE)
    here = choose(desk, desk.signs_in(password=INITIAL)).session
    assert not desk.is_in(there)
    assert desk.is_in(here)
    assert desk.number_of(PortalSession) == 1
    assert look(desk, text) is None


def test_of_ten_choices_at_once_one_is_made(desk):
    desk.add_newcomer()
    first = desk.signs_in(password=INITIAL)
    opened = desk.open_session(first)

    def one(number):
        new = Secret(f"zwaluwen boven dijk {number}")
        try:
            return own_password.choose_password(
                desk.tools, opened, new, visit=HOME, now=desk.clock()
            )
        except SessionGoneError:
            return None

    made = [outcome for outcome in together(10, one) if outcome]
    assert len(made) == 1
    assert desk.is_in(made[0].session)
    assert len(desk.office.events(AuditAct.PASSWORD_CHOSEN)) == 1


@pytest.mark.parametrize("state", [LoginState.LOCKED, LoginState.SWITCHED_OFF])
def test_nobody_chooses_for_a_login_that_was_closed_meanwhile(desk, state):
    login_id = desk.add_newcomer()
    opened = desk.open_session(desk.signs_in(password=INITIAL))
    desk.change(login_id, state=state)
    with pytest.raises(SessionGoneError):
        own_password.choose_password(
            desk.tools, opened, NEW, visit=HOME, now=desk.clock()
        )
    assert desk.office.login(login_id).password_kind is PasswordKind.INITIAL


def test_an_initial_password_that_expires_meanwhile_opens_nothing(desk):
    desk.add_newcomer(life=timedelta(minutes=5))
    opened = desk.open_session(desk.signs_in(password=INITIAL))
    now = later(desk.clock, minutes=5)
    with pytest.raises(SessionGoneError):
        own_password.choose_password(desk.tools, opened, NEW, visit=HOME, now=now)


def test_a_session_of_before_another_change_hashes_nothing(desk):
    login_id = desk.add_newcomer()
    opened = desk.open_session(desk.signs_in(password=INITIAL))
    desk.change(login_id, credential_version=2)
    before = desk.tools.hashing.count
    with pytest.raises(SessionGoneError):
        own_password.choose_password(
            desk.tools, opened, NEW, visit=HOME, now=desk.clock()
        )
    assert desk.tools.hashing.count == before


def test_a_change_while_the_choice_is_hashed_wins(desk):
    login_id = desk.add_newcomer()
    first = desk.signs_in(password=INITIAL)

    class Meddled(HashingSlots):
        def hash(self, password):
            desk.change(login_id, credential_version=2)
            return super().hash(password)

    tools = replace(desk.tools, hashing=Meddled(patience=timedelta(minutes=5)))
    with pytest.raises(SessionGoneError):
        choose(desk, first, tools=tools)
    assert desk.office.login(login_id).password_kind is PasswordKind.INITIAL
    assert letters(desk) == []


def test_a_session_that_signs_out_meanwhile_chooses_nothing(desk):
    login_id = desk.add_newcomer()
    first = desk.signs_in(password=INITIAL)
    opened = desk.open_session(first)
    with desk.tools.transaction() as session:
        sessions.end(session, first.token)
    with pytest.raises(SessionGoneError):
        own_password.choose_password(
            desk.tools, opened, NEW, visit=HOME, now=desk.clock()
        )
    assert desk.office.login(login_id).password_kind is PasswordKind.INITIAL


def test_each_step_opens_only_its_own_form(desk):
    desk.add_newcomer()
    first = desk.signs_in(password=INITIAL)
    with pytest.raises(SessionGoneError):
        change(desk, first, INITIAL)
    entered = choose(desk, first).session
    with pytest.raises(SessionGoneError):
        choose(desk, entered, ANOTHER)


def test_busy_cores_change_nothing(desk):
    desk.add_newcomer()
    first = desk.signs_in(password=INITIAL)
    busy = HashingSlots(1, patience=timedelta(0))
    tools = replace(desk.tools, hashing=busy)
    with busy._slot(), pytest.raises(HashingBusyError):
        choose(desk, first, tools=tools)
    assert choose(desk, first).session is not None


def test_changing_the_password_keeps_this_browser_in_and_no_other(desk):
    login_id = desk.add_employee()
    there = desk.signs_in(visit=ELSEWHERE)
    here = desk.signs_in()
    later(desk.clock, minutes=10)
    outcome = change(desk, here)
    assert outcome.kind is ChangeKind.DONE
    assert outcome.session.token != here.token
    assert desk.is_in(outcome.session)
    assert not desk.is_in(here)
    assert not desk.is_in(there)
    opened = desk.open_session(outcome.session)
    assert opened.authenticated_at == desk.clock()
    assert desk.office.login(login_id).sign_in_count == 2
    assert desk.tries(PASSWORD).kind is OutcomeKind.REFUSED
    later(desk.clock, minutes=1)
    desk.signs_in(password=NEW)


def test_a_wrong_current_password_is_counted_as_at_signing_in(desk):
    desk.add_employee()
    here = desk.signs_in()
    for number in range(2):
        assert change(desk, here, Secret(f"fout {number}")).kind is (
            ChangeKind.WRONG_PASSWORD
        )
    assert change(desk, here, Secret("fout 3")).kind is ChangeKind.WRONG_PASSWORD
    paused = change(desk, here, Secret("fout 4"))
    assert paused.kind is ChangeKind.PAUSED
    assert paused.retry_after > timedelta(0)
    assert letters(desk, LetterKind.PASSWORD_CHANGED) == []


def test_the_tenth_wrong_current_password_locks_the_login(unpaused_desk):
    desk = unpaused_desk
    login_id = desk.add_employee()
    here = desk.signs_in()
    for number in range(10):
        change(desk, here, Secret(f"fout {number}"))
    assert desk.state(login_id) is LoginState.LOCKED
    assert not desk.is_in(here)


@pytest.mark.parametrize("current", [PASSWORD, Secret("iets heel anders")])
def test_the_same_password_again_is_refused_without_asking_whether_it_is_right(
    desk, current
):
    desk.add_employee()
    here = desk.signs_in()
    before = desk.tools.hashing.count
    again = Secret(f" {current.reveal()}\u200b")
    outcome = change(desk, here, current, again)
    assert outcome.kind is ChangeKind.BAD_PASSWORD
    assert Weakness.CURRENT in outcome.judgement.problems
    assert desk.tools.hashing.count == before


def test_a_bad_new_password_costs_no_attempt_with_the_current_one(desk):
    desk.add_employee()
    here = desk.signs_in()
    for _ in range(20):
        outcome = change(desk, here, Secret("fout"), Secret("kort"))
        assert outcome.kind is ChangeKind.BAD_PASSWORD
    assert change(desk, here).kind is ChangeKind.DONE


def test_changing_a_password_is_in_the_log_and_told_by_letter(desk):
    login_id = desk.add_employee()
    text = token(desk)
    change(desk, desk.signs_in())
    (event,) = desk.office.events(AuditAct.PASSWORD_CHOSEN)
    assert (event.login_id, event.details) == (login_id, {"by": "session"})
    assert len(letters(desk, LetterKind.PASSWORD_CHANGED)) == 1
    assert look(desk, text) is None


def test_a_login_that_is_switched_off_while_it_proves_itself_changes_nothing(desk):
    login_id = desk.add_employee()
    here = desk.signs_in()

    class Meddled(HashingSlots):
        def verify(self, password, password_hash, *, is_initial=False):
            desk.change(login_id, state=LoginState.SWITCHED_OFF)
            return super().verify(password, password_hash, is_initial=is_initial)

    tools = replace(desk.tools, hashing=Meddled(patience=timedelta(minutes=5)))
    with pytest.raises(SessionGoneError):
        change(desk, here, tools=tools)
    assert desk.office.login(login_id).credential_version == 1


def test_of_ten_changes_at_once_one_is_made(unpaused_desk):
    desk = unpaused_desk
    desk.add_employee()
    opened = desk.open_session(desk.signs_in())

    def one(number):
        new = Secret(f"zwaluwen boven dijk {number}")
        try:
            return own_password.change_password(
                desk.tools, opened, PASSWORD, new, visit=HOME, now=desk.clock()
            )
        except SessionGoneError:
            return None

    outcomes = [one for one in together(10, one) if one]
    made = [outcome for outcome in outcomes if outcome.kind is ChangeKind.DONE]
    assert len(made) == 1
    assert desk.is_in(made[0].session)
    assert len(desk.office.events(AuditAct.PASSWORD_CHOSEN)) == 1
