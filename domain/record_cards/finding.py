"""Finding record cards by whatever somebody knows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.branches import Branch
from domain.permissions import Act, require
from domain.plain_text import clean, fold
from domain.record_cards.employment import is_employed, office_day
from domain.record_cards.model import RecordCard, RecordCardId
from domain.record_cards.register import WORDS_COMPARED, within_reach


@dataclass(frozen=True)
class FoundCard:
    """A card in a list of many; `is_closed` since its data moved elsewhere."""

    record_card_id: RecordCardId
    name: str
    number: str
    branch_name: str
    is_closed: bool
    has_left: bool


def find(
    session: Session, part: str, *, limit: int, actor: Actor, now: datetime
) -> Sequence[FoundCard]:
    """Cards within reach with every word of `part`, open ones and then by name.

    Each word may be of the name, number, e-mail address or branch.
    """
    require(actor, Act.SEE_RECORD_CARDS)
    rows = session.execute(
        select(RecordCard, Branch.name)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .where(within_reach(actor), _has_words(part))
        .order_by(
            RecordCard.moved_to_card_id.is_not(None),
            RecordCard.name_key,
            RecordCard.id,
        )
        .limit(limit)
    )
    return [_found(card, name, now) for card, name in rows]


def _found(card: RecordCard, branch_name: str, now: datetime) -> FoundCard:
    return FoundCard(
        record_card_id=RecordCardId(card.id),
        name=card.full_name,
        number=card.number,
        branch_name=branch_name,
        is_closed=card.moved_to_card_id is not None,
        has_left=not is_employed(card.end_on, office_day(now)),
    )


def _has_words(part: str) -> ColumnElement[bool]:
    words = [fold(word) for word in clean(part).split()]
    places = (RecordCard.name_key, RecordCard.email_key, Branch.name_key)
    return and_(
        true(),
        *(
            or_(*(place.contains(word, autoescape=True) for place in places))
            for word in words[:WORDS_COMPARED]
        ),
    )
