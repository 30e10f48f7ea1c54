"""Importing a staff list: read the file, look what it would do, do it.

`read` opens the file and holds no transaction meanwhile; `preview` and `apply`
take what it gives. All three are the same for the command line and for Slack.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.branches import Branch
from domain.database import hold_off_writers
from domain.importing.checking import CheckedList, check_rows
from domain.importing.planning import Plan, make_plan
from domain.importing.report import (
    ChangedAddress,
    ChangedRow,
    ListedRow,
    Report,
)
from domain.importing.spreadsheet import open_list
from domain.importing.writing import write_plan
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.secret import Keyring


@dataclass(frozen=True)
class StaffList:
    """A staff list as it was read, each row checked by itself."""

    sheet: str
    heading_row: int
    unknown_columns: tuple[str, ...]
    checked: CheckedList


def read(file: Path | bytes, *, now: datetime) -> StaffList:
    """Read an .xlsx staff list from a path or from its bytes.

    Raises UnreadableListError when the file is refused whole.
    """
    with open_list(file) as opened:
        checked = check_rows(opened.columns, opened.rows, today=office_day(now))
        return StaffList(
            opened.sheet, opened.heading_row, opened.unknown_columns, checked
        )


def preview(session: Session, staff_list: StaffList, *, actor: Actor) -> Report:
    """What `apply` would do with this list now; writes nothing.

    Whoever is bound to branches imports into those: a row of another branch is
    refused, and one of a new branch, which only managers and the operator add.
    Raises NotPermittedError for who may not import.
    """
    require(actor, Act.IMPORT_RECORD_CARDS)
    return report_of(staff_list, make_plan(session, staff_list.checked, actor=actor))


def apply(
    session: Session,
    staff_list: StaffList,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> Report:
    """Write the good rows: all of them, or by an error none.

    An empty cell or an unusable address erases nothing, cards that are not in
    the list stay, rows that change nothing write nothing. See `preview` for which
    rows an actor may import.
    Raises NotPermittedError for who may not import.
    """
    require(actor, Act.IMPORT_RECORD_CARDS)
    hold_cards(session)
    plan = make_plan(session, staff_list.checked, actor=actor)
    write_plan(session, plan, keyring=keyring, actor=actor, now=now)
    return report_of(staff_list, plan)


def hold_cards(session: Session) -> None:
    """Nobody changes cards, or gives them logins, between comparing and writing.

    On SQLite the transaction does that by itself.
    """
    # First the branches: logins are created, and cards are written, under their locks.
    in_order = select(Branch.id).order_by(Branch.id)
    session.execute(in_order.with_for_update(key_share=True)).all()
    hold_off_writers(session, RecordCard)


def report_of(staff_list: StaffList, plan: Plan) -> Report:
    """The plan for this list, row by row."""
    return Report(
        sheet=staff_list.sheet,
        heading_row=staff_list.heading_row,
        unknown_columns=staff_list.unknown_columns,
        new=tuple(ListedRow(card.row, card.number) for card in plan.new),
        changed=tuple(
            ChangedRow(change.listed.row, change.listed.number, change.columns)
            for change in plan.changes
        ),
        unchanged=tuple(plan.unchanged),
        refused=tuple(plan.refused),
        warnings=tuple(plan.warnings),
        address_changes=tuple(
            ChangedAddress(
                change.listed.row,
                change.listed.number,
                change.stored.email,
                change.email.text,
            )
            for change in plan.changes
            if change.email is not None and change.changes_login
        ),
        new_branches=plan.new_branches,
    )
