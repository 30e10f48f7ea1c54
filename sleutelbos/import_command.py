"""`sleutelbos import`: a staff list from Excel into the record cards."""

from datetime import datetime
from pathlib import Path

from domain.actor import OPERATOR
from domain.importing import staff_lists
from domain.importing.report import Report
from domain.importing.staff_lists import StaffList
from domain.importing.unreadable import UnreadableListError
from sleutelbos import import_report, opening
from sleutelbos.settings import Settings


def take_list(
    settings: Settings, path: Path, *, is_dry_run: bool, now: datetime
) -> Report:
    """Take the good rows, or with `is_dry_run` only look; what became of each row.

    Raises CommandError when the file is refused whole.
    """
    try:
        staff_list = staff_lists.read(path, now=now)
    except UnreadableListError as error:
        raise import_report.complaint(error, str(path)) from error
    take = _preview if is_dry_run else _apply
    return take(settings, staff_list, now)


def _preview(settings: Settings, staff_list: StaffList, _now: datetime) -> Report:
    with opening.opened(settings) as database, database.reading() as session:
        return staff_lists.preview(session, staff_list, actor=OPERATOR)


def _apply(settings: Settings, staff_list: StaffList, now: datetime) -> Report:
    with opening.opened(settings) as database:
        # Who gets another address is told by a letter, which is sealed.
        keyring = opening.keyring(settings, database)
        with database.transaction() as session:
            return staff_lists.apply(
                session, staff_list, keyring=keyring, actor=OPERATOR, now=now
            )
