"""Finding record cards within somebody's reach."""

import re
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.errors import NotFoundError
from domain.permissions import Act, require
from domain.plain_text import clean, fold
from domain.record_cards.model import RecordCard, RecordCardId

WORDS_COMPARED: Final = 8
_NUMBER_SLIPS: Final = 20


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


def nearest_number(session: Session, number: str, *, actor: Actor) -> str | None:
    """The number within reach that looks most like the typed one, or None.

    Zeros in front are what people leave out or add; else a slip of one character.
    """
    require(actor, Act.SEE_LOGINS)
    key = fold(clean(number))
    bare = key.lstrip("0")
    near = select(RecordCard.number).where(
        within_reach(actor),
        RecordCard.erased_at.is_(None),
        func.ltrim(RecordCard.number_key, "0") == bare,
    )
    found = session.scalar(near.order_by(RecordCard.id).limit(1))
    if found is not None or not bare:
        return found
    alike = select(RecordCard.number).where(
        within_reach(actor),
        RecordCard.erased_at.is_(None),
        or_(
            *(
                RecordCard.number_key.like(_with_gap(key, at), escape="!")
                for at in range(min(len(key), _NUMBER_SLIPS))
            )
        ),
    )
    return session.scalar(alike.order_by(RecordCard.number_key).limit(1))


def _with_gap(key: str, at: int) -> str:
    """A LIKE pattern with any one character at this place."""
    parts = (key[:at], key[at + 1 :])
    safe = [re.sub(r"[!%_]", r"!\g<0>", part) for part in parts]
    return "_".join(safe)


def successor(session: Session, card: RecordCard) -> RecordCard | None:
    """The open card that a closed card's data went to in the end; None if it is open.

    Whoever shows it asks first whether it is within reach.
    """
    if card.moved_to_card_id is None:
        return None
    following = session.get_one(RecordCard, card.moved_to_card_id)
    return successor(session, following) or following


def in_use(session: Session, number: str) -> RecordCard | None:
    """The open card behind a personnel number, of whatever branch, or None.

    Who knows a number by heart goes on using it when the card is closed. For an
    employee's own requests: nothing of the card is shown to whoever typed it.
    """
    key = fold(clean(number))
    card = session.scalars(
        select(RecordCard).where(RecordCard.number_key == key)
    ).one_or_none()
    return card and (successor(session, card) or card)


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
    """The SQL condition that a card is of a branch that the actor reaches.

    An erased card is within nobody's reach.
    """
    if actor.reaches_every_branch:
        return is_kept(card)
    return and_(is_kept(card), card.branch_id.in_(actor.branch_ids))


def is_kept(card: type[RecordCard] = RecordCard) -> ColumnElement[bool]:
    """The SQL condition that a card still says something of a person."""
    return card.erased_at.is_(None)


def is_open(card: type[RecordCard] = RecordCard) -> ColumnElement[bool]:
    """The SQL condition that a card's data is there: neither moved nor erased."""
    return and_(card.moved_to_card_id.is_(None), is_kept(card))


def employed_on(day: date, card: type[RecordCard] = RecordCard) -> ColumnElement[bool]:
    """`employment.is_employed` as a SQL condition; a closed card employs nobody."""
    return and_(is_open(card), or_(card.end_on.is_(None), card.end_on >= day))


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
            for word in words[:WORDS_COMPARED]
        ),
    )
