"""The workbook with logins and initial passwords, written and encrypted in memory."""

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BufferedIOBase, BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.styles.numbers import FORMAT_TEXT
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from domain.exports.columns import COLUMN_WIDTHS, HEADINGS, ExportRow
from domain.logins.model import LoginId
from domain.logins.passwords import ALPHABET
from domain.secret import Secret

SHEET: Final = "Werknemerslogins"

# What a cell of Excel holds at most, counted as it stores text.
_CELL_UNITS: Final = 32_767
# XML has no such characters, and Excel reads `_x0041_` as an escaped "A".
_UNWRITABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_"
)
# Streams up to this size are stored apart, and msoffcrypto-tool 6.1 misplaces them.
_SMALL_STREAM: Final = 4096
_GROUPS: Final = 6
_GROUP_LENGTH: Final = 4


@dataclass(frozen=True)
class BuiltWorkbook:
    """An encrypted workbook, and the logins whose rows are not in it."""

    content: bytes
    row_count: int
    refused: tuple[LoginId, ...]


def build(rows: Iterable[ExportRow], *, opening_password: Secret) -> BuiltWorkbook:
    """Write one text row per login and encrypt the whole.

    A row with a text that no workbook can hold unchanged is left out and named in
    `refused`. Rows are taken one at a time; nothing is written to disk.
    """
    lines = _Lines(rows)
    package = BytesIO()
    with ZipFile(package, "w", ZIP_DEFLATED) as archive:
        _PackageWriter(_new_workbook(), archive, lines).write_data()
    content = encrypt(package, opening_password)
    return BuiltWorkbook(content, lines.written, tuple(lines.refused))


def new_opening_password() -> Secret:
    """A fresh password for one workbook: 118 bits that can be read out and typed."""
    groups = (
        "".join(secrets.choice(ALPHABET) for _ in range(_GROUP_LENGTH))
        for _ in range(_GROUPS)
    )
    return Secret("-".join(groups))


def is_writable(text: str) -> bool:
    """Whether a cell can hold this text so that everybody reads it unchanged."""
    if len(text) * 2 > _CELL_UNITS:
        units = len(text) + sum(character > "\uffff" for character in text)
        if units > _CELL_UNITS:
            return False
    return _UNWRITABLE.search(text) is None


def encrypt(package: BytesIO, opening_password: Secret) -> bytes:
    """Encrypt an Office file as Office does: AES-256, ECMA-376 agile.

    Raises ValueError for a file that stays too small to be read again.
    """
    if len(package.getbuffer()) <= _SMALL_STREAM:
        package = _without_compression(package)
    if len(package.getbuffer()) <= _SMALL_STREAM:
        raise ValueError("too small to be encrypted")
    encrypted = BytesIO()
    OOXMLFile(package).encrypt(opening_password.reveal(), encrypted)
    return encrypted.getvalue()


def _without_compression(package: BytesIO) -> BytesIO:
    larger = BytesIO()
    with ZipFile(package) as source, ZipFile(larger, "w", ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return larger


def _new_workbook() -> Workbook:
    workbook = Workbook()
    workbook.properties.creator = "Sleutelbos"
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    sheet.freeze_panes = "A2"
    for index, width in enumerate(COLUMN_WIDTHS.values(), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    return workbook


class _Lines:
    """The rows on their way into the sheet: which went in, which could not."""

    def __init__(self, rows: Iterable[ExportRow]) -> None:
        self._rows = rows
        self.written = 0
        self.refused: list[LoginId] = []

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for row in self._rows:
            texts = row.cells()
            if all(map(is_writable, texts)):
                self.written += 1
                yield texts
            else:
                self.refused.append(row.login_id)


class _PackageWriter(ExcelWriter):
    """openpyxl's writer, with the sheet going straight into the archive.

    The original collects it in a temporary file, where passwords would lie in clear.
    """

    def __init__(self, workbook: Workbook, archive: ZipFile, lines: _Lines) -> None:
        super().__init__(workbook, archive)
        self._package = archive
        self._lines = lines

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write the one sheet while its rows come in."""
        with (
            self._package.open(ws.path.removeprefix("/"), "w") as part,
            # Closed before the part is, also when the rows break off.
            closing(_SheetWriter(ws, _CarriageReturns(part), self._lines)) as writer,
        ):
            writer.write()
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    """Writes rows of text from the same few cells, typed so that nothing is guessed."""

    ws: Worksheet

    def __init__(self, ws: Worksheet, out: BufferedIOBase, lines: _Lines) -> None:
        super().__init__(ws, out)
        self._lines = lines

    def write_dimensions(self) -> None:
        """Leave them out: how many rows there are is known when they are written."""

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:  # type: ignore[override]
        """The heading and every line, each valid until the next is asked for."""
        heading, body = self._new_cells(), self._new_cells()
        for cell in heading:
            cell.font = Font(name="Calibri", size=11, bold=True)
        yield 1, _fill(heading, 1, HEADINGS)
        index = 1
        for index, texts in enumerate(self._lines, start=2):
            yield index, _fill(body, index, texts)
        self.ws.auto_filter.ref = f"A1:{get_column_letter(len(HEADINGS))}{index}"

    def _new_cells(self) -> list[Cell]:
        columns = range(1, len(HEADINGS) + 1)
        cells = [Cell(self.ws, row=1, column=column) for column in columns]
        for cell in cells:
            cell.number_format = FORMAT_TEXT
        return cells


def _fill(cells: list[Cell], row: int, texts: tuple[str, ...]) -> list[Cell]:
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
