"""Removing old days from the audit log: whole sealed days, whose seals stay.

A removed day is named by an event of its own, which a later seal covers. Whoever writes
to the database can pass off a deletion as this only by an event of a day that is not
sealed yet, and that event stays: see domain/audit_seals.py.
"""

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor
from domain.audit import AuditAct, AuditEvent, Concerning
from domain.audit_digests import DAY, start_of
from domain.audit_seals import AuditSeal
from domain.permissions import Act, require


def forget_day(
    session: Session, before: date, *, actor: Actor, now: datetime
) -> date | None:
    """Remove the events of the oldest sealed day before this one; gives that day.

    None when there is none left. A day without seal stays, and so does every day
    after it: days go in their order, each in a transaction of its own.
    """
    require(actor, Act.APPLY_RETENTION)
    seal = session.scalars(
        select(AuditSeal)
        .where(AuditSeal.forgotten_at.is_(None))
        .order_by(AuditSeal.day)
        .limit(1)
        .with_for_update()
    ).first()
    if seal is None or seal.day >= before:
        return None
    removed = session.execute(
        delete(AuditEvent)
        .where(AuditEvent.at >= start_of(seal.day))
        .where(AuditEvent.at < start_of(seal.day + DAY))
        .returning(AuditEvent.id)
        .execution_options(synchronize_session=False)
    ).all()
    seal.forgotten_at = now
    details = {"day": seal.day.isoformat(), "count": len(removed)}
    about = Concerning(details=details)
    audit.record(session, AuditAct.DAYS_FORGOTTEN, about, actor=actor, now=now)
    return seal.day
