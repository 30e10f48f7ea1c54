"""Closing the logins of people whose employment ended."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain import outbox
from domain.actor import SCHEDULE, Actor, BranchId
from domain.logins import states
from domain.logins.model import Login, LoginState
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard

BATCH: Final = 500
_MAY_BE_CLOSED: Final = tuple(
    state for state in LoginState if state is not LoginState.EMPLOYMENT_ENDED
)
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
    closed = states.bring(
        session,
        states.CLOSING,
        states.is_to_be_closed(office_day(now)),
        of=_MAY_BE_CLOSED,
        limit=limit,
        actor=actor,
        now=now,
    )
    rows = session.execute(
        select(RecordCard.branch_id, func.count())
        .join(Login, Login.record_card_id == RecordCard.id)
        .where(Login.id.in_(closed))
        .group_by(RecordCard.branch_id)
    )
    counts = {BranchId(branch_id): count for branch_id, count in rows}
    for branch_id, count in counts.items():
        notice = {"branch_id": branch_id, "count": count}
        outbox.queue(session, CLOSED_NOTICE, notice, now=now)
    return counts
