"""Changing one's own factor is for who is in and gave the password just now."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.logins.model import Login, LoginState, SecondFactor
from domain.sign_in.app_enrolment import (
    new_recovery_codes,
)
from domain.sign_in.factors import turn_off, turn_on_mail
from domain.sign_in.model import PortalSession, Stage
from domain.sign_in.own_factor import ReauthenticationDueError
from domain.sign_in.sessions import SessionGoneError
from tests.domain.sign_in.codes.choosing import begin, confirm

MINUTE = timedelta(minutes=1)
APP = SecondFactor.APP


CHANGES = {
    "begin an app": begin,
    "confirm an app": lambda steps, inside: confirm(steps, inside, "123456"),
    "new recovery codes": lambda steps, inside: new_recovery_codes(
        steps.tools, inside, now=steps.now
    ),
    "turn on mail": lambda steps, inside: turn_on_mail(
        steps.tools, inside, now=steps.now
    ),
    "turn off": lambda steps, inside: turn_off(steps.tools, inside, now=steps.now),
}
each_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


@each_change
def test_nothing_changes_when_the_password_was_given_over_5_minutes_ago(steps, change):
    jan = steps.employee(APP)
    inside = steps.signed_in(jan)
    steps.clock.forward(5 * MINUTE + timedelta(seconds=1))
    before = steps.dump()
    with pytest.raises(ReauthenticationDueError):
        change(steps, inside)
    assert steps.dump() == before


@each_change
def test_the_proof_is_read_in_the_database_and_not_from_who_asks(steps, change):
    inside = steps.signed_in(steps.employee(APP))
    steps.clock.forward(6 * MINUTE)
    with pytest.raises(ReauthenticationDueError):
        change(steps, replace(inside, authenticated_at=steps.now))


@each_change
@pytest.mark.parametrize("stage", [Stage.CODE_DUE, Stage.CHANGE_DUE])
def test_nothing_changes_for_who_is_not_fully_in(steps, change, stage):
    inside = steps.signed_in(steps.employee(APP))
    with steps.database.transaction() as session:
        session.execute(update(PortalSession).values(stage=stage))
    with pytest.raises(SessionGoneError):
        change(steps, inside)


@each_change
@pytest.mark.parametrize(
    "values", [{"credential_version": 2}, {"state": LoginState.LOCKED}], ids=str
)
def test_nothing_changes_after_a_lock_or_a_new_password(steps, change, values):
    jan = steps.employee(APP)
    inside = steps.signed_in(jan)
    with steps.database.transaction() as session:
        for name, value in values.items():
            setattr(session.get_one(Login, jan), name, value)
    with pytest.raises(SessionGoneError):
        change(steps, inside)


@each_change
def test_nothing_changes_in_a_session_that_was_idle_for_half_an_hour(steps, change):
    inside = steps.signed_in(steps.employee(APP))
    steps.clock.forward(30 * MINUTE)
    with pytest.raises(SessionGoneError):
        change(steps, inside)


@each_change
def test_nothing_changes_in_a_session_that_began_12_hours_ago(steps, change):
    inside = steps.signed_in(steps.employee(APP))
    begun = {"started_at": steps.now - timedelta(hours=12)}
    with steps.database.transaction() as session:
        session.execute(update(PortalSession).values(begun))
    with pytest.raises(SessionGoneError):
        change(steps, inside)
