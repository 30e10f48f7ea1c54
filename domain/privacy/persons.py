"""Which cards and logins are one person's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain.errors import NotFoundError
from domain.logins.model import Login
from domain.plain_text import clean, fold
from domain.record_cards.model import RecordCard

# Moves make chains, and an undone one may be followed by another.
_MOST_STEPS: Final = 50


@dataclass(frozen=True)
class Person:
    """The cards whose data went from one to the other, and their logins."""

    card_ids: Sequence[int]
    login_ids: Sequence[int]


def find(session: Session, number: str) -> Person:
    """The person with this personnel number, with all cards behind it.

    Raises NotFoundError when no card has the number; an erased one has none.
    """
    key = fold(clean(number))
    card_id = session.scalar(
        select(RecordCard.id).where(
            RecordCard.number_key == key, RecordCard.erased_at.is_(None)
        )
    )
    if card_id is None:
        raise NotFoundError(kind="record_card")
    return of_cards(session, connected(session, card_id))


def of_cards(session: Session, card_ids: Sequence[int]) -> Person:
    """These cards and their logins."""
    logins = select(Login.id).where(Login.record_card_id.in_(card_ids))
    return Person(sorted(card_ids), session.scalars(logins.order_by(Login.id)).all())


def connected(session: Session, card_id: int) -> Sequence[int]:
    """A card and those to which its data went, or from which it came."""
    known = {card_id}
    for _ in range(_MOST_STEPS):
        rows = session.execute(
            select(RecordCard.id, RecordCard.moved_to_card_id).where(
                or_(
                    RecordCard.id.in_(known),
                    RecordCard.moved_to_card_id.in_(known),
                )
            )
        )
        found = {each for row in rows for each in row if each is not None}
        if found <= known:
            break
        known |= found
    return sorted(known)
