"""The program that opens a workbook, in a process with limits of its own.

A file of a few kilobytes can claim billions of cells, or repeat one long text in
each. What a parser allocates for it, the operating system ends here, and nothing
of ours ends with it. The workbook comes in on standard input; lines of JSON go
out: what was found, rows of cells, and `null` when the list is whole.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from itertools import chain, islice
from typing import Any, Final

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from domain.importing import headings
from domain.importing.headings import LEAD_ROWS, Headings
from domain.importing.unreadable import Unreadable

MEMORY_LIMIT: Final = 640 * 1024 * 1024
CPU_SECONDS: Final = 60
OUT_OF_MEMORY: Final = 9
# No field takes so much; what a text has beyond it would only fill our memory.
TEXT_LENGTH: Final = 1000
_ROWS_IN_A_LINE: Final = 250

Row = Sequence[Any]


def main() -> None:
    """Read a workbook from standard input, write its staff list as JSON."""
    _limit_this_process()
    content = sys.stdin.buffer.read()
    try:
        _write_list(CalamineWorkbook.from_filelike(BytesIO(content)))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _limit_this_process() -> None:
    try:
        import resource  # noqa: PLC0415 (there is none on Windows)
    except ImportError:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        # A core file would hold everybody's address.
        (resource.RLIMIT_CORE, 0),
    ):
        # Not every system takes every limit.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _write_list(workbook: CalamineWorkbook) -> None:
    incomplete: Headings | None = None
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        if about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_index(index)
        rows = sheet.iter_rows()
        lead = list(islice(rows, LEAD_ROWS))
        found = headings.find(lead)
        if found is not None and not found[1].missing:
            _write_rows(sheet, found[0], found[1], chain(lead, rows))
            return
        if incomplete is None and found is not None:
            incomplete = found[1]
    _write_refusal(incomplete)


def _write_refusal(incomplete: Headings | None) -> None:
    if incomplete is None:
        _write({"unreadable": Unreadable.NO_HEADING_ROW})
    else:
        columns = incomplete.missing
        _write({"unreadable": Unreadable.COLUMNS_MISSING, "columns": columns})


def _write_rows(
    sheet: CalamineSheet, heading_index: int, found: Headings, rows: Iterator[Row]
) -> None:
    _write(
        {
            "sheet": sheet.name,
            "heading_row": heading_index + 1,
            "columns": list(found.positions),
            "unknown": [heading[:TEXT_LENGTH] for heading in found.unknown],
        }
    )
    numbered = islice(enumerate(rows, 1), heading_index + 1, None)
    lines = _listed(numbered, list(found.positions.values()))
    while part := list(islice(lines, _ROWS_IN_A_LINE)):
        _write(part)
    _write(None)


def _listed(
    numbered: Iterator[tuple[int, Row]], positions: list[int]
) -> Iterator[list[Any]]:
    for number, row in numbered:
        found = (row[position] for position in positions)
        cells = [c[:TEXT_LENGTH] if isinstance(c, str) else c for c in found]
        if any(cell != "" for cell in cells):
            yield [number, *cells]


def _written(cell: object) -> str:
    """Days as ISO writes them; what else JSON does not know as its text."""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _write(message: object) -> None:
    sys.stdout.write(json.dumps(message, default=_written) + "\n")


if __name__ == "__main__":
    main()
