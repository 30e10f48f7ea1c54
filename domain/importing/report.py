"""What an import does or did, row by row."""

from dataclasses import dataclass
from typing import NamedTuple

from domain.importing.headings import Column
from domain.record_cards.fields import Reason


class ListedRow(NamedTuple):
    """A row of the list, as the spreadsheet counts them, and its number."""

    row: int
    number: str


class ChangedRow(NamedTuple):
    """A row that changes a stored card, and in which columns."""

    row: int
    number: str
    columns: tuple[Column, ...]


class Problem(NamedTuple):
    """A value that can't be used, and why."""

    column: Column
    value: str
    reason: Reason


class RefusedRow(NamedTuple):
    """A row that does not go in, with everything that is wrong with it."""

    row: int
    number: str
    problems: tuple[Problem, ...]


class Warned(NamedTuple):
    """A row that goes in without this one value."""

    row: int
    number: str
    problem: Problem


class ChangedAddress(NamedTuple):
    """A card with a login whose address, and so whose user name, becomes another."""

    row: int
    number: str
    old: str | None
    new: str


class Remarks(NamedTuple):
    """What somebody may want to mend in the list, or look at twice."""

    refused: tuple[RefusedRow, ...]
    warnings: tuple[Warned, ...]
    address_changes: tuple[ChangedAddress, ...]


@dataclass(frozen=True)
class Report:
    """Every row of the list in its place; a preview and its import give equal ones.

    Blank rows are nowhere. A row of `address_changes` is in `changed` too, and
    one of `warnings` is in `new`, `changed` or `unchanged`.
    """

    sheet: str
    heading_row: int
    unknown_columns: tuple[str, ...]
    new: tuple[ListedRow, ...]
    changed: tuple[ChangedRow, ...]
    unchanged: tuple[ListedRow, ...]
    refused: tuple[RefusedRow, ...]
    warnings: tuple[Warned, ...]
    address_changes: tuple[ChangedAddress, ...]
    new_branches: tuple[str, ...]

    @property
    def remarks(self) -> Remarks:
        """The rows that ask for attention."""
        return Remarks(self.refused, self.warnings, self.address_changes)
