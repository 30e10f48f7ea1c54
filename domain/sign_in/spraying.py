"""Guessing at many names at once: one alarm, and nobody is locked."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from domain import outbox
from domain.database import wait_for_turn
from domain.outbox import OutboxMessage
from domain.sign_in.model import AttemptOutcome, PasswordAttempt
from domain.sign_in.spraying_rule import Attempts

ALARM: Final = "spraying_alarm"
# Slow spraying is seen too; a pause of the same length ends it.
LOOKED_BACK: Final = timedelta(minutes=10)
_ALARM_AGAIN_AFTER: Final = timedelta(hours=1)


def raise_alarm(session: Session, attempts: Attempts, *, now: datetime) -> bool:
    """Tell of spraying, at most once an hour; says whether it is told now.

    Locks nobody: that would be the harm that somebody with a list of names can do.
    """
    wait_for_turn(session, ALARM)
    since = now - _ALARM_AGAIN_AFTER
    raised = select(OutboxMessage.id).where(
        OutboxMessage.kind == ALARM, OutboxMessage.queued_at > since
    )
    if session.scalar(raised.limit(1)) is not None:
        return False
    payload = {
        "names": attempts.names,
        "guesses": attempts.guesses,
        "networks": attempts.networks,
    }
    outbox.queue(session, ALARM, payload, now=now)
    return True


def of_late(session: Session, *, now: datetime) -> Attempts:
    """What was tried within the last ten minutes."""
    is_late: Any = PasswordAttempt.at > now - LOOKED_BACK
    is_right: Any = PasswordAttempt.outcome == AttemptOutcome.RIGHT
    got_in = select(PasswordAttempt.name_digest).where(is_late, is_right)
    names, guesses, networks = session.execute(
        select(
            func.count(distinct(PasswordAttempt.name_digest)),
            func.count(),
            func.count(distinct(PasswordAttempt.network)),
        ).where(is_late, PasswordAttempt.name_digest.not_in(got_in))
    ).one()
    sign_ins = session.scalar(select(func.count()).where(is_late, is_right))
    return Attempts(names, guesses, sign_ins or 0, networks)
