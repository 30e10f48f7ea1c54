from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from domain.actor import SCHEDULE, BranchId
from domain.audit import AuditAct, AuditEvent
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import provisioning
from domain.logins.model import Login, LoginId, LoginState
from domain.logins.provisioning import StaleLoginError
from domain.record_cards.model import RecordCard
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)
NOWHERE = BranchId(999_999)
LEFT = {"end_on": YESTERDAY}
NOBODY = frozenset()

NEW = LoginState.NEW
ACTIVE = LoginState.ACTIVE
SWITCHED_OFF = LoginState.SWITCHED_OFF
ENDED = LoginState.EMPLOYMENT_ENDED
LOCKED = LoginState.LOCKED


def plan(office, *, also=NOBODY, actor=None, branch_id=None):
    with office.database.reading() as session:
        return provisioning.plan_activation(
            session,
            branch_id or office.utrecht,
            also=frozenset(also),
            actor=actor or office.ursula,
            now=office.now,
        )


def activate(office, *, also=NOBODY, actor=None, branch_id=None, **given):
    with office.database.transaction() as session:
        return provisioning.activate_logins(
            session,
            branch_id or office.utrecht,
            also=frozenset(also),
            actor=actor or office.ursula,
            now=office.now,
            **given,
        )


def left_out(office, reason, *, actor=None):
    with office.database.reading() as session:
        page = provisioning.left_out_of_activation(
            session,
            office.utrecht,
            reason,
            limit=10,
            actor=actor or office.ursula,
            now=office.now,
        )
    return [(line.login_id, line.state) for line in page.lines]


def set_active(office, login_id, active, *, version=1, actor=None):
    with office.database.transaction() as session:
        return provisioning.set_active(
            session,
            login_id,
            active,
            expected_version=version,
            actor=actor or office.ursula,
            now=office.now,
        )


def test_logins_that_were_never_active_become_active(office):
    login_id = office.add_login(NEW)
    assert plan(office).count == 1
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
    assert plan(office).left_out == {state: 1}
    assert activate(office) == 0
    assert left_out(office, state) == [(login_id, state)]
    assert office.login(login_id).credential_version == 1


@pytest.mark.parametrize("state", [SWITCHED_OFF, ENDED, LOCKED])
def test_a_group_that_is_ticked_is_activated_along(office, state):
    office.add_login(NEW)
    others = {s: office.add_login(s) for s in (SWITCHED_OFF, ENDED, LOCKED)}
    assert plan(office, also={state}).count == 2
    assert activate(office, also={state}) == 2
    now_active = {
        s for s, login in others.items() if office.login(login).state is ACTIVE
    }
    assert now_active == {state}


def test_active_logins_are_not_touched_even_when_ticked(office):
    login_id = office.add_login(ACTIVE)
    assert plan(office, also={ACTIVE}).count == 0
    assert activate(office, also={ACTIVE}) == 0
    assert office.login(login_id).credential_version == 1


@pytest.mark.parametrize("state", [NEW, SWITCHED_OFF, LOCKED])
def test_somebody_who_left_counts_as_such_before_the_login_is_closed(office, state):
    login_id = office.add_login(state, card=LEFT)
    assert plan(office).left_out == {ENDED: 1}
    assert left_out(office, ENDED) == [(login_id, ENDED)]
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


@pytest.mark.parametrize("act", [plan, activate])
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


@pytest.mark.parametrize("act", [plan, activate])
def test_the_schedule_activates_no_logins(office, act):
    with pytest.raises(NotPermittedError):
        act(office, actor=SCHEDULE)


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


LOGINS = st.lists(
    st.tuples(
        st.sampled_from(LoginState),
        st.sampled_from([None, YESTERDAY, TODAY]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


def expected_group(state, end_on, is_kept):
    """The rule in other words: as what a login counts."""
    has_left = end_on == YESTERDAY and not is_kept
    return ENDED if has_left and state is not ACTIVE else state


def write_logins(office, session, drawn):
    """Logins as drawn: (id, as what it counts) of those of Utrecht."""
    mine = {}
    for number, (state, end_on, is_kept, is_here) in enumerate(drawn):
        branch_id = office.utrecht if is_here else office.amsterdam
        card = RecordCard(
            **office.card_values(number=str(number), end_on=end_on, branch_id=branch_id)
        )
        session.add(card)
        session.flush()
        login = Login(
            record_card_id=card.id,
            user_name=card.email,
            user_name_key=card.email_key,
            state=state,
            closed_for_end_on=end_on if is_kept else None,
            created_at=office.now,
        )
        session.add(login)
        session.flush()
        if is_here:
            mine[login.id] = expected_group(state, end_on, is_kept)
    return mine


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=LOGINS, also=st.frozensets(st.sampled_from(LoginState)))
def test_every_login_is_activated_or_left_for_a_named_reason(office, drawn, also):
    given = {"actor": office.ursula, "now": office.now}
    with office.database.transaction() as session:
        mine = write_logins(office, session, drawn)
        wanted = {NEW, *also} - {ACTIVE}
        planned = provisioning.plan_activation(
            session, office.utrecht, also=also, **given
        )
        named = {}
        for state in set(LoginState) - wanted - {ACTIVE}:
            page = provisioning.left_out_of_activation(
                session, office.utrecht, state, limit=10, **given
            )
            assert len(page.lines) == planned.left_out.get(state, 0)
            named |= {line.login_id: line.state for line in page.lines}
        while provisioning.activate_logins(
            session, office.utrecht, also=also, limit=2, **given
        ):
            pass
        versions = select(Login.id).where(Login.credential_version == 2)
        changed = set(session.scalars(versions))
        assert changed == {login for login, group in mine.items() if group in wanted}
        assert planned.count == len(changed)
        assert named == {
            login: group
            for login, group in mine.items()
            if group not in wanted and group is not ACTIVE
        }
        events = select(func.count()).where(
            AuditEvent.act == AuditAct.LOGIN_ACTIVATED,
            AuditEvent.login_id.in_(changed),
        )
        assert session.scalar(events) == len(changed)
        session.rollback()
