"""Signing in with user name and password, one at a time."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from domain.audit import AuditAct
from domain.errors import HashingBusyError
from domain.logins.model import LoginState, PasswordKind, SecondFactor
from domain.logins.passwords import meets_floor
from domain.secret import Secret
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.model import (
    AttemptCounter,
    AttemptOutcome,
    CountedBy,
    OneTimeCode,
    PasswordAttempt,
    PortalSession,
    Stage,
)
from domain.sign_in.reauthentication import reauthenticate
from domain.sign_in.sign_in import (
    OutcomeKind,
    sign_in,
    verify_current_password,
)
from domain.sign_in.tools import SignInTools
from tests.domain.office import day
from tests.domain.sign_in.people import HOME, INITIAL, NAME, NOBODY, PASSWORD, later
from tests.passwords import matches


def test_the_right_password_opens_a_session_that_is_in(desk):
    login = desk.add_employee()
    new = desk.signs_in()
    assert new.stage is Stage.IN
    assert desk.open_session(new).login_id == login
    assert desk.office.login(login).sign_in_count == 1
    assert desk.office.login(login).last_sign_in_at == desk.clock()


def test_a_completed_sign_in_is_in_the_log_without_an_address(desk):
    desk.add_employee()
    desk.signs_in()
    [event] = desk.office.events(AuditAct.SIGNED_IN)
    assert HOME.address not in str(vars(event))
    assert event.details == {"after": "password"}


def test_wrong_unknown_and_locked_are_told_the_same(desk):
    desk.add_employee()
    desk.add_employee("vast@example.nl", LoginState.LOCKED)
    outcomes = [
        desk.tries("fout"),
        desk.tries(PASSWORD, NOBODY),
        desk.tries(PASSWORD, "vast@example.nl"),
    ]
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.REFUSED] * 3
    assert len(set(map(repr, outcomes))) == 1


@pytest.mark.parametrize(
    "state",
    [LoginState.NEW, LoginState.SWITCHED_OFF, LoginState.EMPLOYMENT_ENDED],
)
def test_inactive_is_told_after_a_right_password_only(desk, state):
    desk.add_employee(state=state)
    assert desk.tries("fout").kind is OutcomeKind.REFUSED
    assert desk.tries(PASSWORD).kind is OutcomeKind.INACTIVE
    assert desk.number_of(PortalSession) == 0


def test_who_left_yesterday_is_out_before_the_schedule_comes_by(desk):
    login = desk.add_employee(card={"end_on": day("2026-11-19")})
    assert desk.tries(PASSWORD).kind is OutcomeKind.INACTIVE
    assert desk.state(login) is LoginState.ACTIVE


def test_who_leaves_today_still_signs_in(desk):
    desk.add_employee(card={"end_on": day("2026-11-20")})
    desk.signs_in()


def test_who_left_and_was_activated_again_signs_in(desk):
    left = day("2026-11-01")
    desk.add_employee(card={"end_on": left}, closed_for_end_on=left)
    desk.signs_in()


def test_a_refusal_that_means_something_is_in_the_log(desk):
    login = desk.add_employee(state=LoginState.SWITCHED_OFF)
    desk.tries("fout")
    desk.tries(PASSWORD)
    desk.tries(PASSWORD)
    desk.tries(PASSWORD, NOBODY)
    [event] = desk.office.events(AuditAct.SIGN_IN_REFUSED)
    assert (event.login_id, event.details) == (login, {"why": "inactive"})


def test_the_third_failure_in_a_row_is_in_the_log_once(desk):
    desk.add_employee()
    desk.fails(5)
    desk.fails(5, NOBODY)
    [event] = desk.office.events(AuditAct.SIGN_IN_REFUSED)
    assert event.details == {"why": "wrong_passwords"}


def test_an_initial_password_opens_only_the_page_of_a_new_one(desk):
    login = desk.add_newcomer()
    new = desk.signs_in(password=INITIAL)
    assert new.stage is Stage.CHANGE_DUE
    assert new.device is None
    assert desk.office.login(login).sign_in_count == 0
    assert desk.office.events(AuditAct.SIGNED_IN) == []


@pytest.mark.parametrize(
    "typed", ["KQ7M3XWEHJ4N8BCD", " kq7m-3xwe hj4n\u20118bcd\ufeff"]
)
def test_an_initial_password_is_typed_as_one_reads_it(desk, typed):
    desk.add_newcomer()
    assert desk.signs_in(password=Secret(typed)).stage is Stage.CHANGE_DUE


def test_an_initial_password_works_again_until_it_is_replaced(desk):
    desk.add_newcomer()
    assert desk.signs_in(password=INITIAL).stage is Stage.CHANGE_DUE
    assert desk.signs_in(password=INITIAL).stage is Stage.CHANGE_DUE


def test_an_initial_password_expires_on_its_second(desk):
    desk.add_newcomer(life=timedelta(days=7))
    later(desk.clock, days=7, seconds=-1)
    desk.signs_in(password=INITIAL)
    later(desk.clock, seconds=1)
    assert desk.tries(INITIAL).kind is OutcomeKind.EXPIRED
    assert desk.tries("fout").kind is OutcomeKind.REFUSED


def test_a_login_without_a_password_refuses_every_password(desk):
    desk.add_employee(password_kind=PasswordKind.NONE, password_hash=None)
    assert desk.tries("").kind is OutcomeKind.REFUSED
    assert desk.tries(PASSWORD).kind is OutcomeKind.REFUSED


def test_pasted_blanks_and_invisible_characters_cost_nobody_an_attempt(desk):
    desk.add_employee()
    desk.signs_in(password=Secret(f"\u200b {PASSWORD.reveal()}\u00a0\ufeff"))
    assert desk.counted(CountedBy.NETWORK) == [0]
    assert desk.counted(CountedBy.LOGIN) == []


@pytest.mark.parametrize(
    "spelling",
    [
        "ANNA@Example.NL",
        "  anna@example.nl\u200b",
        "ａｎｎａ@example.nl",
        "anna@example.nl\n",
    ],
)
def test_every_spelling_of_a_name_is_that_name(desk, spelling):
    desk.add_employee()
    desk.signs_in(spelling)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "\x00",
        "\ud800",
        "a" * 100_000,
        "anna@example.nl\x00",
        "'; --",
        "é@é",
        "%",
        "😀",
    ],
)
@pytest.mark.parametrize("password", ["", "\x00", "\ud800x", "x" * 100_000])
def test_whatever_is_typed_is_refused(desk, name, password):
    assert desk.tries(password, name).kind is OutcomeKind.REFUSED


@pytest.mark.parametrize(
    "address", ["", "a", "1.1.1.1, 2.2.2.2", "\x00", "\ud800" * 80]
)
def test_an_address_that_cannot_be_read_is_counted_all_the_same(desk, address):
    desk.add_employee()
    visit = type(HOME)(address, Secret("\ud800\x00"))
    assert desk.tries("fout", visit=visit).kind is OutcomeKind.REFUSED
    assert desk.attempts()[0].network == "unreadable"


def test_a_weak_hash_is_renewed_at_the_first_right_password(desk):
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
    login = desk.add_employee(password_hash=weak.hash(PASSWORD.reveal()))
    desk.tries("fout")
    assert not meets_floor(desk.office.login(login).password_hash)
    desk.signs_in()
    renewed = desk.office.login(login).password_hash
    assert meets_floor(renewed)
    assert matches(renewed, PASSWORD)
    desk.signs_in()


def test_a_weak_hash_of_an_initial_password_keeps_its_form(desk):
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
    desk.add_newcomer(password_hash=weak.hash("kq7m3xwehj4n8bcd"))
    desk.signs_in(password=INITIAL)
    desk.signs_in(password=Secret("KQ7M-3XWE-HJ4N-8BCD"))


def test_a_second_factor_by_mail_comes_before_everything_else(desk):
    login = desk.add_newcomer(second_factor=SecondFactor.MAIL)
    new = desk.signs_in(password=INITIAL)
    assert new.stage is Stage.CODE_DUE
    assert desk.number_of(OneTimeCode) == 1
    assert desk.office.login(login).sign_in_count == 0


def test_an_app_is_asked_without_a_letter(desk):
    desk.add_employee(second_factor=SecondFactor.APP)
    assert desk.signs_in().stage is Stage.CODE_DUE
    assert desk.number_of(OneTimeCode) == 0


def test_no_slot_for_a_hash_counts_nothing(desk):
    desk.add_employee()
    full = HashingSlots(1, patience=timedelta())
    tools = SignInTools(desk.office.database.transaction, desk.tools.keyring, full)
    for password in (Secret("fout"), PASSWORD):
        with full._slot(), pytest.raises(HashingBusyError):
            sign_in(tools, NAME, password, visit=HOME, now=desk.clock())
    assert desk.number_of(PasswordAttempt) == 0
    with desk.office.database.reading() as session:
        assert {row.count for row in session.query(AttemptCounter)} == {0}


def test_a_password_that_was_replaced_while_it_was_hashed_is_refused(desk):
    login = desk.add_employee()

    class Replacing(HashingSlots):
        def verify(self, password, password_hash, *, is_initial=False):
            is_right = super().verify(password, password_hash, is_initial=is_initial)
            desk.change(login, credential_version=2)
            return is_right

    tools = SignInTools(
        desk.office.database.transaction, desk.tools.keyring, Replacing()
    )
    outcome = sign_in(tools, NAME, PASSWORD, visit=HOME, now=desk.clock())
    assert outcome.kind is OutcomeKind.REFUSED
    assert desk.number_of(PortalSession) == 0


def test_a_login_locked_while_its_password_was_hashed_is_refused(desk):
    login = desk.add_employee()

    class Locking(HashingSlots):
        def verify(self, password, password_hash, *, is_initial=False):
            is_right = super().verify(password, password_hash, is_initial=is_initial)
            desk.change(login, state=LoginState.LOCKED, credential_version=2)
            return is_right

    tools = SignInTools(desk.office.database.transaction, desk.tools.keyring, Locking())
    outcome = sign_in(tools, NAME, PASSWORD, visit=HOME, now=desk.clock())
    assert outcome.kind is OutcomeKind.REFUSED
    assert desk.outcomes() == [AttemptOutcome.REFUSED]


def test_the_current_password_is_counted_as_a_sign_in_is(desk):
    login = desk.add_employee()
    for number in range(3):
        outcome = verify_current_password(
            desk.tools, login, Secret(f"fout {number}"), visit=HOME, now=desk.clock()
        )
        assert outcome.kind is OutcomeKind.REFUSED
    assert desk.tries(PASSWORD).kind is OutcomeKind.PAUSED
    paused = verify_current_password(
        desk.tools, login, PASSWORD, visit=HOME, now=desk.clock()
    )
    assert paused.kind is OutcomeKind.PAUSED


def test_the_current_password_begins_no_session(desk):
    login = desk.add_employee()
    outcome = verify_current_password(
        desk.tools, login, PASSWORD, visit=HOME, now=desk.clock()
    )
    assert (outcome.kind, outcome.session) == (OutcomeKind.GO_ON, None)
    assert desk.number_of(PortalSession) == 0
    assert desk.office.login(login).sign_in_count == 0


def test_confirming_gives_the_session_a_new_id_and_a_fresh_hour(desk):
    desk.add_employee()
    new = desk.signs_in()
    now = later(desk.clock, minutes=10)
    old = desk.open_session(new)
    outcome = reauthenticate(desk.tools, old, PASSWORD, visit=HOME, now=now)
    assert outcome.session is not None
    assert not desk.is_in(new)
    assert desk.open_session(outcome.session).authenticated_at == now
    assert desk.open_session(outcome.session).started_at == old.started_at


def test_a_wrong_confirmation_leaves_the_session_as_it_is(desk):
    desk.add_employee()
    new = desk.signs_in()
    wrong = reauthenticate(
        desk.tools,
        desk.open_session(new),
        Secret("fout"),
        visit=HOME,
        now=desk.clock(),
    )
    assert wrong.kind is OutcomeKind.REFUSED
    assert desk.is_in(new)
