"""Finding record cards within somebody's reach."""

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.errors import NotFoundError
from domain.permissions import Act, require
from domain.plain_text import clean, fold
from domain.record_cards.model import RecordCard, RecordCardId

_WORDS_COMPARED: Final = 8


def search(
    session: Session,
    part: str,
    *,
    actor: Actor,
    limit: int,
    branch_id: BranchId | None = None,
) -> list[RecordCard]:
    """Cards within reach whose name or number has every word of `part`, by name."""
    require(actor, Act.SEE_LOGINS, branch_id)
    query = select(RecordCard).where(within_reach(actor), named_like(part))
    if branch_id is not None:
        query = query.where(RecordCard.branch_id == branch_id)
    by_name = query.order_by(RecordCard.name_key, RecordCard.id)
    return list(session.scalars(by_name.limit(limit)))


def get(session: Session, card_id: RecordCardId, *, actor: Actor) -> RecordCard:
    """A card within the actor's reach.

    Raises NotFoundError otherwise, the same for a foreign card as for none.
    """
    return _one(session, RecordCard.id == card_id, actor)


def find_by_number(session: Session, number: str, *, actor: Actor) -> RecordCard:
    """The card with this personnel number, written with or without capitals.

    Raises NotFoundError when there is none within the actor's reach.
    """
    key = fold(clean(number))
    return _one(session, RecordCard.number_key == key, actor)


def _one(session: Session, condition: ColumnElement[bool], actor: Actor) -> RecordCard:
    require(actor, Act.SEE_LOGINS)
    card = session.scalars(
        select(RecordCard).where(condition, within_reach(actor))
    ).one_or_none()
    if card is None:
        raise NotFoundError(kind="record_card")
    return card


def within_reach(
    actor: Actor, card: type[RecordCard] = RecordCard
) -> ColumnElement[bool]:
    """The SQL condition that a card is of a branch that the actor reaches."""
    if actor.reaches_every_branch:
        return true()
    return card.branch_id.in_(actor.branch_ids)


def employed_on(day: date, card: type[RecordCard] = RecordCard) -> ColumnElement[bool]:
    """`employment.is_employed` as a SQL condition."""
    return or_(card.end_on.is_(None), card.end_on >= day)


def named_like(part: str) -> ColumnElement[bool]:
    """The SQL condition that a name or number has every word of `part`.

    Words are looked for one by one, so that "Jan de Vries" finds the card that
    is sorted under "Vries Jan de".
    """
    words = [fold(word) for word in clean(part).split()]
    return and_(
        true(),
        *(
            RecordCard.name_key.contains(word, autoescape=True)
            for word in words[:_WORDS_COMPARED]
        ),
    )
