"""The rows of a staff list, read from a workbook by a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

from domain.importing import reading_process
from domain.importing.headings import Column
from domain.importing.unpacking import MAX_UNPACKED, check_workbook
from domain.importing.unreadable import Unreadable, UnreadableListError
from domain.record_cards.fields import Cell

_PROGRAM: Final = (sys.executable, "-P", "-m", reading_process.__name__)
_KEPT: Final = ("LD_LIBRARY_PATH", "SYSTEMROOT")

# The largest company that Sleutelbos is made for.
MAX_ROWS: Final = 100_000
# What the reading process may say: several times what that company's list takes.
_MAX_TOLD: Final = 100_000_000

# A row's number as the spreadsheet counts, and its cells by column.
NumberedRow = tuple[int, list[Cell]]


@dataclass(frozen=True)
class OpenList:
    """A staff list that is being read: where it stands, and its rows one by one."""

    sheet: str
    heading_row: int
    columns: tuple[Column, ...]
    unknown_columns: tuple[str, ...]
    rows: Iterator[NumberedRow]


@contextmanager
def open_list(file: Path | bytes) -> Iterator[OpenList]:
    """Open the first sheet that has a heading row; its rows come as they are read.

    Raises UnreadableListError, also while the rows are read.
    """
    content = file if isinstance(file, bytes) else _read(file)
    check_workbook(content)
    with _reading_process(content) as process:
        messages = _messages(process)
        about = next(messages)
        if "unreadable" in about:
            raise UnreadableListError(
                Unreadable(about["unreadable"]), tuple(about.get("columns", ()))
            )
        yield OpenList(
            sheet=about["sheet"],
            heading_row=about["heading_row"],
            columns=tuple(map(Column, about["columns"])),
            unknown_columns=tuple(about["unknown"]),
            rows=_rows(messages),
        )


def _read(path: Path) -> bytes:
    try:
        # A pipe or a device may have no end, or never begin.
        if not path.is_file():
            raise UnreadableListError(Unreadable.NO_FILE)
        # What is packed that large is larger still unpacked.
        with path.open("rb") as file:
            return file.read(MAX_UNPACKED + 1)
    except OSError as error:
        raise UnreadableListError(Unreadable.NO_FILE) from error


@contextmanager
def _reading_process(content: bytes) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 (our own program)
        _PROGRAM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    with process:
        try:
            _send(process, content)
            yield process
        finally:
            process.kill()


def _environment() -> dict[str, str]:
    """Where to find Python and our code, and none of the tokens around us."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _send(process: subprocess.Popen[bytes], content: bytes) -> None:
    # A process that died says so by its exit code.
    with suppress(BrokenPipeError), cast("IO[bytes]", process.stdin) as stdin:
        stdin.write(content)


def _messages(process: subprocess.Popen[bytes]) -> Iterator[Any]:
    """What the process says, until it has said everything."""
    told = 0
    for line in cast("IO[bytes]", process.stdout):
        told += len(line)
        if told > _MAX_TOLD:
            raise UnreadableListError(Unreadable.TOO_LARGE)
        if not line.endswith(b"\n"):
            break
        message = json.loads(line)
        if message is None:
            return
        yield message
    raise UnreadableListError(_cause_of_death(process.wait()))


def _rows(messages: Iterator[Any]) -> Iterator[NumberedRow]:
    rows = (row for part in messages for row in part)
    for count, row in enumerate(rows):
        if count == MAX_ROWS:
            raise UnreadableListError(Unreadable.TOO_LARGE)
        yield row[0], row[1:]


def _cause_of_death(exit_code: int) -> Unreadable:
    # A negative code is a signal: the allocator or a limit ended the process.
    if exit_code < 0 or exit_code == reading_process.OUT_OF_MEMORY:
        return Unreadable.TOO_LARGE
    return Unreadable.NOT_A_WORKBOOK
