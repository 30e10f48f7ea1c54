"""Every row that asks for attention, as a workbook and as the message before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from bot.blocks import paragraph
from bot.importing.wording import COLUMNS, REASONS
from bot.locale import TIME_ZONE, Translator
from bot.message import Message
from bot.text import escaped, on_one_line
from domain import text_workbook
from domain.importing.report import Problem, Remarks
from domain.text_workbook import TextSheet, writable

_PROBLEM_WIDTHS: Final = (8, 20, 20, 40, 60)
_CHANGE_WIDTHS: Final = (8, 20, 40, 40)


@dataclass(frozen=True)
class ListToCheck:
    """Whose rows they are."""

    file_name: str


def build(data: ListToCheck, t: Translator) -> Message:
    """What the file below is."""
    text = t(
        "Here are the rows of {file} that ask for your attention. The file is deleted "
        "from Slack after 24 hours.",
        file=on_one_line(data.file_name),
    )
    return Message([paragraph(text)], escaped(text))


def name(at: datetime, t: Translator) -> str:
    """What the file is called."""
    day = at.astimezone(TIME_ZONE).date().isoformat()
    return t("import-to-check-{day}.xlsx", day=day)


def write(remarks: Remarks, t: Translator) -> bytes:
    """The workbook; every cell is text."""
    file = BytesIO()
    text_workbook.write(file, *_sheets(remarks, t))
    return file.getvalue()


def _sheets(remarks: Remarks, t: Translator) -> list[TextSheet]:
    refused = [
        _problem_row(line.row, line.number, problem, t)
        for line in remarks.refused
        for problem in line.problems
    ]
    warnings = [
        _problem_row(line.row, line.number, line.problem, t)
        for line in remarks.warnings
    ]
    changes = [
        _writable(change.row, change.number, change.old or "", change.new)
        for change in remarks.address_changes
    ]
    where = (t("Row"), t("Employee number"))
    problem = (*where, t("Column"), t("Value"), t("What is wrong"))
    change = (*where, t("Old user name"), t("New user name"))
    sheets = (
        TextSheet(t("Refused"), problem, _PROBLEM_WIDTHS, refused),
        TextSheet(t("E-mail address left out"), problem, _PROBLEM_WIDTHS, warnings),
        TextSheet(t("Other user name"), change, _CHANGE_WIDTHS, changes),
    )
    found = [sheet for sheet in sheets if sheet.rows]
    # A workbook has a sheet.
    return found or [sheets[0]]


def _problem_row(
    row: int, number: str, problem: Problem, t: Translator
) -> Sequence[str]:
    reason = t(REASONS[problem.reason])
    return _writable(row, number, t(COLUMNS[problem.column]), problem.value, reason)


def _writable(*cells: int | str) -> Sequence[str]:
    return [writable(str(cell)) for cell in cells]
