"""What employees see of themselves: their record card, sign-ins, second factor."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.audit import AuditAct, AuditEvent
from domain.branches import Branch
from domain.logins.model import Login
from domain.record_cards.model import RecordCard

SIGN_INS_SHOWN: Final = 10


@dataclass(frozen=True)
class OwnData:
    """One employee's own rows, and when they signed in, latest first."""

    login: Login
    card: RecordCard
    branch: Branch
    sign_ins: list[datetime]


def read(session: Session, login_id: int) -> OwnData:
    """Everything that the employee of this login may read of themselves."""
    login, card, branch = session.execute(
        select(Login, RecordCard, Branch)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .where(Login.id == login_id)
    ).one()
    sign_ins = session.scalars(
        select(AuditEvent.at)
        .where(AuditEvent.login_id == login_id, AuditEvent.act == AuditAct.SIGNED_IN)
        .order_by(AuditEvent.id.desc())
        .limit(SIGN_INS_SHOWN)
    )
    return OwnData(login, card, branch, list(sign_ins))
