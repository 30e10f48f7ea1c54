from datetime import timedelta

import pytest

from domain.actor import ActorKind
from domain.audit import AuditAct
from domain.errors import NotPermittedError
from domain.logins import leaving, provisioning
from domain.logins.model import LoginState
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)
LEFT = {"end_on": YESTERDAY}


def close(office, *, days_later=0, **given):
    with office.database.transaction() as session:
        return leaving.close_leavers(
            session, now=office.now + timedelta(days=days_later), **given
        )


def activate(office, login_id):
    with office.database.transaction() as session:
        provisioning.set_active(
            session,
            login_id,
            active=True,
            expected_version=office.login(login_id).credential_version,
            actor=office.hanna,
            now=office.now,
        )


@pytest.mark.parametrize(
    "state",
    [
        LoginState.ACTIVE,
        LoginState.NEW,
        LoginState.SWITCHED_OFF,
        LoginState.LOCKED,
    ],
)
def test_whoever_left_loses_the_login_whatever_its_state(office, state):
    login_id = office.add_login(state, card=LEFT)
    assert close(office) == {office.utrecht: 1}
    login = office.login(login_id)
    assert login.state is LoginState.EMPLOYMENT_ENDED
    assert (login.credential_version, login.closed_for_end_on) == (2, YESTERDAY)
    (event,) = office.events(AuditAct.LOGIN_CLOSED)
    assert event.actor_kind is ActorKind.SCHEDULE
    assert (event.login_id, event.branch_id) == (login_id, office.utrecht)
    assert event.details == {"from": state.value}


@pytest.mark.parametrize("end_on", [None, TODAY, TODAY + timedelta(days=1)])
def test_whoever_is_still_employed_keeps_the_login(office, end_on):
    login_id = office.add_login(card={"end_on": end_on})
    assert close(office) == {}
    assert office.login(login_id).state is LoginState.ACTIVE


def test_the_login_of_the_last_day_is_closed_the_day_after(office):
    office.add_login(card={"end_on": TODAY})
    assert close(office) == {}
    assert close(office, days_later=1) == {office.utrecht: 1}


def test_closing_twice_changes_nothing_the_second_time(office):
    office.add_login(card=LEFT)
    assert [close(office), close(office)] == [{office.utrecht: 1}, {}]
    assert len(office.events(AuditAct.LOGIN_CLOSED)) == 1


def test_a_login_that_was_activated_again_stays_active(office):
    login_id = office.add_login(card=LEFT)
    close(office)
    activate(office, login_id)
    assert close(office, days_later=1) == {}
    assert office.login(login_id).state is LoginState.ACTIVE


def test_a_login_that_was_activated_before_the_night_stays_active_too(office):
    login_id = office.add_login(LoginState.NEW, card=LEFT)
    activate(office, login_id)
    assert close(office) == {}


def test_another_end_date_closes_the_login_once_more(office):
    login_id = office.add_login(card=LEFT)
    close(office)
    activate(office, login_id)
    office.change_card(office.login(login_id).record_card_id, end_on=TODAY)
    assert close(office) == {}
    assert close(office, days_later=1) == {office.utrecht: 1}
    assert office.login(login_id).closed_for_end_on == TODAY


def test_correcting_the_end_date_of_a_closed_login_says_nothing_new(office):
    login_id = office.add_login(card=LEFT)
    close(office)
    card_id = office.login(login_id).record_card_id
    office.change_card(card_id, end_on=YESTERDAY - timedelta(days=7))
    assert close(office) == {}
    assert len(office.events(AuditAct.LOGIN_CLOSED)) == 1


def test_leavers_are_counted_by_branch_and_closed_in_batches(office):
    for branch_id in (office.utrecht, office.amsterdam, office.utrecht):
        office.add_login(card=LEFT | {"branch_id": branch_id})
    counts = [close(office, limit=2) for _ in range(3)]
    assert [sum(count.values()) for count in counts] == [2, 1, 0]
    assert {
        branch_id: sum(count.get(branch_id, 0) for count in counts)
        for branch_id in (office.utrecht, office.amsterdam)
    } == {office.utrecht: 2, office.amsterdam: 1}


def test_nobody_but_the_schedule_closes_logins_of_leavers(office):
    for actor in (office.hanna, office.bram, office.ursula):
        with pytest.raises(NotPermittedError):
            close(office, actor=actor)
