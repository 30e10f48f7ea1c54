"""Looking for record cards that are likely of one person, within somebody's reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, select, union
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.branches import Branch
from domain.logins.model import Login
from domain.permissions import Act, require
from domain.record_cards import pairs
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard, full_name
from domain.record_cards.pairs import PHONE_DIGITS, Pair, Traits
from domain.record_cards.register import is_open, within_reach

# What people write between the digits of a phone.
_BETWEEN_DIGITS: Final = " -+()./\u00a0\u2010\u2011\u2013"


@dataclass(frozen=True)
class CardLine:
    """A card as a list shows it."""

    number: str
    name: str
    branch_name: str


@dataclass(frozen=True)
class PairPage:
    """Some likely pairs, the first of which is number `start`, of `count`.

    `cards` has the cards of these pairs by id.
    """

    pairs: tuple[Pair, ...]
    cards: Mapping[int, CardLine]
    start: int
    count: int


def find_pairs(
    session: Session, *, start: int = 0, limit: int, actor: Actor, now: datetime
) -> PairPage:
    """Likely pairs of open cards, the strongest reasons first, a page at a time.

    The database groups cards by what they have in common; only cards that share
    something are read and compared.
    """
    require(actor, Act.MOVE_EMPLOYEE_DATA)
    rows = session.execute(_alike(actor)).all()
    found = pairs.find_pairs([_traits(row) for row in rows], office_day(now))
    first = start if 0 <= start < len(found) else 0
    shown = tuple(found[first : first + limit])
    of_pairs = {card.card_id for pair in shown for card in (pair.old, pair.new)}
    cards = {row.RecordCard.id: _line(row) for row in rows}
    return PairPage(
        shown, {card_id: cards[card_id] for card_id in of_pairs}, first, len(found)
    )


def _alike(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The open cards that have something in common with another, and few others."""
    some = union(
        # As many letters; whether they are the same is compared in Python, because
        # "de" may be a prefix or the beginning of a last name.
        _sharing(actor, RecordCard.birth_on, _letters_of_name()),
        _sharing(actor, RecordCard.email_key),
        _sharing(actor, _last_digits()),
    )
    return (
        select(RecordCard, Login.id.label("login_id"), Branch.name)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .where(RecordCard.id.in_(some))
        .order_by(RecordCard.id)
    )


def _sharing(
    actor: Actor, value: ColumnElement[Any] | Any, *more: ColumnElement[Any]
) -> Select[*tuple[Any, ...]]:
    """The ids of open cards within reach that have this in common with another."""
    others = func.count().over(partition_by=(value, *more))
    counted = (
        select(RecordCard.id, others.label("count"))
        .where(is_open(), within_reach(actor), value.is_not(None))
        .subquery()
    )
    return select(counted.c.id).where(counted.c.count > 1)


def _letters_of_name() -> ColumnElement[int]:
    """How many letters a name has; the key ends with the number."""
    letters = func.replace(RecordCard.name_key, " ", "")
    return func.length(letters) - func.length(RecordCard.number_key)


def _last_digits() -> ColumnElement[str | None]:
    """`pairs.phone_digits` of phones as people write them, or NULL."""
    digits: ColumnElement[str] = func.coalesce(RecordCard.phone, "")
    for character in _BETWEEN_DIGITS:
        digits = func.replace(digits, character, "")
    length = func.length(digits)
    last = func.substr(digits, length - (PHONE_DIGITS - 1))
    return case((length >= PHONE_DIGITS, last), else_=None)


def _line(row: Any) -> CardLine:
    card: RecordCard = row.RecordCard
    return CardLine(card.number, card.full_name, row.name)


def _traits(row: Any) -> Traits:
    card: RecordCard = row.RecordCard
    return Traits(
        card_id=card.id,
        name=full_name(card.first_name, card.prefix, card.last_name),
        birth_on=card.birth_on,
        email_key=card.email_key,
        phone=card.phone,
        start_on=card.start_on,
        end_on=card.end_on,
        has_login=row.login_id is not None,
    )
