"""Timed jobs: each (job, due_at) is done by one process only."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.database import Database, Record, insert_new

KEPT_FOR: Final = timedelta(days=30)


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


def give_back(session: Session, job: str, due_at: datetime) -> None:
    """The job failed: whoever comes next may do this tick."""
    session.execute(
        delete(ScheduledTick).where(
            ScheduledTick.job == job, ScheduledTick.due_at == due_at
        )
    )


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop ticks of a month ago; jobs only ever claim their latest."""
    session.execute(delete(ScheduledTick).where(ScheduledTick.due_at < now - KEPT_FOR))
