"""A staff list, and what was remarked on its rows, as text to store and back; pure."""

import base64
import json
import zlib
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from domain.importing.checking import CardDetails, CheckedList, ListedCard
from domain.importing.headings import Column
from domain.importing.report import (
    ChangedAddress,
    Problem,
    RefusedRow,
    Remarks,
    Warned,
)
from domain.importing.staff_lists import StaffList
from domain.record_cards.fields import EmailAddress, Reason

_DAYS: Final = frozenset({"start_on", "end_on", "birth_on"})


def write_list(staff_list: StaffList) -> str:
    """The list in few characters; `read_list` gives it back."""
    checked = staff_list.checked
    return _packed(
        [
            staff_list.sheet,
            staff_list.heading_row,
            staff_list.unknown_columns,
            checked.cards,
            checked.refused,
            checked.warnings,
        ]
    )


def read_list(text: str) -> StaffList:
    """The list that `write_list` wrote."""
    sheet, heading_row, unknown, cards, refused, warnings = _unpacked(text)
    checked = CheckedList(
        cards=tuple(map(_card, cards)),
        refused=tuple(map(_refused, refused)),
        warnings=tuple(map(_warned, warnings)),
    )
    return StaffList(sheet, heading_row, tuple(unknown), checked)


def write_remarks(remarks: Remarks) -> str:
    """The remarks in few characters; `read_remarks` gives them back."""
    return _packed(remarks)


def read_remarks(text: str) -> Remarks:
    """The remarks that `write_remarks` wrote."""
    refused, warnings, address_changes = _unpacked(text)
    return Remarks(
        refused=tuple(map(_refused, refused)),
        warnings=tuple(map(_warned, warnings)),
        address_changes=tuple(map(ChangedAddress._make, address_changes)),
    )


def _packed(parts: Sequence[Any]) -> str:
    text = json.dumps(parts, default=date.isoformat, separators=(",", ":"))
    return base64.b85encode(zlib.compress(text.encode())).decode()


def _unpacked(text: str) -> Any:
    return json.loads(zlib.decompress(base64.b85decode(text)))


def _card(parts: Sequence[Any]) -> ListedCard:
    row, number, number_key, email, branch_name, details = parts
    return ListedCard(
        row=row,
        number=number,
        number_key=number_key,
        email=EmailAddress._make(email) if email else None,
        branch_name=branch_name,
        details=CardDetails._make(map(_detail, CardDetails._fields, details)),
    )


def _detail(name: str, value: str | None) -> str | date | None:
    return date.fromisoformat(value) if value and name in _DAYS else value


def _refused(parts: Sequence[Any]) -> RefusedRow:
    row, number, problems = parts
    return RefusedRow(row, number, tuple(map(_problem, problems)))


def _warned(parts: Sequence[Any]) -> Warned:
    row, number, problem = parts
    return Warned(row, number, _problem(problem))


def _problem(parts: Sequence[Any]) -> Problem:
    column, value, reason = parts
    return Problem(Column(column), value, Reason(reason))
