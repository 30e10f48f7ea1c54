"""The one gate: every state, every way in."""

from datetime import date, timedelta
from itertools import product

import pytest

from domain.logins.model import Login, LoginState, PasswordKind
from domain.record_cards.model import RecordCard
from domain.sign_in.gate import Verdict, Way, may_authenticate

TODAY, YESTERDAY = date(2026, 11, 20), date(2026, 11, 19)
INACTIVE = (LoginState.NEW, LoginState.SWITCHED_OFF, LoginState.EMPLOYMENT_ENDED)


def asks(now, way=Way.PASSWORD, end_on=None, **login) -> Verdict:
    values = {"state": LoginState.ACTIVE, "password_kind": PasswordKind.OWN} | login
    return may_authenticate(Login(**values), RecordCard(end_on=end_on), way, now=now)


@pytest.mark.parametrize("way", Way)
def test_an_active_login_is_open_whichever_way(now, way):
    assert asks(now, way) is Verdict.OPEN


@pytest.mark.parametrize(("way", "state"), [*product(Way, INACTIVE)])
def test_an_inactive_login_is_closed_whichever_way(now, way, state):
    assert asks(now, way, state=state) is Verdict.INACTIVE


@pytest.mark.parametrize("way", Way)
def test_a_locked_login_is_closed_whichever_way_and_whatever_else_it_is(now, way):
    expired = {
        "password_kind": PasswordKind.INITIAL,
        "initial_password_expires_at": now - timedelta(days=1),
    }
    locked = asks(now, way, end_on=YESTERDAY, state=LoginState.LOCKED, **expired)
    assert locked is Verdict.LOCKED


@pytest.mark.parametrize("way", Way)
def test_who_left_yesterday_is_out_whichever_way(now, way):
    assert asks(now, way, end_on=YESTERDAY) is Verdict.INACTIVE
    assert asks(now, way, end_on=TODAY) is Verdict.OPEN


def test_the_last_day_ends_in_the_netherlands(now):
    # 23:30 there is 22:30 UTC in winter.
    last_minutes = now.replace(hour=22, minute=59, second=59)
    assert asks(last_minutes, end_on=TODAY) is Verdict.OPEN
    assert asks(last_minutes + timedelta(seconds=1), end_on=TODAY) is Verdict.INACTIVE


def test_who_was_activated_after_leaving_stays_until_the_end_date_changes(now):
    assert asks(now, end_on=YESTERDAY, closed_for_end_on=YESTERDAY) is Verdict.OPEN
    other = date(2026, 11, 18)
    assert asks(now, end_on=other, closed_for_end_on=YESTERDAY) is Verdict.INACTIVE


@pytest.mark.parametrize("way", [Way.PASSWORD, Way.CODE, Way.SESSION])
def test_an_expired_initial_password_opens_nothing(now, way):
    expires = {"password_kind": PasswordKind.INITIAL}
    at, after = now, now + timedelta(seconds=1)
    assert asks(now, way, initial_password_expires_at=at, **expires) is Verdict.EXPIRED
    assert asks(now, way, initial_password_expires_at=after, **expires) is Verdict.OPEN


@pytest.mark.parametrize("way", [Way.LINK, Way.SLACK])
def test_who_lost_an_initial_password_may_ask_for_a_link(now, way):
    expired = {
        "password_kind": PasswordKind.INITIAL,
        "initial_password_expires_at": now,
    }
    assert asks(now, way, **expired) is Verdict.OPEN


def test_ones_own_password_does_not_expire(now):
    assert asks(now, initial_password_expires_at=now) is Verdict.OPEN
