"""The rules for one row of a staff list: what it says, and why it is refused."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from domain.importing.headings import Column
from domain.importing.report import Problem, RefusedRow, Warned
from domain.importing.spreadsheet import NumberedRow
from domain.plain_text import fold
from domain.record_cards import fields
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

_PARSERS: Final[Mapping[Column, Parse]] = {
    Column.NUMBER: fields.parse_number,
    Column.FIRST_NAME: fields.parse_text,
    Column.PREFIX: fields.parse_text,
    Column.LAST_NAME: fields.parse_last_name,
    Column.EMAIL: fields.parse_optional_email,
    Column.BRANCH: fields.parse_branch,
    Column.JOB_TITLE: fields.parse_text,
    Column.CONTRACT: fields.parse_text,
    Column.START_ON: fields.parse_day,
    Column.END_ON: fields.parse_day,
    Column.PHONE: fields.parse_text,
    Column.STREET: partial(fields.parse_text, limit=fields.STREET_LENGTH),
    Column.POSTAL_CODE: partial(fields.parse_text, limit=fields.POSTAL_CODE_LENGTH),
    Column.CITY: fields.parse_text,
    Column.BIRTH_ON: fields.parse_day,
}


class CheckedRow(NamedTuple):
    """A row's values by column, and what is wrong with it."""

    row: int
    values: Mapping[Column, Any]
    problems: tuple[Problem, ...]

    @property
    def number(self) -> str:
        """The personnel number, or nothing when it is that which is wrong."""
        return self.values.get(Column.NUMBER) or ""

    @property
    def is_refused(self) -> bool:
        """Whether the row stays out; without its address it still goes in."""
        return any(problem.column is not Column.EMAIL for problem in self.problems)


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
    checked = [
        _check_row(row, list(zip(columns, parsers, cells, strict=True)), today)
        for row, cells in rows
        if any(text_of(cell) for cell in cells)
    ]
    return _sort_out(list(_refuse_repeated_numbers(checked)))


def _check_row(
    row: int, cells: Sequence[tuple[Column, Parse, Cell]], today: date
) -> CheckedRow:
    values: dict[Column, Any] = {}
    problems = []
    for column, parse, cell in cells:
        try:
            values[column] = parse(cell)
        except UnusableValueError as error:
            problems.append(Problem(column, text_of(cell), error.reason))
    problems.extend(_wrong_days(values, today))
    return CheckedRow(row, values, tuple(problems))


def _wrong_days(values: Mapping[Column, Any], today: date) -> Iterator[Problem]:
    start_on, end_on, birth_on = map(values.get, _DAY_COLUMNS)
    if birth_on is not None and birth_on > today:
        yield Problem(Column.BIRTH_ON, str(birth_on), Reason.NOT_YET_BORN)
    elif disorder := find_disorder(start_on, end_on, birth_on):
        column = DISORDERED_COLUMN[disorder]
        yield Problem(column, str(values[column]), disorder)


def _refuse_repeated_numbers(checked: Sequence[CheckedRow]) -> Iterator[CheckedRow]:
    times = Counter(number_key(row.number) for row in checked)
    for row in checked:
        if row.number and times[number_key(row.number)] > 1:
            problem = Problem(Column.NUMBER, row.number, Reason.NUMBER_TWICE)
            yield row._replace(problems=(problem, *row.problems))
        else:
            yield row


def _sort_out(checked: Sequence[CheckedRow]) -> CheckedList:
    good = [row for row in checked if not row.is_refused]
    return CheckedList(
        cards=tuple(map(_listed_card, good)),
        refused=tuple(
            RefusedRow(row.row, row.number, row.problems)
            for row in checked
            if row.is_refused
        ),
        warnings=tuple(
            Warned(row.row, row.number, problem)
            for row in good
            for problem in row.problems
        ),
    )


def _listed_card(checked: CheckedRow) -> ListedCard:
    values = checked.values
    branch_name = values[Column.BRANCH]
    details = CardDetails(*map(values.get, DETAIL_COLUMNS))
    return ListedCard(
        row=checked.row,
        number=checked.number,
        number_key=number_key(checked.number),
        email=values.get(Column.EMAIL),
        branch_name=branch_name,
        details=details._replace(branch_key=fold(branch_name)),
    )
