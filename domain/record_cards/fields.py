"""The fields of a record card: which values they take and how those are compared.

Pure: the import, the screens and the sign-in page use the same rules.
"""

import math
import re
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from email_validator import (
    SPECIAL_USE_DOMAIN_NAMES,
    EmailNotValidError,
    validate_email,
)

from domain.errors import DomainError
from domain.plain_text import clean, fold, hides, strip
from domain.record_cards.dates import parse_date

Cell = str | float | bool | None

NUMBER_LENGTH: Final = 40
NAME_LENGTH: Final = 100
STREET_LENGTH: Final = 200
POSTAL_CODE_LENGTH: Final = 20
EMAIL_LENGTH: Final = 254
# Some letters become longer when folded; the columns of keys end here.
_NUMBER_KEY_LENGTH: Final = 80
_BRANCH_KEY_LENGTH: Final = 200
_NAME_KEY_LENGTH: Final = 700
# A spreadsheet keeps 15 digits of a number; the rest it makes up.
_EXACT_BELOW: Final = 1e15
# Beyond it the digits say less than their number does.
_WRITTEN_OUT_BELOW: Final = 1e40


class Reason(StrEnum):
    """Why a value can't be used."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NUMBER_TWICE = "number_twice"
    NUMBER_INEXACT = "number_inexact"
    NUMBER_TAKEN = "number_taken"
    NOT_A_DATE = "not_a_date"
    DATE_AS_NUMBER = "date_as_number"
    NOT_YET_BORN = "not_yet_born"
    BORN_AFTER_START = "born_after_start"
    ENDS_BEFORE_START = "ends_before_start"
    ADDRESS_UNUSABLE = "address_unusable"
    ADDRESS_INVISIBLE = "address_invisible"
    ADDRESS_IN_USE = "address_in_use"
    ADDRESS_SHARED = "address_shared"
    BRANCH_OUT_OF_REACH = "branch_out_of_reach"
    CARD_OUT_OF_REACH = "card_out_of_reach"
    CARD_CLOSED = "card_closed"


class UnusableValueError(DomainError):
    """A value that a field does not take; `reason` says why."""

    code = "unusable_value"

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason=reason.value)
        self.reason = reason


class EmailAddress(NamedTuple):
    """One address, and the form in which addresses are compared."""

    text: str
    key: str


def text_of(cell: Cell) -> str:
    """What a cell says: clean text; numbers as one would write them down."""
    if isinstance(cell, str):
        return clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if _is_whole(cell):
        return str(int(cell))
    if _EXACT_BELOW <= abs(cell) < _WRITTEN_OUT_BELOW:
        return format(Decimal(f"{cell:.15g}"), "f")
    return repr(cell)


def parse_number(cell: Cell) -> str:
    """A personnel number: text, leading zeros matter.

    Raises UnusableValueError for none, for one that is too long, and for a
    spreadsheet number that is broken, negative or past 15 digits.
    """
    if isinstance(cell, float | int) and not (_is_whole(cell) and cell >= 0):
        is_long = _EXACT_BELOW <= cell < _WRITTEN_OUT_BELOW
        reason = Reason.NUMBER_INEXACT if is_long else Reason.NOT_A_WHOLE_NUMBER
        raise UnusableValueError(reason)
    number = _required(text_of(cell), NUMBER_LENGTH)
    if len(number_key(number)) > _NUMBER_KEY_LENGTH:
        raise UnusableValueError(Reason.TOO_LONG)
    return number


def number_key(number: str) -> str:
    """The form in which personnel numbers are compared and unique."""
    return fold(number)


def parse_last_name(cell: Cell) -> str:
    """A last name; raises UnusableValueError for none and past 100 characters."""
    return _required(text_of(cell), NAME_LENGTH)


def parse_branch(cell: Cell) -> str:
    """A branch's name; raises UnusableValueError for none and past 100 characters."""
    name = _required(text_of(cell), NAME_LENGTH)
    if len(fold(name)) > _BRANCH_KEY_LENGTH:
        raise UnusableValueError(Reason.TOO_LONG)
    return name


def parse_text(cell: Cell, limit: int = NAME_LENGTH) -> str | None:
    """A text that may be empty; raises UnusableValueError when it is too long."""
    text = text_of(cell)
    if len(text) > limit:
        raise UnusableValueError(Reason.TOO_LONG)
    return text or None


def parse_day(cell: Cell) -> date | None:
    """A day that may be empty; raises UnusableValueError for what is no day."""
    text = text_of(cell)
    if not text:
        return None
    day = parse_date(text)
    if day is None:
        is_number = isinstance(cell, float | int)
        raise UnusableValueError(
            Reason.DATE_AS_NUMBER if is_number else Reason.NOT_A_DATE
        )
    return day


def find_disorder(
    start_on: date | None, end_on: date | None, birth_on: date | None
) -> Reason | None:
    """Why these days can't be one person's employment, or None."""
    if start_on is None:
        return None
    if end_on is not None and end_on < start_on:
        return Reason.ENDS_BEFORE_START
    if birth_on is not None and birth_on >= start_on:
        return Reason.BORN_AFTER_START
    return None


def card_name_key(
    last_name: str, first_name: str | None, prefix: str | None, number: str
) -> str:
    """What cards are sorted by and searched in: each part folded, a blank between."""
    parts = (last_name, first_name, prefix, number)
    return " ".join(fold(part) for part in parts if part)[:_NAME_KEY_LENGTH]


# What nobody doubts is an address; anything else is asked of email-validator.
_PLAIN_ADDRESS: Final = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@"
    r"(?:[a-z0-9](?:-?[a-z0-9]){0,30}\.)+([a-z]{2,24})"
)
_UNSAFE_IN_LOCAL_PART: Final = re.compile(r'[\s@<>()\[\],;:\\"]')
_SPECIAL_USE: Final = frozenset(SPECIAL_USE_DOMAIN_NAMES)


def parse_email(text: str) -> EmailAddress | None:
    """The one usable address that this text is, or None.

    Blanks and invisible characters around it don't count. Exactly one addr-spec
    (RFC 5322): no display name, comment, group, list or line break; a domain that
    can be reached from anywhere.
    """
    address = strip(text)
    plain = _PLAIN_ADDRESS.fullmatch(address)
    if plain and len(address) <= EMAIL_LENGTH and plain[1] not in _SPECIAL_USE:
        return EmailAddress(address, address)
    if len(address) > EMAIL_LENGTH:
        return None
    return _parse_unusual_email(address)


def parse_optional_email(cell: Cell) -> EmailAddress | None:
    """An address that may be empty; raises UnusableValueError for what is none."""
    text = strip(cell) if isinstance(cell, str) else text_of(cell)
    if not text:
        return None
    address = parse_email(text)
    if address is None:
        raise UnusableValueError(
            Reason.ADDRESS_INVISIBLE if hides(text) else Reason.ADDRESS_UNUSABLE
        )
    return address


def email_key(text: str) -> str | None:
    """The form in which addresses are compared, or None for what is no address."""
    address = parse_email(text)
    return address.key if address else None


def _parse_unusual_email(text: str) -> EmailAddress | None:
    # Some of them are letters to Unicode, and so to email-validator.
    if hides(text):
        return None
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return None
    local_part = _folded(found.local_part)
    key = f"{local_part}@{found.ascii_domain}"
    # Compatibility forms can hide an @ or a bracket; folding would let it out.
    if _UNSAFE_IN_LOCAL_PART.search(local_part) or len(key) > EMAIL_LENGTH:
        return None
    return EmailAddress(found.normalized, key)


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)


def _required(text: str, limit: int) -> str:
    if not text:
        raise UnusableValueError(Reason.MISSING)
    if len(text) > limit:
        raise UnusableValueError(Reason.TOO_LONG)
    return text


def _is_whole(number: float) -> bool:
    return math.isfinite(number) and number % 1 == 0 and abs(number) < _EXACT_BELOW
