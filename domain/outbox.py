"""Messages that leave after the commit that caused them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import JSON, Index, String, delete, func, insert, or_, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.database import QUEUED, Record
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
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_CODE_LENGTH: Final = 100
# Of a message that nobody delivered in time, and that nothing is known to have kept.
EXPIRED: Final = "expired"


class OutboxMessage(Leased, Record):
    """Something to deliver once; `kind` says by whom, `payload` what."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_ended_at_kind_due_at", "ended_at", "kind", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    # From then on it makes no sense to deliver it.
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    delivered: Mapped[bool] = mapped_column(default=False)
    last_error: Mapped[str | None] = mapped_column(String(100))


def queue(
    session: Session,
    kind: str,
    payload: Mapping[str, Any],
    *,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    now: datetime,
) -> int:
    """Leave a message in the caller's transaction; gives its id.

    It goes out after the commit, or at `due_at` when that is later, and from
    `expires_at` on no more.
    """
    message = OutboxMessage(
        kind=kind,
        payload=dict(payload),
        queued_at=now,
        due_at=due_at or now,
        expires_at=expires_at,
    )
    session.add(message)
    session.flush()
    session.info[QUEUED] = True
    return message.id


def queue_many(
    session: Session,
    kind: str,
    messages: Sequence[tuple[Mapping[str, Any], datetime]],
    *,
    now: datetime,
) -> Sequence[int]:
    """Leave messages, each until when it makes sense; gives their ids in order."""
    rows = [
        {
            "kind": kind,
            "payload": dict(content),
            "queued_at": now,
            "due_at": now,
            "expires_at": expires_at,
        }
        for content, expires_at in messages
    ]
    session.info[QUEUED] = True
    return session.scalars(
        insert(OutboxMessage).returning(OutboxMessage.id, sort_by_parameter_order=True),
        rows,
    ).all()


def withdraw(session: Session, message_id: int, *, now: datetime) -> None:
    """Let a message that waits for its time never go out; its content is wiped."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.ended_at.is_(None))
        .values(ended_at=now, payload={})
    )


def claim_due(
    session: Session, *, kinds: Collection[str], now: datetime
) -> OutboxMessage | None:
    """The oldest message of these kinds that is due, held for a minute, or None."""
    claimed = claim(
        session,
        OutboxMessage,
        OutboxMessage.ended_at.is_(None),
        OutboxMessage.kind.in_(kinds),
        OutboxMessage.due_at <= now,
        or_(OutboxMessage.expires_at.is_(None), OutboxMessage.expires_at > now),
        order_by=(OutboxMessage.due_at, OutboxMessage.id),
        now=now,
        life=LEASE,
    )
    return claimed[0] if claimed else None


def claim_expired(
    session: Session, *, kind: str, limit: int, now: datetime
) -> Sequence[OutboxMessage]:
    """Messages that nobody delivered in time, held for a minute."""
    return claim(
        session,
        OutboxMessage,
        OutboxMessage.ended_at.is_(None),
        OutboxMessage.kind == kind,
        OutboxMessage.expires_at <= now,
        order_by=(OutboxMessage.id,),
        now=now,
        life=LEASE,
        limit=limit,
    )


def end_expired(session: Session, kinds: Collection[str], *, now: datetime) -> None:
    """Wipe and end messages of these kinds that nobody delivered in time."""
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.ended_at.is_(None),
            OutboxMessage.kind.in_(kinds),
            OutboxMessage.expires_at <= now,
        )
        .values(
            ended_at=now,
            payload={},
            last_error=func.coalesce(OutboxMessage.last_error, EXPIRED),
        )
    )


def delivered(session: Session, message: OutboxMessage, *, now: datetime) -> None:
    """The message arrived; its content is wiped."""
    _settle(session, message, ended_at=now, delivered=True, payload={}, last_error=None)


def failed(
    session: Session,
    message: OutboxMessage,
    error_code: str,
    *,
    now: datetime,
    retry_after: timedelta | None = None,
    keeping: Mapping[str, Any] | None = None,
) -> None:
    """Try again later, at wider intervals, and give up after two days.

    `keeping` is what stays of the content then, all of it otherwise.
    """
    wait = retry_after or _RETRY_AFTER[min(message.attempts, len(_RETRY_AFTER) - 1)]
    last_at = min(message.queued_at + GIVE_UP_AFTER, message.expires_at or _NEVER)
    if now + wait > last_at:
        kept = message.payload if keeping is None else keeping
        give_up(session, message, error_code, keeping=kept, now=now)
        return
    _settle(
        session,
        message,
        attempts=OutboxMessage.attempts + 1,
        due_at=now + wait,
        last_error=error_code[:_CODE_LENGTH],
    )


def give_up(
    session: Session,
    message: OutboxMessage,
    error_code: str,
    *,
    keeping: Mapping[str, Any],
    now: datetime,
) -> None:
    """Try no more; of the content only `keeping` stays."""
    _settle(
        session,
        message,
        attempts=OutboxMessage.attempts + 1,
        ended_at=now,
        payload=dict(keeping),
        last_error=error_code[:_CODE_LENGTH],
    )


def put_back(session: Session, message: OutboxMessage, error_code: str) -> None:
    """Leave it as it was, first in its queue: what failed is not about it."""
    _settle(session, message, last_error=error_code[:_CODE_LENGTH])


def _settle(session: Session, message: OutboxMessage, **values: Any) -> None:
    hold(
        session,
        OutboxMessage,
        message.id,
        message.lease_number,
        until=None,
        also=values,
    )


def forget_ended(session: Session, *, now: datetime) -> None:
    """Drop messages that ended a month ago."""
    session.execute(
        delete(OutboxMessage).where(OutboxMessage.ended_at < now - KEPT_FOR)
    )
