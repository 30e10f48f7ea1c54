from datetime import timedelta

import pytest

from domain.actor import SCHEDULE
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.logins.model import LoginId, LoginState
from domain.logins.provisioning import StaleLoginError
from tests.domain.logins.acting import set_active
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)
LEFT = {"end_on": YESTERDAY}

NEW = LoginState.NEW
ACTIVE = LoginState.ACTIVE
SWITCHED_OFF = LoginState.SWITCHED_OFF
ENDED = LoginState.EMPLOYMENT_ENDED
LOCKED = LoginState.LOCKED


@pytest.mark.parametrize("state", [NEW, SWITCHED_OFF, ENDED, LOCKED])
def test_ticking_active_activates_whatever_the_reason_was(office, state):
    login_id = office.add_login(state)
    assert set_active(office, login_id, active=True)
    login = office.login(login_id)
    assert (login.state, login.credential_version) == (ACTIVE, 2)
    (event,) = office.events(AuditAct.LOGIN_ACTIVATED)
    assert event.details == {"from": state.value}


def test_unticking_active_switches_the_login_off(office):
    login_id = office.add_login(ACTIVE)
    assert set_active(office, login_id, active=False)
    login = office.login(login_id)
    assert (login.state, login.credential_version) == (SWITCHED_OFF, 2)
    (event,) = office.events(AuditAct.LOGIN_DEACTIVATED)
    assert (event.login_id, event.details) == (login_id, {"from": "active"})


def test_saving_a_tick_that_stands_already_changes_nothing(office):
    active = office.add_login(ACTIVE)
    assert not set_active(office, active, active=True)
    for state in (NEW, SWITCHED_OFF, ENDED, LOCKED):
        login_id = office.add_login(state)
        assert not set_active(office, login_id, active=False)
        assert office.login(login_id).state is state
        assert office.login(login_id).credential_version == 1
    assert office.events(AuditAct.LOGIN_ACTIVATED, AuditAct.LOGIN_DEACTIVATED) == []


@pytest.mark.parametrize("state", [NEW, ACTIVE, SWITCHED_OFF, LOCKED])
def test_ticking_active_for_somebody_who_just_left_lasts(office, state):
    login_id = office.add_login(state, card=LEFT)
    assert not set_active(office, login_id, active=False)
    assert set_active(office, login_id, active=True)
    login = office.login(login_id)
    assert (login.state, login.closed_for_end_on) == (ACTIVE, YESTERDAY)
    assert not set_active(office, login_id, active=True, version=2)


def test_somebody_elses_change_meanwhile_is_not_undone(office):
    login_id = office.add_login(ACTIVE)
    set_active(office, login_id, active=False)
    with pytest.raises(StaleLoginError) as refused:
        set_active(office, login_id, active=True, version=1)
    assert refused.value.fields == {"login_id": login_id}
    assert office.login(login_id).state is SWITCHED_OFF
    assert set_active(office, login_id, active=True, version=2)


def test_two_who_make_the_same_change_both_get_what_they_wanted(office):
    login_id = office.add_login(NEW)
    assert set_active(office, login_id, active=True, version=1)
    assert not set_active(office, login_id, active=True, version=1)
    assert len(office.events(AuditAct.LOGIN_ACTIVATED)) == 1


def test_ticking_active_after_the_employment_is_kept_for_that_end_date(office):
    login_id = office.add_login(ENDED, card=LEFT, closed_for_end_on=YESTERDAY)
    set_active(office, login_id, active=True)
    assert office.login(login_id).closed_for_end_on == YESTERDAY


@pytest.mark.parametrize("active", [True, False])
def test_a_foreign_login_and_no_login_are_refused_alike(office, active):
    foreign = office.add_login(NEW, card={"branch_id": office.amsterdam})
    refusals = []
    for login_id in (foreign, LoginId(999_999)):
        with pytest.raises(NotFoundError) as refused:
            set_active(office, login_id, active=active, actor=office.bram)
        refusals.append(refused.value.fields)
    assert refusals == [{"kind": "login"}] * 2
    assert office.login(foreign).state is NEW


@pytest.mark.parametrize("active", [True, False])
def test_the_schedule_sets_no_ticks(office, active):
    login_id = office.add_login(ACTIVE)
    with pytest.raises(NotPermittedError):
        set_active(office, login_id, active=active, actor=SCHEDULE)
