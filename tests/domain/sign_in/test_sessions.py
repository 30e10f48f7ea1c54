"""Sessions: begun, found, brought a step further, ended."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.audit import AuditAct
from domain.database import Database
from domain.logins import activation
from domain.logins.model import LoginState, PasswordKind, SecondFactor
from domain.logins.resets import apply_shown_password, prepare_shown_password
from domain.secret import Secret
from domain.sign_in import sessions
from domain.sign_in.model import PortalSession, Stage
from domain.sign_in.sessions import SessionGoneError
from tests.domain.office import day
from tests.domain.sign_in.people import (
    ELSEWHERE,
    HOME,
    INITIAL,
    hash_of,
    later,
)


def test_a_token_has_256_bits_and_is_kept_as_sha_256_only(desk):
    desk.add_employee()
    token = desk.signs_in().token.reveal()
    assert len(token) == 43
    with desk.office.database.reading() as session:
        [kept] = session.query(PortalSession)
        assert len(kept.token_hash) == 64
        assert token not in str(vars(kept))


@pytest.mark.parametrize("token", ["", "x", "é", "\x00", "\ud800", "x" * 10**6])
def test_a_token_that_is_none_opens_nothing(desk, token):
    desk.add_employee()
    desk.signs_in()
    assert desk.session_of(Secret(token)) is None


def test_no_two_sessions_are_alike(desk):
    desk.add_employee()
    tokens = {desk.signs_in().token.reveal() for _ in range(5)}
    assert len(tokens) == 5


def test_30_idle_minutes_end_a_session(desk):
    desk.add_employee()
    new = desk.signs_in()
    later(desk.clock, minutes=29, seconds=59)
    assert desk.is_in(new)
    later(desk.clock, seconds=1)
    assert not desk.is_in(new)


def test_who_is_there_stays_until_12_hours_are_over(desk):
    desk.add_employee()
    new = desk.signs_in()
    for _ in range(35):
        later(desk.clock, minutes=20)
        _touches(desk, new)
    later(desk.clock, minutes=19, seconds=59)
    assert desk.is_in(new)
    later(desk.clock, seconds=1)
    assert not desk.is_in(new)


def test_being_there_is_written_once_a_minute(desk):
    desk.add_employee()
    new = desk.signs_in()
    began = desk.clock()
    later(desk.clock, seconds=59)
    _touches(desk, new)
    assert desk.open_session(new).last_seen_at == began
    now = later(desk.clock, seconds=1)
    _touches(desk, new)
    assert desk.open_session(new).last_seen_at == now


def test_each_step_has_a_new_id_and_the_old_one_is_dead(desk):
    login = desk.add_newcomer(second_factor=SecondFactor.MAIL)
    code_due = desk.signs_in(password=INITIAL)
    change_due = desk.advances(code_due)
    assert (code_due.stage, change_due.stage) == (Stage.CODE_DUE, Stage.CHANGE_DUE)
    assert not desk.is_in(code_due)
    desk.change(login, password_kind=PasswordKind.OWN)
    entered = desk.advances(change_due)
    assert entered.stage is Stage.IN
    assert not desk.is_in(change_due)
    assert desk.number_of(PortalSession) == 1


def test_a_sign_in_keeps_its_number_and_its_beginning_through_its_ids(desk):
    desk.add_employee(second_factor=SecondFactor.MAIL)
    code_due = desk.signs_in()
    before = desk.open_session(code_due)
    now = later(desk.clock, minutes=5)
    after = desk.open_session(desk.advances(code_due))
    assert after.sign_in_number == before.sign_in_number
    assert after.started_at == before.started_at
    assert after.authenticated_at == now


def test_a_sign_in_counts_when_it_is_complete_and_once(desk):
    login = desk.add_newcomer(second_factor=SecondFactor.MAIL)
    change_due = desk.advances(desk.signs_in(password=INITIAL))
    assert desk.office.login(login).sign_in_count == 0
    desk.change(login, password_kind=PasswordKind.OWN)
    entered = desk.advances(change_due)
    assert desk.office.login(login).sign_in_count == 1
    desk.advances(entered)
    assert desk.office.login(login).sign_in_count == 1
    [event] = desk.office.events(AuditAct.SIGNED_IN)
    assert event.details == {"after": "change_due"}


def test_an_initial_password_never_gets_further_than_its_page(desk):
    desk.add_newcomer()
    change_due = desk.signs_in(password=INITIAL)
    assert desk.advances(change_due).stage is Stage.CHANGE_DUE


def test_of_two_at_once_with_one_id_one_gets_further(desk):
    desk.add_employee(second_factor=SecondFactor.MAIL)
    found = desk.open_session(desk.signs_in())

    def advance(_number: int) -> str:
        try:
            with desk.office.database.transaction() as session:
                sessions.advance(session, found, visit=HOME, now=desk.clock())
        except SessionGoneError:
            return "gone"
        return "further"

    with ThreadPoolExecutor(10) as threads:
        ends = list(threads.map(advance, range(10)))
    assert ends.count("further") == 1
    assert desk.number_of(PortalSession) == 1


def test_a_session_that_is_over_gets_no_further(desk):
    desk.add_employee(second_factor=SecondFactor.MAIL)
    found = desk.open_session(desk.signs_in())
    now = later(desk.clock, minutes=30)
    with pytest.raises(SessionGoneError), desk.office.database.transaction() as session:
        sessions.advance(session, found, visit=HOME, now=now)


def test_a_login_switched_off_since_the_code_came_gets_no_further(desk):
    login = desk.add_employee(second_factor=SecondFactor.MAIL)
    found = desk.open_session(desk.signs_in())
    desk.change(login, state=LoginState.SWITCHED_OFF)
    with pytest.raises(SessionGoneError), desk.office.database.transaction() as session:
        sessions.advance(session, found, visit=HOME, now=desk.clock())


def test_a_raised_version_ends_every_session_but_the_one_that_raised_it(desk):
    login = desk.add_employee()
    here, there = desk.signs_in(), desk.signs_in(visit=ELSEWHERE)
    found = desk.open_session(here)
    desk.change(login, credential_version=2)
    with desk.office.database.transaction() as session:
        mine = replace(found, credential_version=2)
        renewed = sessions.renew(session, mine, now=desk.clock())
    assert desk.is_in(renewed)
    assert not desk.is_in(here)
    assert not desk.is_in(there)


def test_a_version_that_somebody_else_raised_renews_nothing(desk):
    login = desk.add_employee()
    found = desk.open_session(desk.signs_in())
    desk.change(login, credential_version=2)
    with pytest.raises(SessionGoneError), desk.office.database.transaction() as session:
        sessions.renew(session, found, now=desk.clock())


def test_renewing_is_no_new_proof_of_who_it_is(desk):
    desk.add_employee()
    new = desk.signs_in()
    proved = desk.clock()
    now = later(desk.clock, minutes=6)
    with desk.office.database.transaction() as session:
        renewed = sessions.renew(session, desk.open_session(new), now=now)
    assert desk.open_session(renewed).authenticated_at == proved


def test_signing_out_ends_this_browser_only(desk):
    desk.add_employee()
    here, there = desk.signs_in(), desk.signs_in()
    with desk.office.database.transaction() as session:
        sessions.end(session, here.token)
    assert (desk.is_in(here), desk.is_in(there)) == (False, True)


def test_signing_out_everywhere_can_spare_one(desk):
    desk.add_employee()
    desk.add_employee("bert@example.nl")
    bert = desk.signs_in("bert@example.nl")
    here, there = desk.signs_in(), desk.signs_in()
    login = desk.open_session(here).login_id
    with desk.office.database.transaction() as session:
        sessions.end_all(session, login, but=desk.open_session(here).token_hash)
    assert [desk.is_in(one) for one in (here, there, bert)] == [True, False, True]
    with desk.office.database.transaction() as session:
        sessions.end_all(session, login)
    assert [desk.is_in(one) for one in (here, there, bert)] == [False, False, True]


def _deactivated(desk, login):
    with desk.office.database.transaction() as session:
        activation.set_active(
            session,
            login,
            active=False,
            expected_version=desk.office.login(login).credential_version,
            actor=desk.office.hanna,
            now=desk.clock(),
        )


def _reset(desk, login):
    about = {"actor": desk.office.hanna, "now": desk.clock()}
    transaction, keyring = desk.office.database.transaction, desk.tools.keyring
    prepared = prepare_shown_password(transaction, login, keyring=keyring, **about)
    apply_shown_password(transaction, prepared, **about)


def _locked(desk, login):
    desk.fails(10, visit=ELSEWHERE)


def _left(desk, login):
    desk.change_card(login, end_on=day("2026-11-19"))


@pytest.mark.parametrize("ending", [_deactivated, _reset, _locked, _left])
def test_a_session_ends_at_once_on_every_replica_when_it_loses_its_ground(desk, ending):
    login = desk.add_employee()
    new = desk.signs_in()
    later(desk.clock, seconds=1)
    ending(desk, login)
    replica = Database(desk.office.database.url)
    with replica.reading() as session:
        assert sessions.find(session, new.token, now=desk.clock()) is None
    replica.close()


def test_a_session_from_before_a_lock_stays_dead_after_it_is_lifted(desk):
    login = desk.add_employee()
    new = desk.signs_in()
    later(desk.clock, seconds=1)
    desk.fails(10, visit=ELSEWHERE)
    desk.change(login, state=LoginState.ACTIVE)
    assert not desk.is_in(new)


def test_an_initial_password_that_expires_ends_the_page_of_a_new_one(desk):
    desk.add_newcomer(life=timedelta(minutes=10))
    new = desk.signs_in(password=INITIAL)
    later(desk.clock, minutes=10)
    assert not desk.is_in(new)


def test_a_used_and_replaced_initial_password_signs_in_no_more(desk):
    login = desk.add_newcomer()
    desk.signs_in(password=INITIAL)
    own = hash_of(Secret("een ander wachtwoord"))
    desk.change(login, password_kind=PasswordKind.OWN, password_hash=own)
    assert desk.tries(INITIAL).session is None


def test_the_database_holds_no_token_and_no_cookie(desk):
    desk.add_employee()
    new = desk.signs_in()
    canaries = [new.token.reveal(), new.device.reveal(), "vier rode fietsen"]
    tables = ("portal_session", "trusted_device", "password_attempt", "audit_event")
    with desk.office.database.reading() as session:
        kept = "".join(
            str(session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
            for table in tables
        )
    assert not [canary for canary in canaries if canary in kept]


def _touches(desk, new) -> None:
    with desk.office.database.transaction() as session:
        sessions.touch(session, desk.open_session(new), now=desk.clock())
