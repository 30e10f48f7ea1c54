"""Finding somebody of a branch by name or number, whether with a login or without."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.branches import Branch
from domain.errors import NotFoundError
from domain.logins import eligibility
from domain.logins.eligibility import LeftOutReason
from domain.logins.model import Login, LoginId
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard, RecordCardId
from domain.record_cards.register import (
    is_kept,
    named_like,
    successor,
    within_reach,
)


@dataclass(frozen=True)
class Found:
    """Somebody of the branch.

    Without a login, `why_none` says why; None then says that there will be one as
    soon as logins are created.
    """

    record_card_id: RecordCardId
    name: str
    number: str
    login_id: LoginId | None
    why_none: LeftOutReason | None


@dataclass(frozen=True)
class Holder:
    """Somebody who has a login, and where."""

    login_id: LoginId
    name: str
    number: str
    branch_name: str


@dataclass(frozen=True)
class PersonWithoutLogin:
    """Somebody without login, and why.

    `other_number` is the card that has the same address, or to which the data moved,
    as far as the actor may see it.
    """

    record_card_id: RecordCardId
    name: str
    number: str
    reason: LeftOutReason | None
    other_number: str | None


def find(
    session: Session,
    branch_id: BranchId,
    part: str,
    *,
    limit: int,
    actor: Actor,
    now: datetime,
) -> Sequence[Found]:
    """Who of a branch has every word of `part` in name or number; one statement.

    Raises NotFoundError for a branch out of reach.
    """
    require(actor, Act.SEE_LOGINS, branch_id)
    rows = session.execute(
        select(RecordCard, Login.id, eligibility.why_none(office_day(now)).label("why"))
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .where(RecordCard.branch_id == branch_id, is_kept(), named_like(part))
        .order_by(RecordCard.name_key, RecordCard.id)
        .limit(limit)
    )
    return [_found(card, login_id, why) for card, login_id, why in rows]


def find_holders(
    session: Session,
    part: str,
    branch_id: BranchId | None = None,
    *,
    limit: int,
    actor: Actor,
) -> Sequence[Holder]:
    """Who has a login and every word of `part` in name or number; one statement.

    Of one branch, or of all within reach. Raises NotFoundError for a branch out of
    reach.
    """
    require(actor, Act.SEE_LOGINS, branch_id)
    query = (
        select(Login.id, RecordCard, Branch.name)
        .join(RecordCard, Login.record_card_id == RecordCard.id)
        .join(Branch, RecordCard.branch_id == Branch.id)
        .where(within_reach(actor), named_like(part))
        .order_by(RecordCard.name_key, RecordCard.id)
        .limit(limit)
    )
    if branch_id is not None:
        query = query.where(RecordCard.branch_id == branch_id)
    return [
        Holder(LoginId(login_id), card.full_name, card.number, branch_name)
        for login_id, card, branch_name in session.execute(query)
    ]


def _found(card: RecordCard, login_id: int | None, why: str | None) -> Found:
    return Found(
        record_card_id=RecordCardId(card.id),
        name=card.full_name,
        number=card.number,
        login_id=None if login_id is None else LoginId(login_id),
        why_none=LeftOutReason(why) if why and login_id is None else None,
    )


def without_login(
    session: Session, card_id: RecordCardId, *, actor: Actor, now: datetime
) -> PersonWithoutLogin:
    """Why a card within the actor's reach has no login.

    Raises NotFoundError for one out of reach, or that has a login by now.
    """
    require(actor, Act.SEE_LOGINS)
    day = office_day(now)
    row = session.execute(
        select(
            RecordCard,
            eligibility.why_none(day).label("why"),
            eligibility.rival_number(day, actor).label("rival"),
            eligibility.holder_number(actor).label("holder"),
        ).where(
            RecordCard.id == card_id,
            eligibility.has_no_login(RecordCard),
            within_reach(actor),
        )
    ).one_or_none()
    if row is None:
        raise NotFoundError(kind="record_card")
    card: RecordCard = row.RecordCard
    reason = LeftOutReason(row.why) if row.why else None
    others = {
        LeftOutReason.ADDRESS_SHARED: row.rival,
        LeftOutReason.ADDRESS_IN_USE: row.holder,
        LeftOutReason.DATA_MOVED: _successor_number(session, card, actor),
    }
    return PersonWithoutLogin(
        record_card_id=card_id,
        name=card.full_name,
        number=card.number,
        reason=reason,
        other_number=others.get(reason) if reason else None,
    )


def _successor_number(session: Session, card: RecordCard, actor: Actor) -> str | None:
    """The number of the card that has the data now, if within reach."""
    following = successor(session, card)
    if following is None or not actor.reaches(BranchId(following.branch_id)):
        return None
    return following.number
