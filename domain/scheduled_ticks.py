"""Timed jobs: each (job, due_at) is done by one process only."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.database import Database, Record, insert_new


class ScheduledTick(Record):
    """One due moment of one job, claimed by whoever wrote it first."""

    __tablename__ = "scheduled_tick"

    job: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    claimed_at: Mapped[datetime]


def claim_tick(session: Session, job: str, due_at: datetime, *, now: datetime) -> bool:
    """Whether this process is the one to do the job that is due at `due_at`."""
    claimed: Sequence[object] = insert_new(
        session,
        ScheduledTick,
        [{"job": job, "due_at": due_at, "claimed_at": now}],
        returning=[ScheduledTick.job],
    )
    return bool(claimed)


def claim_in(database: Database, job: str, due_at: datetime, *, now: datetime) -> bool:
    """Claim in a transaction of its own, before the job begins."""
    with database.transaction() as session:
        return claim_tick(session, job, due_at, now=now)
