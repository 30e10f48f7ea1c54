from datetime import timedelta

import pytest

from domain.actor import SCHEDULE, BranchId
from domain.audit import AuditAct
from domain.errors import CountChangedError, NotFoundError, NotPermittedError
from domain.logins.model import LoginState
from tests.domain.logins.acting import (
    activate,
    left_out_of_activation,
    plan_activation,
)
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)
NOWHERE = BranchId(999_999)
LEFT = {"end_on": YESTERDAY}

NEW = LoginState.NEW
ACTIVE = LoginState.ACTIVE
SWITCHED_OFF = LoginState.SWITCHED_OFF
ENDED = LoginState.EMPLOYMENT_ENDED
LOCKED = LoginState.LOCKED


def named(office, reason):
    lines = left_out_of_activation(office, reason).lines
    return [(line.login_id, line.state) for line in lines]


def test_logins_that_were_never_active_become_active(office):
    login_id = office.add_login(NEW)
    assert plan_activation(office).count == 1
    assert activate(office) == 1
    login = office.login(login_id)
    assert (login.state, login.credential_version) == (ACTIVE, 2)
    (event,) = office.events(AuditAct.LOGIN_ACTIVATED)
    assert (event.login_id, event.record_card_id, event.branch_id) == (
        login_id,
        login.record_card_id,
        office.utrecht,
    )
    assert event.details == {"from": "new"}


def test_pressing_twice_activates_nobody_the_second_time(office):
    login_id = office.add_login(NEW)
    assert [activate(office), activate(office)] == [1, 0]
    assert office.login(login_id).credential_version == 2
    assert len(office.events(AuditAct.LOGIN_ACTIVATED)) == 1


@pytest.mark.parametrize("state", [SWITCHED_OFF, ENDED, LOCKED])
def test_other_inactive_logins_are_left_and_named_by_reason(office, state):
    login_id = office.add_login(state)
    assert plan_activation(office).left_out == {state: 1}
    assert activate(office) == 0
    assert named(office, state) == [(login_id, state)]
    assert office.login(login_id).credential_version == 1


@pytest.mark.parametrize("state", [SWITCHED_OFF, ENDED, LOCKED])
def test_a_group_that_is_ticked_is_activated_along(office, state):
    office.add_login(NEW)
    others = {s: office.add_login(s) for s in (SWITCHED_OFF, ENDED, LOCKED)}
    assert plan_activation(office, also={state}).count == 2
    assert activate(office, also={state}) == 2
    now_active = {
        s for s, login in others.items() if office.login(login).state is ACTIVE
    }
    assert now_active == {state}


def test_active_logins_are_not_touched_even_when_ticked(office):
    login_id = office.add_login(ACTIVE)
    assert plan_activation(office, also={ACTIVE}).count == 0
    assert activate(office, also={ACTIVE}) == 0
    assert office.login(login_id).credential_version == 1


@pytest.mark.parametrize("state", [NEW, ACTIVE, SWITCHED_OFF, LOCKED])
def test_somebody_who_left_counts_as_such_before_the_login_is_closed(office, state):
    login_id = office.add_login(state, card=LEFT)
    assert plan_activation(office).left_out == {ENDED: 1}
    assert named(office, ENDED) == [(login_id, ENDED)]
    assert activate(office, also={SWITCHED_OFF, LOCKED}) == 0
    assert activate(office, also={ENDED}) == 1


def test_on_the_last_day_of_an_employment_a_login_is_activated(office):
    office.add_login(NEW, card={"end_on": TODAY})
    assert activate(office) == 1


def test_a_login_activated_after_the_employment_is_kept_for_that_end_date(office):
    login_id = office.add_login(NEW, card=LEFT)
    activate(office, also={ENDED})
    assert office.login(login_id).closed_for_end_on == YESTERDAY


def test_a_login_activated_during_the_employment_is_kept_for_no_end_date(office):
    login_id = office.add_login(NEW, card={"end_on": TODAY})
    activate(office)
    assert office.login(login_id).closed_for_end_on is None


def test_only_logins_of_the_branch_are_activated(office):
    theirs = office.add_login(NEW, card={"branch_id": office.amsterdam})
    assert activate(office) == 0
    assert office.login(theirs).state is NEW


def test_a_branch_is_activated_in_batches(office):
    for _ in range(5):
        office.add_login(NEW)
    assert [activate(office, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    events = office.events(AuditAct.LOGIN_ACTIVATED)
    assert len({event.login_id for event in events}) == len(events) == 5


@pytest.mark.parametrize("act", [plan_activation, activate])
def test_a_foreign_branch_is_refused_as_if_it_were_not_there(office, act):
    refusals = []
    for actor, branch_id in (
        (office.ursula, office.amsterdam),
        (office.ursula, NOWHERE),
        (office.hanna, NOWHERE),
    ):
        with pytest.raises(NotFoundError) as refused:
            act(office, actor=actor, branch_id=branch_id)
        refusals.append(refused.value.fields)
    assert refusals == [{"kind": "branch"}] * 3


@pytest.mark.parametrize("act", [plan_activation, activate])
def test_the_schedule_activates_no_logins(office, act):
    with pytest.raises(NotPermittedError):
        act(office, actor=SCHEDULE)


def test_another_number_than_was_shown_activates_nothing(office):
    office.add_login(NEW)
    office.add_login(LOCKED)
    with pytest.raises(CountChangedError) as caught:
        activate(office, also=[LOCKED], expected_count=1)
    assert caught.value.fields == {"count": 2}
    assert office.events(AuditAct.LOGIN_ACTIVATED) == []
    assert activate(office, also=[LOCKED], expected_count=2) == 2
