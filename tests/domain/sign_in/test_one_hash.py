"""Exactly one hash for every answer on a password, and none while there is a pause."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from domain.database import Database
from domain.logins.model import LoginState, PasswordKind, SecondFactor
from domain.sign_in.sign_in import OutcomeKind, sign_in, verify_current_password
from tests.domain.office import day
from tests.domain.sign_in.people import HOME, INITIAL, NAME, NOBODY, PASSWORD, later

WEEK = timedelta(days=7)
LOGINS = {
    "active": {},
    "locked": {"state": LoginState.LOCKED},
    "new": {"state": LoginState.NEW},
    "switched off": {"state": LoginState.SWITCHED_OFF},
    "closed": {"state": LoginState.EMPLOYMENT_ENDED},
    "left yesterday": {"card": {"end_on": day("2026-11-19")}},
    "never had a password": {"password_kind": PasswordKind.NONE, "password_hash": None},
    "broken hash": {"password_hash": "hers"},
    "asks a code": {"second_factor": SecondFactor.MAIL},
}


@pytest.mark.parametrize("typed", [PASSWORD, "fout", "", "x" * 5000, "\ud800"])
@pytest.mark.parametrize("login", LOGINS)
def test_each_answer_for_a_login_costs_one_hash(desk, login, typed):
    desk.add_employee(**LOGINS[login])
    before = desk.tools.hashing.count
    outcome = desk.tries(typed)
    assert outcome.kind is not OutcomeKind.PAUSED
    assert desk.tools.hashing.count == before + 1


@pytest.mark.parametrize("typed", [PASSWORD, "fout", "", "x" * 5000])
@pytest.mark.parametrize("name", [NOBODY, "", "geen adres", "x" * 5000])
def test_each_answer_for_a_name_that_nobody_has_costs_one_hash(desk, name, typed):
    desk.tries(typed, name)
    assert (desk.tools.hashing.count, desk.tools.hashing.checked) == (1, 0)


@pytest.mark.parametrize("life", [WEEK, -WEEK])
@pytest.mark.parametrize("typed", [INITIAL, PASSWORD, "KQ7M3XWEHJ4N8BCD"])
def test_each_answer_for_an_initial_password_costs_one_hash(desk, typed, life):
    desk.add_newcomer(life=life)
    desk.tries(typed)
    assert desk.tools.hashing.count == 1


@pytest.mark.parametrize("name", [NAME, NOBODY])
def test_an_attempt_beyond_the_last_costs_one_hash_too(desk, name):
    desk.add_employee()
    desk.fails(10, name)
    later(desk.clock, minutes=20)
    before = desk.tools.hashing.count
    assert desk.tries("fout 11", name).kind is OutcomeKind.REFUSED
    assert desk.tools.hashing.count == before + 1


@pytest.mark.parametrize("name", [NAME, NOBODY])
def test_a_pause_costs_no_hash_for_any_name(desk, name):
    desk.add_employee()
    desk.fails(3, name)
    before = desk.tools.hashing.count
    for typed in (PASSWORD, "fout 1", "fout 4"):
        assert desk.tries(typed, name).kind is OutcomeKind.PAUSED
    assert desk.tools.hashing.count == before


def test_confirming_costs_one_hash(desk):
    login = desk.add_employee()
    verify_current_password(desk.tools, login, PASSWORD, visit=HOME, now=desk.clock())
    assert desk.tools.hashing.count == 1


def test_without_its_database_nothing_is_hashed(desk, database_url):
    gone = Database(database_url.replace("office", "empty"))
    tools = replace(desk.tools, transaction=gone.transaction)
    with pytest.raises(OperationalError):
        sign_in(tools, NAME, PASSWORD, visit=HOME, now=desk.clock())
    assert desk.tools.hashing.count == 0
    gone.close()
