"""The package of a text workbook, written by openpyxl into memory only.

openpyxl by itself writes each sheet to a temporary file, where passwords and
addresses would lie in clear.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from io import BufferedIOBase
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.styles.numbers import FORMAT_TEXT
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from domain.text_workbook import TextSheet


def write_package(target: IO[bytes], sheets: Sequence[TextSheet]) -> None:
    """Write the workbook; rows are taken one at a time."""
    workbook = Workbook()
    workbook.properties.creator = "Sleutelbos"
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        _add(workbook, sheet)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        _PackageWriter(workbook, archive, sheets).write_data()


def _add(workbook: Workbook, sheet: TextSheet) -> None:
    added = workbook.create_sheet(sheet.title)
    added.freeze_panes = "A2"
    for index, width in enumerate(sheet.widths, start=1):
        added.column_dimensions[get_column_letter(index)].width = width


class _PackageWriter(ExcelWriter):
    """openpyxl's writer, with the sheets going straight into the archive."""

    def __init__(
        self, workbook: Workbook, archive: ZipFile, sheets: Sequence[TextSheet]
    ) -> None:
        super().__init__(workbook, archive)
        self._package = archive
        self._sheets = {sheet.title: sheet for sheet in sheets}

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write one sheet while its rows come in."""
        with (
            self._package.open(ws.path.removeprefix("/"), "w") as part,
            # Closed before the part is, also when the rows break off.
            closing(
                _SheetWriter(ws, _CarriageReturns(part), self._sheets[ws.title])
            ) as writer,
        ):
            writer.write()
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    """Writes rows of text from the same few cells, typed so that nothing is guessed."""

    ws: Worksheet

    def __init__(self, ws: Worksheet, out: BufferedIOBase, sheet: TextSheet) -> None:
        super().__init__(ws, out)
        self._sheet = sheet

    def write_dimensions(self) -> None:
        """Leave them out: how many rows there are is known when they are written."""

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:  # type: ignore[override]
        """The heading and every row, each valid until the next is asked for."""
        headings = self._sheet.headings
        heading, body = self._new_cells(), self._new_cells()
        for cell in heading:
            cell.font = Font(name="Calibri", size=11, bold=True)
        yield 1, _fill(heading, 1, headings)
        index = 1
        for index, texts in enumerate(self._sheet.rows, start=2):
            yield index, _fill(body, index, texts)
        self.ws.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{index}"

    def _new_cells(self) -> list[Cell]:
        columns = range(1, len(self._sheet.headings) + 1)
        cells = [Cell(self.ws, row=1, column=column) for column in columns]
        for cell in cells:
            cell.number_format = FORMAT_TEXT
        return cells


def _fill(cells: list[Cell], row: int, texts: Sequence[str]) -> list[Cell]:
    for cell, text in zip(cells, texts, strict=True):
        cell.row = row
        # A text of blanks alone is lost on reading; it says nothing either.
        cell.value = text if not text.isspace() else ""
        # Set last: openpyxl takes what begins with "=" for a formula.
        cell.data_type = "s"
    return cells


class _CarriageReturns(BufferedIOBase):
    """Writes carriage returns as XML wants them, or a reader makes them line feeds."""

    def __init__(self, part: Any) -> None:
        self._part = part

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: Any) -> int:
        """Pass on the bytes; says how many were taken."""
        self._part.write(bytes(content).replace(b"\r", b"&#13;"))
        return len(content)
