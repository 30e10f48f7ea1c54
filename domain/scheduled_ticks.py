"""Timed jobs: each (job, due_at) is done once, by whoever holds its lease."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.database import Database, Record, insert_new
from domain.errors import DomainError
from domain.leases import Leased, claim, hold

# A job renews it between two steps, none of which takes so long.
LEASE: Final = timedelta(minutes=5)
KEPT_FOR: Final = timedelta(days=30)


class TickHeldError(DomainError):
    """Another process is at it, with a lease until `until`."""

    code = "tick_held"

    def __init__(self, until: datetime) -> None:
        super().__init__(until=until)
        self.until = until


class ScheduledTick(Leased, Record):
    """One due moment of one job: to do, under way, or done."""

    __tablename__ = "scheduled_tick"
    __table_args__ = (UniqueConstraint("job", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(60))
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


def claim_tick(
    session: Session, job: str, due_at: datetime, *, now: datetime
) -> ScheduledTick | None:
    """The tick, for this process to do the job that is due at `due_at`.

    None when it is done. Raises TickHeldError when another process is at it; one
    that was killed is so until its lease ends.
    """
    key = {"job": job, "due_at": due_at}
    insert_new(session, ScheduledTick, [key], returning=[ScheduledTick.id])
    claimed = claim(
        session,
        ScheduledTick,
        ScheduledTick.job == job,
        ScheduledTick.due_at == due_at,
        ScheduledTick.done_at.is_(None),
        order_by=(ScheduledTick.id,),
        now=now,
        life=LEASE,
    )
    if claimed:
        return claimed[0]
    tick = session.scalars(select(ScheduledTick).filter_by(**key)).one()
    if tick.done_at is None:
        raise TickHeldError(until=tick.leased_until or now + LEASE)
    return None


def claim_in(
    database: Database, job: str, due_at: datetime, *, now: datetime
) -> ScheduledTick | None:
    """Claim in a transaction of its own, before the job begins."""
    with database.transaction() as session:
        return claim_tick(session, job, due_at, now=now)


def renew(session: Session, tick: ScheduledTick, *, now: datetime) -> None:
    """Go on with the job; raises LeaseLostError when another process took it over."""
    hold(session, ScheduledTick, tick.id, tick.lease_number, until=now + LEASE)


def note_done(session: Session, tick: ScheduledTick, *, now: datetime) -> None:
    """Nobody does this tick again; raises LeaseLostError like `renew`."""
    hold(session, ScheduledTick, tick.id, tick.lease_number, until=None)
    session.execute(
        update(ScheduledTick).where(ScheduledTick.id == tick.id).values(done_at=now)
    )


def give_back(session: Session, tick: ScheduledTick) -> None:
    """The job is not done: whoever comes next may do it.

    Raises LeaseLostError when somebody came already.
    """
    hold(session, ScheduledTick, tick.id, tick.lease_number, until=None)


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop ticks of a month ago; jobs only ever claim their latest."""
    session.execute(delete(ScheduledTick).where(ScheduledTick.due_at < now - KEPT_FOR))
