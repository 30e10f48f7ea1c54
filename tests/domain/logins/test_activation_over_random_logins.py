from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from domain.audit import AuditAct, AuditEvent
from domain.logins import provisioning
from domain.logins.model import Login, LoginState
from domain.record_cards.model import RecordCard
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)

NEW = LoginState.NEW
ACTIVE = LoginState.ACTIVE
ENDED = LoginState.EMPLOYMENT_ENDED

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
