"""Writes the sample company's staff list as HR would have it in Excel."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from bot.importing.wording import COLUMNS
from bot.locale import translator
from domain.importing.checking import check_rows
from domain.importing.headings import Column
from domain.importing.staff_lists import StaffList
from sleutelbos.demo import company
from sleutelbos.demo.company import Cell, Person
from sleutelbos.wording import Language, Wording

SHEET: Final = Wording(nl="Personeel", en="Staff")
_TITLE: Final = Wording(
    nl="{company}: personeelslijst, vertrouwelijk",
    en="{company}: staff list, confidential",
)
# A column that no record card has.
_UNKNOWN: Final = Wording(nl="Kledingmaat", en="Clothing size")
_SIZES: Final = ("S", "M", "L", "XL")
# Below a title, a blank row and the headings.
_FIRST_ROW: Final = 4


def write(path: Path, people: Iterable[Person], language: Language) -> None:
    """A title, a blank row, the headings, and a row for each person."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(SHEET.say(language))
    sheet.append([_TITLE.say(language, company=company.NAME)])
    sheet.append([])
    columns = [column for column in Column if column is not Column.PHONE]
    t = translator(language)
    headings = [t(COLUMNS[column]) for column in columns]
    sheet.append([*headings, _UNKNOWN.say(language)])
    for position, person in enumerate(people):
        cells = [person[column] for column in columns]
        sheet.append([*cells, _SIZES[position % len(_SIZES)]])
    workbook.save(path)


def as_read(people: Iterable[Person], today: date) -> StaffList:
    """The list as the import gets it when it has opened the file."""
    columns = [column for column in Column if column is not Column.PHONE]
    rows = [
        (number, [_as_read(person[column]) for column in columns])
        for number, person in enumerate(people, _FIRST_ROW)
    ]
    checked = check_rows(columns, rows, today=today)
    return StaffList(SHEET.nl, _FIRST_ROW - 1, (), checked)


def _as_read(cell: Cell) -> str | float | bool | None:
    return cell.isoformat() if isinstance(cell, date) else cell
