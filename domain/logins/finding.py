"""Finding somebody of a branch by name or number, whether with a login or without."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.errors import NotFoundError
from domain.logins import eligibility
from domain.logins.eligibility import LeftOutReason
from domain.logins.model import Login, LoginId
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard, RecordCardId, full_name
from domain.record_cards.register import named_like, within_reach


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
class PersonWithoutLogin:
    """Somebody without login, and why.

    `other_number` is the card that has the same address, as far as the actor may
    see it.
    """

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
        .where(RecordCard.branch_id == branch_id, named_like(part))
        .order_by(RecordCard.name_key, RecordCard.id)
        .limit(limit)
    )
    return [_found(card, login_id, why) for card, login_id, why in rows]


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
            RecordCard.first_name,
            RecordCard.prefix,
            RecordCard.last_name,
            RecordCard.number,
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
    reason = LeftOutReason(row.why) if row.why else None
    others = {
        LeftOutReason.ADDRESS_SHARED: row.rival,
        LeftOutReason.ADDRESS_IN_USE: row.holder,
    }
    return PersonWithoutLogin(
        name=full_name(row.first_name, row.prefix, row.last_name),
        number=row.number,
        reason=reason,
        other_number=others.get(reason) if reason else None,
    )
