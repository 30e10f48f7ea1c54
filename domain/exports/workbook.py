"""The workbook with logins and initial passwords, written and encrypted in memory."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import ZIP_STORED, ZipFile

from msoffcrypto.format.ooxml import OOXMLFile

from domain import text_workbook
from domain.exports.columns import COLUMN_WIDTHS, HEADINGS, ExportRow
from domain.logins.model import LoginId
from domain.logins.passwords import ALPHABET
from domain.secret import Secret
from domain.text_workbook import TextSheet, is_writable

SHEET: Final = "Werknemerslogins"

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
    widths = tuple(COLUMN_WIDTHS.values())
    text_workbook.write(package, TextSheet(SHEET, HEADINGS, widths, lines))
    content = encrypt(package, opening_password)
    return BuiltWorkbook(content, lines.written, tuple(lines.refused))


def new_opening_password() -> Secret:
    """A fresh password for one workbook: 118 bits that can be read out and typed."""
    groups = (
        "".join(secrets.choice(ALPHABET) for _ in range(_GROUP_LENGTH))
        for _ in range(_GROUPS)
    )
    return Secret("-".join(groups))


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
