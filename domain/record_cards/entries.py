"""A record card as a form has it: what was typed, and what is wrong with it.

Pure. The same rules as the import's, because both fill the same cards.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, Final

from domain.errors import DomainError
from domain.record_cards import fields
from domain.record_cards.fields import (
    Cell,
    EmailAddress,
    Reason,
    UnusableValueError,
    find_disorder,
)


class CardField(StrEnum):
    """What is typed into a card; its branch is chosen beside it."""

    NUMBER = "number"
    FIRST_NAME = "first_name"
    PREFIX = "prefix"
    LAST_NAME = "last_name"
    EMAIL = "email"
    JOB_TITLE = "job_title"
    CONTRACT = "contract"
    START_ON = "start_on"
    END_ON = "end_on"
    PHONE = "phone"
    STREET = "street"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    BIRTH_ON = "birth_on"


Parse = Callable[[Cell], Any]
PARSERS: Final[Mapping[CardField, Parse]] = {
    CardField.NUMBER: fields.parse_number,
    CardField.FIRST_NAME: fields.parse_text,
    CardField.PREFIX: fields.parse_text,
    CardField.LAST_NAME: fields.parse_last_name,
    CardField.EMAIL: fields.parse_optional_email,
    CardField.JOB_TITLE: fields.parse_text,
    CardField.CONTRACT: fields.parse_text,
    CardField.START_ON: fields.parse_day,
    CardField.END_ON: fields.parse_day,
    CardField.PHONE: fields.parse_text,
    CardField.STREET: partial(fields.parse_text, limit=fields.STREET_LENGTH),
    CardField.POSTAL_CODE: partial(fields.parse_text, limit=fields.POSTAL_CODE_LENGTH),
    CardField.CITY: fields.parse_text,
    CardField.BIRTH_ON: fields.parse_day,
}
# Which day a reader would mend first.
_DISORDERED: Final = {
    Reason.ENDS_BEFORE_START: CardField.END_ON,
    Reason.BORN_AFTER_START: CardField.BIRTH_ON,
}


class CardRefusedError(DomainError):
    """What was typed can't be on a card; `problems` says why, by field."""

    code = "card_refused"

    def __init__(self, problems: Mapping[CardField, Reason]) -> None:
        super().__init__()
        self.problems = problems


@dataclass(frozen=True)
class CardValues:
    """What a card is to say; `columns` are all but number and address."""

    number: str
    email: EmailAddress | None
    columns: Mapping[str, Any]


def parse(typed: Mapping[CardField, str], *, today: date) -> CardValues:
    """Read what was typed. Raises CardRefusedError with every problem at once."""
    values: dict[CardField, Any] = {}
    problems: dict[CardField, Reason] = {}
    for field, read in PARSERS.items():
        try:
            values[field] = read(typed.get(field, ""))
        except UnusableValueError as error:
            problems[field] = error.reason
    problems |= _wrong_days(values, today)
    if problems:
        raise CardRefusedError(problems)
    number, email = values.pop(CardField.NUMBER), values.pop(CardField.EMAIL)
    return CardValues(
        number, email, {field.value: each for field, each in values.items()}
    )


def _wrong_days(
    values: Mapping[CardField, Any], today: date
) -> Mapping[CardField, Reason]:
    birth_on = values.get(CardField.BIRTH_ON)
    if birth_on is not None and birth_on > today:
        return {CardField.BIRTH_ON: Reason.NOT_YET_BORN}
    start_on, end_on = values.get(CardField.START_ON), values.get(CardField.END_ON)
    disorder = find_disorder(start_on, end_on, birth_on)
    return {_DISORDERED[disorder]: disorder} if disorder else {}
