"""Import of a staff list: into an empty database, again, and with 100 rows changed.

Floor: openpyxl (read only) reading the same file with nothing else. Limited by the
reading process and by what SQLAlchemy spends on a row. Memory is the growth of our
process' peak RSS and all of the reading process'.
"""

import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copyfile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from benchmarks.figure import Figure, apart, peak_growth_mib, seconds_of
from domain import migrations
from domain.actor import OPERATOR
from domain.clock import utc_now
from domain.database import Database
from domain.importing import reading_process, staff_lists
from domain.importing.report import Report

_DATA = Path(__file__).parents[1] / "tests" / "data"
_LARGE = _DATA / "stamkaarten-groot.xlsx"
_ORDINARY = _DATA / "stamkaarten.xlsx"
_ROWS = 12_000
_CHANGED_ROWS = 100
_QUICK_ROWS = 3_000
_SHEET = "xl/worksheets/sheet1.xml"
_JOB_TITLE = re.compile(r'(<c r="G\d+"[^>]*><is><t>)[^<]*')
_MEMORY_GOAL_MIB = 80
_PEAK_OF_A_PROGRAM = """
import resource, subprocess, sys
subprocess.run(sys.argv[2:], stdin=open(sys.argv[1], "rb"), stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def run(quick: bool) -> list[Figure]:
    """The three imports; the small size is the first 3,000 rows of the list."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        count = _QUICK_ROWS if quick else _ROWS
        every = count // _CHANGED_ROWS
        # Apart, because a child's peak begins with that of its parent.
        listed = apart(_edited, place / "list.xlsx", count + 1, None)
        changed = apart(_edited, place / "changed.xlsx", count + 1, every)
        empty, filled = place / "empty.db", place / "filled.db"
        apart(_prepare, empty, filled, listed)
        return [
            _figure(f"import of {count:,} rows, new", listed, empty, 1.0),
            _figure(f"import of {count:,} rows, again unchanged", listed, filled, 0.7),
            _figure(f"import of {count:,} rows, 100 changed", changed, filled, 0.8),
        ]


def _figure(job: str, file: Path, database: Path, goal: float) -> Figure:
    floors, jobs, growth = [], [], []
    for _ in range(3):
        floors.append(apart(_read_with_openpyxl, file))
        seconds, mib = apart(_import, file, database)
        jobs.append(seconds)
        growth.append(mib)
    return Figure(
        job=job,
        floor="openpyxl reading the same file",
        floor_seconds=statistics.median(floors),
        seconds=statistics.median(jobs),
        goal=goal,
        memory_mib=max(growth) + _reading_process_mib(file),
        memory_goal_mib=_MEMORY_GOAL_MIB,
        limited_by="reading the sheet, and SQLAlchemy's work for a row",
    )


def _read_with_openpyxl(file: Path) -> float:
    list(_rows_of(_ORDINARY))
    return seconds_of(lambda: sum(1 for _ in _rows_of(file)))


def _import(file: Path, database: Path) -> tuple[float, float]:
    """The seconds from path to report, and how far peak memory grew (MiB)."""
    with tempfile.TemporaryDirectory() as folder:
        opened = _opened_copy(database, Path(folder) / "office.db")
        warm_up = _opened_copy(database, Path(folder) / "warm-up.db")
        _imported(warm_up, _ORDINARY)
        seconds = 0.0

        def work() -> None:
            nonlocal seconds
            seconds = seconds_of(lambda: _imported(opened, file))

        mib = peak_growth_mib(work)
        opened.close()
        warm_up.close()
    return seconds, mib


def _imported(database: Database, file: Path) -> Report:
    now = utc_now()
    staff_list = staff_lists.read(file, now=now)
    with database.transaction() as session:
        return staff_lists.apply(session, staff_list, actor=OPERATOR, now=now)


def _prepare(empty: Path, filled: Path, listed: Path) -> None:
    for path in (empty, filled):
        database = Database(f"sqlite:///{path}")
        migrations.bring_up_to_date(database)
        if path == filled:
            _imported(database, listed)
        database.close()


def _opened_copy(source: Path, target: Path) -> Database:
    copyfile(source, target)
    return Database(f"sqlite:///{target}")


def _reading_process_mib(file: Path) -> float:
    """The peak RSS of the process that opens the workbook, asked of a small one."""
    program = [sys.executable, "-P", "-m", reading_process.__name__]
    peak = subprocess.run(
        [sys.executable, "-c", _PEAK_OF_A_PROGRAM, str(file), *program],
        check=True,
        capture_output=True,
    ).stdout
    return int(peak) / 1024


def _rows_of(file: Path) -> Iterator[Sequence[Any]]:
    book = openpyxl.load_workbook(file, read_only=True)
    yield from book.worksheets[0].iter_rows(values_only=True)
    book.close()


def _edited(path: Path, rows: int, change_every: int | None) -> Path:
    """The large list cut after some rows, or with other job titles in it.

    Edited as text, so that it is stored the way the large list is.
    """
    with ZipFile(_LARGE) as large, ZipFile(path, "w", ZIP_DEFLATED) as copy:
        for part in large.namelist():
            content = large.read(part)
            if part == _SHEET:
                content = _edited_sheet(content.decode(), rows, change_every).encode()
            copy.writestr(part, content)
    return path


def _edited_sheet(xml: str, rows: int, change_every: int | None) -> str:
    before, *listed, after = re.split(r"(?=<row )|(?=</sheetData>)", xml)
    listed = listed[:rows]
    if change_every is not None:
        for at in range(change_every, len(listed), change_every):
            listed[at] = _JOB_TITLE.sub(r"\1Andere functie", listed[at])
    return "".join((before, *listed, after))
