"""The columns of a staff list, found by their headings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.plain_text import clean, fold

# A list may begin with a title and remarks; a heading row is among these rows.
LEAD_ROWS: Final = 20
# So many known headings in a row make it a heading row, even one that misses some.
_TELLING: Final = 2


class Column(StrEnum):
    """What a column of a staff list holds."""

    NUMBER = "number"
    FIRST_NAME = "first_name"
    PREFIX = "prefix"
    LAST_NAME = "last_name"
    EMAIL = "email"
    BRANCH = "branch"
    JOB_TITLE = "job_title"
    CONTRACT = "contract"
    START_ON = "start_on"
    END_ON = "end_on"
    PHONE = "phone"
    STREET = "street"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    BIRTH_ON = "birth_on"


REQUIRED: Final = (Column.NUMBER, Column.LAST_NAME, Column.BRANCH)

_NAMES: Final = {
    Column.NUMBER: ("Personeelsnummer", "Personeelsnr", "Employee number"),
    Column.FIRST_NAME: ("Voornaam", "First name"),
    Column.PREFIX: ("Tussenvoegsel", "Tussenvoegsels", "Prefix"),
    Column.LAST_NAME: ("Achternaam", "Last name", "Surname"),
    Column.EMAIL: ("E-mailadres", "E-mail", "E-mail address"),
    Column.BRANCH: ("Vestiging", "Branch"),
    Column.JOB_TITLE: ("Functie", "Job title"),
    Column.CONTRACT: ("Dienstverband", "Contract"),
    Column.START_ON: ("Datum in dienst", "Start date"),
    Column.END_ON: ("Datum uit dienst", "End date"),
    Column.PHONE: ("Telefoon", "Telefoonnummer", "Phone", "Phone number"),
    Column.STREET: ("Adres", "Address"),
    Column.POSTAL_CODE: ("Postcode", "Postal code"),
    Column.CITY: ("Plaats", "Woonplaats", "City"),
    Column.BIRTH_ON: ("Geboortedatum", "Date of birth"),
}
_MARKS: Final = re.compile(r"[\W_]+")


def _heading_key(heading: str) -> str:
    return _MARKS.sub("", fold(heading))


_COLUMNS: Final = {
    _heading_key(name): column for column, names in _NAMES.items() for name in names
}


@dataclass(frozen=True)
class Headings:
    """Where each column stands, counted from 0, and which headings are unknown."""

    positions: dict[Column, int]
    unknown: tuple[str, ...]

    @property
    def missing(self) -> tuple[Column, ...]:
        """Required columns that are not there."""
        return tuple(column for column in REQUIRED if column not in self.positions)


def recognise(row: Iterable[object]) -> Headings:
    """The columns that this row heads; capitals, blanks and marks don't count.

    Of two equal headings the first counts, the other is unknown like any other.
    """
    positions: dict[Column, int] = {}
    unknown = []
    for position, cell in enumerate(row):
        heading = clean(cell) if isinstance(cell, str) else ""
        column = _COLUMNS.get(_heading_key(heading))
        if column is not None and column not in positions:
            positions[column] = position
        elif heading:
            unknown.append(heading)
    return Headings(positions, tuple(unknown))


def find(rows: Sequence[Sequence[object]]) -> tuple[int, Headings] | None:
    """The heading row among the lead rows, counted from 0, or None.

    The row with the most required columns, then the first. A list without a
    required column is found too, so that it can be said what is missing.
    """
    best: tuple[int, Headings] | None = None
    for index, row in enumerate(rows[:LEAD_ROWS]):
        headings = recognise(row)
        if len(headings.positions) < _TELLING:
            continue
        if best is None or len(headings.missing) < len(best[1].missing):
            best = (index, headings)
    return best
