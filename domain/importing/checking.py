"""The rules for one row of a staff list: what it says, and why it is refused."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from domain.importing.headings import Column
from domain.importing.report import Problem, RefusedRow, Warned
from domain.importing.spreadsheet import NumberedRow
from domain.plain_text import fold
from domain.record_cards import fields
from domain.record_cards.entries import PARSERS
from domain.record_cards.fields import (
    Cell,
    EmailAddress,
    Reason,
    UnusableValueError,
    find_disorder,
    number_key,
    text_of,
)


class CardDetails(NamedTuple):
    """The fields of a card that an import compares one by one.

    `branch_key` is the folded name of the branch.
    """

    first_name: str | None = None
    prefix: str | None = None
    last_name: str | None = None
    branch_key: str | None = None
    job_title: str | None = None
    contract: str | None = None
    start_on: date | None = None
    end_on: date | None = None
    phone: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    birth_on: date | None = None


# The column of each of those fields, in the same order.
DETAIL_COLUMNS: Final = tuple(
    Column.BRANCH if field == "branch_key" else Column(field)
    for field in CardDetails._fields
)


class ListedCard(NamedTuple):
    """What one good row says of one card."""

    row: int
    number: str
    number_key: str
    email: EmailAddress | None
    branch_name: str
    details: CardDetails


_DAY_COLUMNS: Final = (Column.START_ON, Column.END_ON, Column.BIRTH_ON)
# Which day a reader would mend first.
DISORDERED_COLUMN: Final = {
    Reason.ENDS_BEFORE_START: Column.END_ON,
    Reason.BORN_AFTER_START: Column.BIRTH_ON,
}

Parse = Callable[[Cell], Any]
Values = dict[Column, Any]

_PARSERS: Final[Mapping[Column, Parse]] = {
    **{Column(field): parse for field, parse in PARSERS.items()},
    Column.BRANCH: fields.parse_branch,
}


@dataclass(frozen=True)
class CheckedList:
    """The good rows of a list, and those that are refused or lose a value."""

    cards: tuple[ListedCard, ...]
    refused: tuple[RefusedRow, ...]
    warnings: tuple[Warned, ...]


def check_rows(
    columns: Sequence[Column], rows: Iterable[NumberedRow], *, today: date
) -> CheckedList:
    """Sort the rows of a list into good and refused; blank rows are neither.

    A number that occurs twice refuses every row that has it: nobody can tell
    which is right.
    """
    parsers = [_PARSERS[column] for column in columns]
    sorting = _Sorting()
    for row, cells in rows:
        if any(text_of(cell) for cell in cells):
            values, problems = _parse(columns, parsers, cells)
            problems.extend(_wrong_days(values, today))
            sorting.add(row, values, problems)
    return sorting.checked_list()


def _parse(
    columns: Sequence[Column], parsers: Sequence[Parse], cells: Sequence[Cell]
) -> tuple[Values, list[Problem]]:
    values: Values = {}
    problems = []
    for column, parse, cell in zip(columns, parsers, cells, strict=True):
        try:
            values[column] = parse(cell)
        except UnusableValueError as error:
            problems.append(Problem(column, text_of(cell), error.reason))
    return values, problems


def _wrong_days(values: Values, today: date) -> Iterator[Problem]:
    start_on, end_on, birth_on = map(values.get, _DAY_COLUMNS)
    if birth_on is not None and birth_on > today:
        yield Problem(Column.BIRTH_ON, str(birth_on), Reason.NOT_YET_BORN)
    elif disorder := find_disorder(start_on, end_on, birth_on):
        column = DISORDERED_COLUMN[disorder]
        yield Problem(column, str(values[column]), disorder)


class _Sorting:
    """Rows on their way to where they belong."""

    def __init__(self) -> None:
        self._cards: list[ListedCard] = []
        self._refused: list[RefusedRow] = []
        self._warnings: list[Warned] = []
        self._times = Counter[str]()

    def add(self, row: int, values: Values, problems: Sequence[Problem]) -> None:
        """Take one row; without its address it still is a good one."""
        number = values.get(Column.NUMBER) or ""
        key = number_key(number)
        self._times[key] += 1
        if any(problem.column is not Column.EMAIL for problem in problems):
            self._refused.append(RefusedRow(row, number, tuple(problems)))
            return
        self._cards.append(_listed_card(row, key, values))
        self._warnings.extend(Warned(row, number, problem) for problem in problems)

    def checked_list(self) -> CheckedList:
        """Every row, once it is known which numbers occur twice."""
        repeated = frozenset(
            key for key, times in self._times.items() if key and times > 1
        )
        return CheckedList(
            cards=tuple(c for c in self._cards if c.number_key not in repeated),
            refused=tuple(sorted(self._refusals(repeated))),
            warnings=tuple(
                warned
                for warned in self._warnings
                if number_key(warned.number) not in repeated
            ),
        )

    def _refusals(self, repeated: frozenset[str]) -> Iterator[RefusedRow]:
        for card in self._cards:
            if card.number_key in repeated:
                yield RefusedRow(card.row, card.number, (_twice(card.number),))
        for refused in self._refused:
            if number_key(refused.number) in repeated:
                problems = (_twice(refused.number), *refused.problems)
                yield refused._replace(problems=problems)
            else:
                yield refused


def _twice(number: str) -> Problem:
    return Problem(Column.NUMBER, number, Reason.NUMBER_TWICE)


def _listed_card(row: int, key: str, values: Values) -> ListedCard:
    branch_name = values[Column.BRANCH]
    # The key stands where DETAIL_COLUMNS has the branch.
    keyed = values | {Column.BRANCH: fold(branch_name)}
    return ListedCard(
        row=row,
        number=values[Column.NUMBER],
        number_key=key,
        email=values.get(Column.EMAIL),
        branch_name=branch_name,
        details=CardDetails._make(map(keyed.get, DETAIL_COLUMNS)),
    )
