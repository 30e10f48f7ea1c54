"""Messages that leave after the commit that caused them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import JSON, Index, String, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.database import Record
from domain.leases import Leased, claim, hold

LEASE: Final = timedelta(minutes=1)
_RETRY_AFTER: Final = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
)
GIVE_UP_AFTER: Final = timedelta(hours=48)
KEPT_FOR: Final = timedelta(days=30)


class OutboxMessage(Leased, Record):
    """Something to deliver once; `kind` says by whom, `payload` what."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_ended_at_due_at", "ended_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    delivered: Mapped[bool] = mapped_column(default=False)
    last_error: Mapped[str | None] = mapped_column(String(100))


def queue(
    session: Session,
    kind: str,
    payload: Mapping[str, Any],
    *,
    due_at: datetime | None = None,
    now: datetime,
) -> int:
    """Leave a message in the caller's transaction; gives its id.

    It goes out after the commit, or at `due_at` when that is later.
    """
    message = OutboxMessage(
        kind=kind, payload=dict(payload), queued_at=now, due_at=due_at or now
    )
    session.add(message)
    session.flush()
    return message.id


def withdraw(session: Session, message_id: int, *, now: datetime) -> None:
    """Let a message that waits for its time never go out; its content is wiped."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.ended_at.is_(None))
        .values(ended_at=now, payload={})
    )


def claim_due(session: Session, *, now: datetime) -> OutboxMessage | None:
    """The oldest message that is due, held for a minute, or None."""
    claimed = claim(
        session,
        OutboxMessage,
        OutboxMessage.ended_at.is_(None),
        OutboxMessage.due_at <= now,
        order_by=(OutboxMessage.due_at, OutboxMessage.id),
        now=now,
        life=LEASE,
    )
    return claimed[0] if claimed else None


def delivered(session: Session, message: OutboxMessage, *, now: datetime) -> None:
    """The message arrived; its content is wiped."""
    hold(session, OutboxMessage, message.id, message.lease_number, until=None)
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message.id)
        .values(ended_at=now, delivered=True, payload={}, last_error=None)
    )


def failed(
    session: Session,
    message: OutboxMessage,
    error_code: str,
    *,
    now: datetime,
    retry_after: timedelta | None = None,
) -> None:
    """Try again later, at wider intervals, and give up after two days."""
    hold(session, OutboxMessage, message.id, message.lease_number, until=None)
    wait = retry_after or _RETRY_AFTER[min(message.attempts, len(_RETRY_AFTER) - 1)]
    gives_up = now + wait > message.queued_at + GIVE_UP_AFTER
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message.id)
        .values(
            attempts=OutboxMessage.attempts + 1,
            due_at=now + wait,
            ended_at=now if gives_up else None,
            last_error=error_code[:100],
        )
    )


def forget_ended(session: Session, *, now: datetime) -> None:
    """Drop messages that ended a month ago."""
    session.execute(
        delete(OutboxMessage).where(OutboxMessage.ended_at < now - KEPT_FOR)
    )
