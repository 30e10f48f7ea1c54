"""Whom it meets when a branch begins to ask for a second factor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.logins import states
from domain.logins.model import Login, LoginState, SecondFactor
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard


@dataclass(frozen=True)
class Met:
    """Of the active logins: how many give a code from now on, how many do already."""

    newly: int
    already: int


def met_by_requiring(
    session: Session, branch_id: BranchId, *, actor: Actor, now: datetime
) -> Met:
    """Count whom *Twee-factor authenticatie is verplicht* asks for a code.

    Raises NotFoundError for a branch out of reach.
    """
    require(actor, Act.SET_UP_BRANCHES, branch_id)
    has_none = Login.second_factor == SecondFactor.NONE
    row = session.execute(
        select(func.count(case((has_none, 1))), func.count(case((~has_none, 1))))
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(
            RecordCard.branch_id == branch_id,
            states.counted_as(office_day(now)) == LoginState.ACTIVE,
        )
    ).one()
    return Met(*row)
