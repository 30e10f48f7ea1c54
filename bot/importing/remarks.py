"""Rows that ask for attention, as lines: a few in a modal, all of them in a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from slack_sdk.models.blocks import Block

from bot.blocks import marked_paragraph, paragraph
from bot.importing.wording import COLUMNS, REASONS
from bot.locale import Translator
from bot.text import escaped, on_one_line
from domain.importing.report import ChangedAddress, Problem, Remarks

LINES_SHOWN: Final = 15
# So many lines of the longest kind are fewer characters than a section holds.
_LINES_IN_A_BLOCK: Final = 8
_NUMBER_LENGTH: Final = 40
_ADDRESS_LENGTH: Final = 80


@dataclass(frozen=True)
class Group:
    """Lines about one kind of row, under a heading and with what to do about them."""

    heading: str
    advice: str
    lines: Sequence[str]

    @property
    def fits(self) -> bool:
        """Whether every line is shown."""
        return len(self.lines) <= LINES_SHOWN


def groups(remarks: Remarks, t: Translator) -> list[Group]:
    """Changed user names, refused rows, and rows without their address; none empty."""
    found = [_address_changes(remarks, t), _refused(remarks, t), _warnings(remarks, t)]
    return [group for group in found if group.lines]


def blocks(group: Group, t: Translator) -> list[Block]:
    """The group on a screen, cut after its first lines."""
    shown = list(group.lines[:LINES_SHOWN])
    if not group.fits:
        more = len(group.lines) - LINES_SHOWN
        shown.append(t.plural("… and one more", "… and {count} more", more))
    rest = iter(shown)
    parts = []
    while part := list(islice(rest, _LINES_IN_A_BLOCK)):
        parts.append(paragraph("\n".join(part)))
    title = f"*{escaped(group.heading)}*\n{escaped(group.advice)}"
    return [marked_paragraph(title), *parts]


def where(row: int, number: str, t: Translator) -> str:
    """A row as the spreadsheet counts it, and its number if it has one."""
    if not number:
        return t("row {row}", row=str(row))
    shown = on_one_line(number, _NUMBER_LENGTH)
    return t("row {row}, number {number}", row=str(row), number=shown)


def what(problem: Problem, t: Translator) -> str:
    """What is wrong with a value, in words that follow the row."""
    value = f' "{on_one_line(problem.value)}"' if problem.value else ""
    return f"{t(COLUMNS[problem.column])}{value} {t(REASONS[problem.reason])}"


def _refused(remarks: Remarks, t: Translator) -> Group:
    return Group(
        heading=t.plural(
            "One row is refused", "{count} rows are refused", len(remarks.refused)
        ),
        advice=t(
            "Mend this in your list and import it once more; other rows are not held "
            "up by it."
        ),
        lines=[
            f"{where(line.row, line.number, t)}: {what(problem, t)}"
            for line in remarks.refused
            for problem in line.problems
        ],
    )


def _warnings(remarks: Remarks, t: Translator) -> Group:
    return Group(
        heading=t.plural(
            "Of one row the e-mail address is left out",
            "Of {count} rows the e-mail address is left out",
            len(remarks.warnings),
        ),
        advice=t(
            "A record card that has an address keeps it. Without an address there is "
            "no employee login."
        ),
        lines=[
            f"{where(line.row, line.number, t)}: {what(line.problem, t)}"
            for line in remarks.warnings
        ],
    )


def _address_changes(remarks: Remarks, t: Translator) -> Group:
    return Group(
        heading=t.plural(
            "One employee login gets another user name",
            "{count} employee logins get another user name",
            len(remarks.address_changes),
        ),
        advice=t(
            "These people sign in with their new e-mail address from then on. Look "
            "whether each of them is right."
        ),
        lines=[_changed(change, t) for change in remarks.address_changes],
    )


def _changed(change: ChangedAddress, t: Translator) -> str:
    old = on_one_line(change.old or "", _ADDRESS_LENGTH)
    new = on_one_line(change.new, _ADDRESS_LENGTH)
    return f"{where(change.row, change.number, t)}: {old} → {new}"
