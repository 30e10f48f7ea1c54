"""Ready letters: 1,000 merged into one encrypted document, beside the workbook alone.

Floor: the workbook of the same rows, which every export makes. Goals: 60 seconds and
300 MiB for 1,000 letters; memory is the growth of the process' peak RSS.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.figure import Figure, apart, median_seconds, peak_growth_mib
from domain.exports import built_in_letters, merge_letters, workbook
from domain.exports.columns import ExportRow
from domain.exports.model import ReadyLetters
from domain.logins.model import LoginId
from domain.secret import Secret

_PAGE = "https://inloggen.example.nl"
_MOST_SECONDS = 60
_MOST_MIB = 300


def run(quick: bool) -> list[Figure]:
    """As many as the largest branch has, and ten times as many."""
    return [_figure(size) for size in ((100,) if quick else (1_000, 10_000))]


def _figure(size: int) -> Figure:
    floor, seconds = apart(_workbook, size), apart(_seconds, size)
    return Figure(
        job=f"{size:,} ready letters",
        floor=f"a workbook of {size:,} rows",
        floor_seconds=floor,
        seconds=seconds,
        goal=_MOST_SECONDS / floor if size <= 1_000 else None,
        memory_mib=apart(_memory, size),
        memory_goal_mib=_MOST_MIB,
        limited_by="deflating",
    )


def _workbook(size: int) -> float:
    password = workbook.new_opening_password()
    return median_seconds(
        lambda: workbook.build(_rows(size), opening_password=password)
    )


def _seconds(size: int) -> float:
    return median_seconds(lambda: _letters(size))


def _memory(size: int) -> float:
    return peak_growth_mib(lambda: _letters(size))


def _letters(size: int) -> None:
    template = built_in_letters.template(ReadyLetters.BUILT_IN_NL, _PAGE)
    password = workbook.new_opening_password()
    built = merge_letters.build(
        _rows(size), template, sign_in_page=_PAGE, opening_password=password
    )
    if built.row_count != size:
        raise RuntimeError("letters are missing")


def _rows(size: int) -> Iterator[ExportRow]:
    for number in range(size):
        yield ExportRow(
            login_id=LoginId(number),
            number=f"{number:05}",
            first_name="Hanna",
            prefix="van der",
            last_name=f"Meer-{number}",
            full_name=f"Hanna van der Meer-{number}",
            street=f"Oudegracht {number}",
            postal_code="3511 AB",
            city="Utrecht",
            branch="Utrecht Centrum",
            user_name=f"hanna{number}@example.nl",
            password=Secret(f"kq7m-3xwe-9hrd-{number:04}"),
            valid_until=datetime(2026, 11, 27, 9, 30, tzinfo=UTC),
            sign_in_page=_PAGE,
        )
