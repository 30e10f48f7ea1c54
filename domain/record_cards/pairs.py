"""Which two record cards are likely of one person, and why; pure.

The manual (tip 6) has somebody with two cards, such as a former freelancer who is
employed now. What two cards have in common is a proposal, never a decision: people
share phones and mailboxes at home, and a restaurant has a phone of its own.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Final

from domain.plain_text import fold
from domain.record_cards.employment import is_employed

# What more cards than this have in common is a shop's, not a person's.
SHARED_BY_AT_MOST: Final = 4
# A Dutch number without its 0, 0031 or +31.
PHONE_DIGITS: Final = 9
_NO_DIGIT: Final = re.compile(r"[^0-9]")


class PairReason(StrEnum):
    """Why two cards are likely one person's; the strongest first."""

    NAME_AND_BIRTH = "name_and_birth"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True)
class Traits:
    """What is compared of a card; texts as they are stored."""

    card_id: int
    name: str
    birth_on: date | None
    email_key: str | None
    phone: str | None
    start_on: date | None
    end_on: date | None
    has_login: bool


@dataclass(frozen=True)
class Pair:
    """Two cards, which is taken for the old one, and why they are one person's."""

    old: Traits
    new: Traits
    reasons: tuple[PairReason, ...]


def find_pairs(cards: Sequence[Traits], today: date) -> list[Pair]:
    """Likely pairs, those with the strongest reason first.

    Two cards with a login each are none: somebody keeps both. Nor are two people
    born on different days who share a phone.
    """
    found: dict[tuple[Traits, Traits], list[PairReason]] = defaultdict(list)
    for reason, key in _KEYS.items():
        for one, other in _alike(cards, key):
            if not _is_unlikely(one, other, reason):
                found[in_order(one, other, today)].append(reason)
    pairs = [Pair(*cards, tuple(reasons)) for cards, reasons in found.items()]
    return sorted(pairs, key=_strength)


def in_order(one: Traits, other: Traits, today: date) -> tuple[Traits, Traits]:
    """The old card and the new one.

    New is who is still employed, then whose employment began later when both say,
    then the card without login, then the one that was added later.
    """
    both = one.start_on is not None and other.start_on is not None
    old, new = sorted(
        (one, other), key=lambda card: _newness(card, today, by_start=both)
    )
    return old, new


def phone_digits(phone: str | None) -> str | None:
    """The digits by which phones are compared, or None for too few of them."""
    digits = _NO_DIGIT.sub("", phone or "")
    return digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else None


def _name_and_birth(card: Traits) -> Hashable:
    return (fold(card.name), card.birth_on) if card.birth_on else None


_KEYS: Final[dict[PairReason, Callable[[Traits], Hashable]]] = {
    PairReason.NAME_AND_BIRTH: _name_and_birth,
    PairReason.EMAIL: lambda card: card.email_key,
    PairReason.PHONE: lambda card: phone_digits(card.phone),
}


def _alike(
    cards: Iterable[Traits], key: Callable[[Traits], Hashable]
) -> Iterator[tuple[Traits, Traits]]:
    groups: dict[Hashable, list[Traits]] = defaultdict(list)
    for card in cards:
        if (value := key(card)) is not None:
            groups[value].append(card)
    for group in groups.values():
        if len(group) <= SHARED_BY_AT_MOST:
            yield from combinations(group, 2)


def _is_unlikely(one: Traits, other: Traits, reason: PairReason) -> bool:
    if one.has_login and other.has_login:
        return True
    days = {one.birth_on, other.birth_on} - {None}
    return reason is PairReason.PHONE and len(days) > 1


def _newness(
    card: Traits, today: date, *, by_start: bool
) -> tuple[bool, date, bool, int]:
    began = (by_start and card.start_on) or date.min
    return is_employed(card.end_on, today), began, not card.has_login, card.card_id


def _strength(pair: Pair) -> tuple[int, int, int, int]:
    strongest = list(PairReason).index(pair.reasons[0])
    return strongest, -len(pair.reasons), pair.new.card_id, pair.old.card_id
