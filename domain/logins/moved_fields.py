"""What of a record card can move to another card of the same person.

Number, branch, job title, contract and dates of employment stay where they are: they
are what makes it another card.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from domain.record_cards.fields import card_name_key
from domain.record_cards.model import RecordCard


class MovedField(StrEnum):
    """One thing that HR ticks; a name and a home address move as a whole."""

    EMAIL = "email"
    NAME = "name"
    BIRTH_ON = "birth_on"
    PHONE = "phone"
    HOME_ADDRESS = "home_address"


COLUMNS: Final[Mapping[MovedField, tuple[str, ...]]] = {
    MovedField.EMAIL: ("email", "email_key"),
    MovedField.NAME: ("first_name", "prefix", "last_name"),
    MovedField.BIRTH_ON: ("birth_on",),
    MovedField.PHONE: ("phone",),
    MovedField.HOME_ADDRESS: ("street", "postal_code", "city"),
}
# Nobody sees it: it goes wherever the address goes.
_UNNAMED: Final = frozenset({"email_key"})
_DAYS: Final = frozenset({"birth_on"})


def can_move(field: MovedField, source: RecordCard, target: RecordCard) -> bool:
    """Whether the old card says something there that the new one does not."""
    says_something = any(getattr(source, name) for name in COLUMNS[field])
    return says_something and not is_same(field, source, target)


def is_same(field: MovedField, one: RecordCard, other: RecordCard) -> bool:
    """Whether two cards say the same; addresses in the form that is compared."""
    if field is MovedField.EMAIL:
        return one.email_key == other.email_key
    return all(getattr(one, name) == getattr(other, name) for name in COLUMNS[field])


def copy(fields: Iterable[MovedField], source: RecordCard, target: RecordCard) -> None:
    """Have `target` say what `source` says in these fields."""
    for field in fields:
        for name in COLUMNS[field]:
            setattr(target, name, getattr(source, name))
    _name_anew(target)


def column_names(fields: Iterable[MovedField]) -> list[str]:
    """The names of their columns, as events and moves hold them."""
    return [name for field in fields for name in COLUMNS[field] if name not in _UNNAMED]


def fields_of(names: Iterable[str]) -> list[MovedField]:
    """The fields that these columns are of."""
    given = set(names)
    return [field for field in MovedField if given.intersection(COLUMNS[field])]


def remember(fields: Iterable[MovedField], card: RecordCard) -> dict[str, Any]:
    """What a card says in these fields, as JSON can hold it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for field in fields
        for name in COLUMNS[field]
        for value in [getattr(card, name)]
    }


def give_back(
    fields: Iterable[MovedField], before: Mapping[str, Any], card: RecordCard
) -> None:
    """Have the card say again what was remembered of these fields."""
    for field in fields:
        for name in COLUMNS[field]:
            value = before[name]
            is_day = name in _DAYS and value is not None
            setattr(card, name, date.fromisoformat(value) if is_day else value)
    _name_anew(card)


def _name_anew(card: RecordCard) -> None:
    card.name_key = card_name_key(
        card.last_name, card.first_name, card.prefix, card.number
    )
