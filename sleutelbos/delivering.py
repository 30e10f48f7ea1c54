"""Delivers what the outbox holds: claim, hand to whom its kind names, settle."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog

from domain import outbox
from domain.clock import Clock
from domain.database import Database
from domain.errors import LeaseLostError
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.outbox import OutboxMessage

_log = structlog.get_logger()
Handlers = Mapping[str, Callable[[Mapping[str, Any]], None]]


def deliver_next(database: Database, handlers: Handlers, clock: Clock) -> bool:
    """Deliver the oldest message that is due; says whether there was one.

    A message that can't be delivered waits for its next try; others go before it.
    """
    with database.transaction() as session:
        message = outbox.claim_due(session, kinds=handlers.keys(), now=clock())
    if message is None:
        return False
    try:
        handlers[message.kind](message.payload)
    except DeliveryPostponedError as error:
        _settle_failure(database, message, error.code, clock, error.retry_after)
    except DeliveryRefusedError as error:
        _settle_failure(database, message, error.code, clock)
    except Exception as error:  # noqa: BLE001 (one poison message stops no other)
        _log.exception("outbox.failed", kind=message.kind, message_id=message.id)
        _settle_failure(database, message, type(error).__name__, clock)
    else:
        _settle_delivery(database, message, clock)
    return True


def _settle_delivery(database: Database, message: OutboxMessage, clock: Clock) -> None:
    try:
        with database.transaction() as session:
            outbox.delivered(session, message, now=clock())
    except LeaseLostError:
        _log.warning("outbox.lease_lost", message_id=message.id)


def _settle_failure(
    database: Database,
    message: OutboxMessage,
    code: str,
    clock: Clock,
    retry_after: timedelta | None = None,
) -> None:
    _log.warning(
        "outbox.undelivered", kind=message.kind, message_id=message.id, code=code
    )
    try:
        with database.transaction() as session:
            outbox.failed(session, message, code, now=clock(), retry_after=retry_after)
    except LeaseLostError:
        _log.warning("outbox.lease_lost", message_id=message.id)
