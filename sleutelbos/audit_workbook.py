"""The audit log as a workbook: every cell text, nothing that Excel would execute."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from domain.actor import ActorKind
from domain.audit_log import AuditEntry
from sleutelbos import audit_words
from sleutelbos.wording import Language

# Excel itself holds 1,048,576.
ROWS_PER_SHEET: Final = 1_000_000


def write(
    file: IO[bytes],
    entries: Iterable[AuditEntry],
    language: Language,
    rows_per_sheet: int = ROWS_PER_SHEET,
) -> int:
    """Write one row per event, on as many sheets as that takes; gives how many."""
    workbook = Workbook(write_only=True)
    rows = iter(entries)
    count = _fill_sheet(workbook, islice(rows, rows_per_sheet), language)
    while count % rows_per_sheet == 0 and (next_row := next(rows, None)) is not None:
        more = chain([next_row], islice(rows, rows_per_sheet - 1))
        count += _fill_sheet(workbook, more, language)
    workbook.save(file)
    return count


def _fill_sheet(
    workbook: Workbook, rows: Iterable[AuditEntry], language: Language
) -> int:
    sheet = workbook.create_sheet(audit_words.SHEET.say(language))
    sheet.freeze_panes = "A2"
    headings = [heading.say(language) for heading in audit_words.HEADINGS]
    sheet.append([_bold(sheet, heading) for heading in headings])
    count = 0
    for entry in rows:
        sheet.append([_text(sheet, value) for value in _values(entry, language)])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{count + 1}"
    return count


def _values(entry: AuditEntry, language: Language) -> Iterator[str]:
    yield str(entry.event_id)
    yield entry.at.strftime("%Y-%m-%d %H:%M:%S")
    yield audit_words.ACTS[entry.act].say(language)
    yield _who(entry, language)
    yield entry.administrator.user_id if entry.administrator else ""
    yield audit_words.SURFACES[entry.surface].say(language)
    yield entry.branch_name or ""
    yield entry.number or ""
    yield entry.person_name or ""
    yield "" if entry.run_id is None else str(entry.run_id)
    yield "; ".join(f"{name}: {_plain(value)}" for name, value in entry.details.items())


def _who(entry: AuditEntry, language: Language) -> str:
    if entry.actor_kind is ActorKind.ADMINISTRATOR and entry.administrator_name:
        return entry.administrator_name
    return audit_words.ACTORS[entry.actor_kind].say(language)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)


def _text(sheet: WriteOnlyWorksheet, value: str) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    # openpyxl turns text that begins with = into a formula.
    cell.data_type = "s"
    return cell


def _bold(sheet: WriteOnlyWorksheet, value: str) -> Any:
    cell = _text(sheet, value)
    cell.font = Font(bold=True)
    return cell
