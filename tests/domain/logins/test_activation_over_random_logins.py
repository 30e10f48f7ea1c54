from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from domain.audit import AuditAct, AuditEvent
from domain.logins import provisioning
from domain.logins.model import Login, LoginState
from tests.domain.logins.drawn_logins import LOGINS, write_logins

NEW = LoginState.NEW
ACTIVE = LoginState.ACTIVE


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
