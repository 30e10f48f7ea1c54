import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.audit import AuditAct
from domain.errors import NotFoundError
from domain.logins import resets
from domain.logins.model import LoginState, PasswordKind, ShownPassword
from domain.logins.passwords import canonical_initial_form
from domain.logins.resets import LoginChangedMeanwhileError
from tests.passwords import matches


@pytest.fixture
def prepare(office, keyring, clock):
    def prepares(login_id, actor=None):
        return resets.prepare_shown_password(
            office.database.transaction,
            login_id,
            keyring=keyring,
            actor=actor or office.bram,
            now=clock(),
        )

    return prepares


@pytest.fixture
def apply(office, clock):
    def applies(prepared, actor=None):
        resets.apply_shown_password(
            office.database.transaction,
            prepared,
            actor=actor or office.bram,
            now=clock(),
        )

    return applies


def test_the_old_password_is_valid_until_the_new_one_is_applied(
    office, prepare, apply, clock
):
    login_id = office.add_login(password_kind=PasswordKind.OWN, password_hash="own")
    prepared = prepare(login_id)
    assert office.login(login_id).password_hash == "own"
    apply(prepared)
    login = office.login(login_id)
    assert matches(login.password_hash, canonical_initial_form(prepared.password))
    assert login.password_kind is PasswordKind.INITIAL
    assert login.credential_version == 2
    assert login.initial_password_expires_at == clock() + timedelta(days=7)


def test_a_password_that_was_shown_before_a_crash_is_shown_again(
    office, prepare, apply
):
    login_id = office.add_login()
    first = prepare(login_id)
    second = prepare(login_id)
    assert first.password == second.password
    apply(second)
    login = office.login(login_id)
    assert matches(login.password_hash, canonical_initial_form(first.password))


def test_two_who_press_at_once_see_the_same_password(office, prepare, apply):
    login_id = office.add_login()
    gate, seen = threading.Barrier(2), []

    def presses():
        gate.wait()
        seen.append(prepare(login_id))

    threads = [threading.Thread(target=presses) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen[0].password == seen[1].password
    apply(seen[0])
    apply(seen[1])
    assert len(office.events(AuditAct.PASSWORD_SHOWN)) == 1


def test_after_it_is_applied_pressing_again_makes_another(office, prepare, apply):
    login_id = office.add_login()
    first = prepare(login_id)
    apply(first)
    assert prepare(login_id).password != first.password


def test_a_login_that_changed_meanwhile_keeps_what_it_has(office, prepare, apply):
    login_id = office.add_login()
    prepared = prepare(login_id)
    with office.database.transaction() as session:
        session.get_one(type(office.login(login_id)), login_id).credential_version += 1
    with pytest.raises(LoginChangedMeanwhileError):
        apply(prepared)
    assert office.login(login_id).password_kind is PasswordKind.NONE


def test_a_prepared_password_is_not_shown_an_hour_later(office, prepare, clock):
    login_id = office.add_login()
    first = prepare(login_id)
    clock.forward(timedelta(hours=1))
    assert prepare(login_id).password != first.password


def test_what_was_never_applied_is_wiped_after_an_hour(office, prepare, clock):
    prepare(office.add_login())
    clock.forward(timedelta(hours=1))
    with office.database.transaction() as session:
        resets.forget_unapplied(session, now=clock())
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ShownPassword)) == 0


def test_a_lock_stays_a_lock(office, prepare, apply):
    login_id = office.add_login(LoginState.LOCKED)
    apply(prepare(login_id))
    assert office.login(login_id).state is LoginState.LOCKED


def test_a_login_of_another_branch_is_not_found(office, prepare, apply):
    login_id = office.add_login(card={"branch_id": office.amsterdam})
    with pytest.raises(NotFoundError):
        prepare(login_id)
    prepared = prepare(login_id, actor=office.hanna)
    with pytest.raises(NotFoundError):
        apply(prepared)
