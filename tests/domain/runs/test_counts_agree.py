from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain.logins import listing, provisioning
from domain.logins.model import INACTIVE_STATES, LoginState
from domain.runs import ledger, planning
from domain.runs.model import RunRow
from domain.runs.planning import ResetChoice, ResetLeftOut, ResetScope
from tests.domain.logins.drawn_logins import LOGINS, write_logins

CHOICES = st.builds(
    ResetChoice,
    st.sampled_from(ResetScope),
    st.frozensets(st.sampled_from([s for s in LoginState if s is not s.ACTIVE])),
)


def drawn_examples(test):
    return settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )(test)


@drawn_examples
@given(drawn=LOGINS, choice=CHOICES)
def test_everybody_is_met_by_a_reset_or_left_out_for_a_named_reason(
    office, drawn, choice
):
    look = {"actor": office.bram, "now": office.now}
    with office.database.transaction() as session:
        mine = write_logins(office, session, drawn)
        planned = planning.plan_reset(session, office.utrecht, choice, **look)
        named = {}
        for reason in ResetLeftOut:
            people = planning.list_left_out(
                session, office.utrecht, choice, reason, limit=10, **look
            )
            assert len(people.lines) == planned.left_out.get(reason, 0)
            named |= {person.login_id: reason for person in people.lines}
        met = rows_of_a_run(session, office, choice, planned.count)
        assert met == {login for login, state in mine.items() if state in choice.states}
        assert {login: reason.value for login, reason in named.items()} == {
            login: state.value
            for login, state in mine.items()
            if state not in choice.states
        }
        session.rollback()


def rows_of_a_run(session, office, choice, count):
    if not count:
        return set()
    run_id = ledger.start_reset(
        session,
        office.utrecht,
        choice,
        expected_count=count,
        channel_id="C1",
        actor=office.bram,
        now=office.now,
    )
    return set(session.scalars(select(RunRow.login_id).where(RunRow.run_id == run_id)))


@drawn_examples
@given(drawn=LOGINS)
def test_the_branch_screen_counts_what_each_dry_run_counts(office, drawn):
    look = {"actor": office.bram, "now": office.now}
    with office.database.transaction() as session:
        mine = write_logins(office, session, drawn)
        counted = listing.counts(session, office.utrecht, **look)
        page = listing.page(session, office.utrecht, **look)
        everybody = ResetChoice(ResetScope.WHOLE_BRANCH)
        reset = planning.plan_reset(session, office.utrecht, everybody, **look)
        activation = provisioning.plan_activation(session, office.utrecht, **look)
        session.rollback()
    assert {line.login_id: line.state for line in page.lines} == mine
    assert counted.active == reset.count
    assert counted.locked == reset.left_out.get(ResetLeftOut.LOCKED, 0)
    assert counted.inactive == sum(
        reset.left_out.get(ResetLeftOut(state.value), 0) for state in INACTIVE_STATES
    )
    left = sum(activation.left_out.values())
    assert counted.inactive + counted.locked == activation.count + left
