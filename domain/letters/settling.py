"""What becomes of a letter in the outbox: delivered, tried again, or given up."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from domain import outbox
from domain.letters import access_letters
from domain.letters.kinds import LetterKind
from domain.letters.queueing import KIND
from domain.letters.refusals import (
    LetterError,
    LetterRefusedError,
    ServerAwayError,
)
from domain.outbox import OutboxMessage

_RETRY_AFTER: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
)
_DROPPED_AT_ONCE: Final = 100


def claim_letter(session: Session, *, now: datetime) -> OutboxMessage | None:
    """The oldest letter that is due and still makes sense, or None."""
    return outbox.claim_due(session, kinds={KIND}, now=now)


def settle(
    session: Session,
    message: OutboxMessage,
    error: LetterError | None,
    *,
    now: datetime,
) -> None:
    """Write down how handing in a letter went; None says that it was taken.

    A refusal ends it at once. A server that is away leaves it first in the queue,
    however often. Anything else has it wait, from a minute to six hours, until it
    expires. Where it ends its content is wiped. Raises LeaseLostError.
    """
    # Delivering wipes the content.
    is_access = _is_access(message)
    match error:
        case None:
            outbox.delivered(session, message, now=now)
        case LetterRefusedError():
            outbox.give_up(
                session, message, error.code, keeping=_trace(message), now=now
            )
        case ServerAwayError():
            outbox.put_back(session, message, error.code)
        case _:
            outbox.failed(
                session,
                message,
                error.code,
                now=now,
                retry_after=_RETRY_AFTER[min(message.attempts, len(_RETRY_AFTER) - 1)],
                keeping=_trace(message),
            )
    if is_access:
        access_letters.follow(session, message)


def drop_expired(session: Session, *, now: datetime) -> int:
    """Give up some letters that make no sense any more; says how many.

    What kept them is kept as the reason.
    """
    messages = outbox.claim_expired(session, kind=KIND, limit=_DROPPED_AT_ONCE, now=now)
    for message in messages:
        trace = _trace(message) | {"expired": True}
        code = message.last_error or outbox.EXPIRED
        outbox.give_up(session, message, code, keeping=trace, now=now)
        if _is_access(message):
            access_letters.follow(session, message)
    return len(messages)


def _is_access(message: OutboxMessage) -> bool:
    return bool(message.payload["letter"] == LetterKind.ACCESS)


def _trace(message: OutboxMessage) -> dict[str, Any]:
    """Which letter it was, and whose; without address and content."""
    kept = ("letter", "record_card_id")
    return {name: message.payload[name] for name in kept}
