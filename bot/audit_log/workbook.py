"""The audit log as a workbook: every cell text, nothing that Excel would execute."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any, Final

from bot.audit_log import words
from bot.audit_log.sentences import TOLD, about, act, actor
from bot.locale import Translator
from domain import text_workbook
from domain.audit_entries import AuditEntry
from domain.text_workbook import TextSheet, writable

# Excel itself holds 1,048,576.
ROWS_PER_SHEET: Final = 1_000_000
_WIDTHS: Final = (9, 20, 34, 24, 14, 16, 20, 16, 26, 8, 50)


def write(
    file: IO[bytes],
    entries: Iterable[AuditEntry],
    count: int,
    t: Translator,
    rows_per_sheet: int = ROWS_PER_SHEET,
) -> None:
    """Write one row per event, on as many sheets as `count` of them take."""
    rows = (list(_values(entry, t)) for entry in entries)
    numbers = range(1, max(1, -(-count // rows_per_sheet)) + 1)
    sheets = [
        TextSheet(
            title=_title(number, t),
            headings=[t(heading) for heading in words.HEADINGS],
            widths=_WIDTHS,
            rows=islice(rows, rows_per_sheet),
        )
        for number in numbers
    ]
    text_workbook.write(file, *sheets)


def _title(number: int, t: Translator) -> str:
    return t(words.SHEET) if number == 1 else f"{t(words.SHEET)} {number}"


def _values(entry: AuditEntry, t: Translator) -> Iterator[str]:
    administrator = entry.administrator
    yield str(entry.event_id)
    yield entry.at.strftime("%Y-%m-%d %H:%M:%S")
    yield act(entry, t)
    yield writable(actor(entry, t))
    yield administrator.user_id if administrator else ""
    yield t(words.SURFACES[entry.surface])
    yield writable(entry.branch_name or "")
    yield writable(entry.number or "")
    yield writable(_person(entry, t))
    yield "" if entry.run_id is None else str(entry.run_id)
    yield writable("; ".join(_details(entry, t)))


def _details(entry: AuditEntry, t: Translator) -> Iterator[str]:
    said = ", ".join(about(entry, t))
    if said:
        yield said
    for name, value in entry.details.items():
        if name not in TOLD:
            yield f"{name}: {_plain(value)}"


def _person(entry: AuditEntry, t: Translator) -> str:
    return t(words.ERASED) if entry.is_erased else entry.person_name or ""


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)
