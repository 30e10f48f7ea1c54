"""A sign-in that is fully in: counted, logged, and its browser remembered."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain import audit
from domain.actor import EMPLOYEE
from domain.audit import AuditAct, Concerning
from domain.logins.model import Login
from domain.record_cards.model import RecordCard
from domain.secret import Secret
from domain.sign_in import devices, forgetting
from domain.sign_in.gate import Visit
from domain.sign_in.model import Stage


def complete(
    session: Session,
    login: Login,
    card: RecordCard,
    visit: Visit,
    *,
    since: datetime,
    after: Stage | None,
    now: datetime,
) -> Secret:
    """Count a sign-in that is fully in; gives the cookie of a browser now known."""
    forgetting.forgive(session, login, visit, since=since)
    login.sign_in_count += 1
    login.last_sign_in_at = now
    audit.record(
        session,
        AuditAct.SIGNED_IN,
        Concerning(
            branch_id=card.branch_id,
            record_card_id=card.id,
            login_id=login.id,
            details={"after": after.value if after else "password"},
        ),
        actor=EMPLOYEE,
        now=now,
    )
    return devices.trust(session, login.id, visit.device, now=now)
