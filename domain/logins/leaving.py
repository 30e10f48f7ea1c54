"""Closing the logins of people whose employment ended."""

from collections import Counter
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from domain import outbox
from domain.actor import SCHEDULE, Actor, BranchId
from domain.logins import states
from domain.permissions import Act, require
from domain.record_cards.employment import office_day

BATCH: Final = 500
CLOSED_NOTICE: Final = "leavers_closed"


def close_leavers(
    session: Session,
    *,
    limit: int = BATCH,
    actor: Actor = SCHEDULE,
    now: datetime,
) -> dict[BranchId, int]:
    """Close one batch of logins of people who left; how many per branch, or {}.

    A notice for the admin channel of each branch is queued with it.
    The last day of an employment is a working day. A login that was activated
    again after its employment ended stays so until the end date changes.
    """
    require(actor, Act.CLOSE_LOGINS_OF_LEAVERS)
    leavers = states.standings().where(states.is_to_be_closed(office_day(now)))
    held = states.hold(session, leavers, limit)
    states.close(session, held, actor=actor, now=now)
    counts = dict(Counter(login.branch_id for login in held))
    for branch_id, count in counts.items():
        notice = {"branch_id": branch_id, "count": count}
        outbox.queue(session, CLOSED_NOTICE, notice, now=now)
    return counts
