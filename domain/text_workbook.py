"""Workbooks whose cells are all text, written in memory: nothing becomes a formula."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Final

# What a cell of Excel holds at most, counted as it stores text.
_CELL_UNITS: Final = 32_767
# XML has no such characters, and Excel reads `_x0041_` as an escaped "A".
_UNWRITABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_"
)


@dataclass(frozen=True)
class TextSheet:
    """One sheet: a bold, frozen row of headings with a filter, and rows below it.

    `widths` are in characters. Every text of `rows` is writable.
    """

    title: str
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Iterable[Sequence[str]]


def write(target: IO[bytes], *sheets: TextSheet) -> None:
    """Write the workbook; rows are taken one at a time."""
    # openpyxl takes megabytes, which a process that writes no workbook keeps free.
    from domain.text_workbook_package import write_package  # noqa: PLC0415

    write_package(target, sheets)


def is_writable(text: str) -> bool:
    """Whether a cell can hold this text so that everybody reads it unchanged."""
    if len(text) * 2 > _CELL_UNITS:
        units = len(text) + sum(character > "\uffff" for character in text)
        if units > _CELL_UNITS:
            return False
    return _UNWRITABLE.search(text) is None


def writable(text: str) -> str:
    """The text, with a question mark for what no cell can hold."""
    return _UNWRITABLE.sub("?", text)[: _CELL_UNITS // 2]
