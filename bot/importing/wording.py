"""Words for columns, for what is wrong with a value, and for an unreadable file.

The command line says the same ones.
"""

from collections.abc import Mapping
from typing import Final

from bot.locale import Translator, msgid
from domain.importing.headings import Column
from domain.importing.unreadable import Unreadable, UnreadableListError
from domain.record_cards.fields import Reason

COLUMNS: Final[Mapping[Column, str]] = {
    Column.NUMBER: msgid("Employee number"),
    Column.FIRST_NAME: msgid("First name"),
    Column.PREFIX: msgid("Prefix"),
    Column.LAST_NAME: msgid("Last name"),
    Column.EMAIL: msgid("E-mail address"),
    Column.BRANCH: msgid("Branch"),
    Column.JOB_TITLE: msgid("Job title"),
    Column.CONTRACT: msgid("Contract"),
    Column.START_ON: msgid("Start date"),
    Column.END_ON: msgid("End date"),
    Column.PHONE: msgid("Phone"),
    Column.STREET: msgid("Address"),
    Column.POSTAL_CODE: msgid("Postal code"),
    Column.CITY: msgid("City"),
    Column.BIRTH_ON: msgid("Date of birth"),
}
REASONS: Final[Mapping[Reason, str]] = {
    Reason.MISSING: msgid("is not filled in"),
    Reason.TOO_LONG: msgid("is too long"),
    Reason.NOT_A_WHOLE_NUMBER: msgid("is no whole number; format the cell as text"),
    Reason.NUMBER_INEXACT: msgid(
        "has more digits than Excel keeps of a number; format the cell as text and "
        "type it again"
    ),
    Reason.NUMBER_TAKEN: msgid("is the number of another record card already"),
    Reason.NUMBER_TWICE: msgid("is in the list more than once"),
    Reason.NOT_A_DATE: msgid("is no existing date"),
    Reason.DATE_AS_NUMBER: msgid("is a number; format the cell as a date"),
    Reason.NOT_YET_BORN: msgid("is in the future"),
    Reason.BORN_AFTER_START: msgid("is not before the start date"),
    Reason.ENDS_BEFORE_START: msgid("is before the start date"),
    Reason.ADDRESS_UNUSABLE: msgid("is no usable e-mail address"),
    Reason.ADDRESS_INVISIBLE: msgid(
        "has an invisible character inside; type the address again"
    ),
    Reason.ADDRESS_IN_USE: msgid("is the user name of another employee login already"),
    Reason.ADDRESS_SHARED: msgid(
        "belongs to more than one employee login in this list"
    ),
    Reason.BRANCH_OUT_OF_REACH: msgid(
        "is not one of your branches; ask a manager to import this row"
    ),
    Reason.CARD_CLOSED: msgid(
        "has the data of this row's record card now, and that one is closed; put this "
        "number in the list"
    ),
    Reason.CARD_OUT_OF_REACH: msgid(
        "belongs to a record card of another branch; ask a manager to import this row"
    ),
}
UNREADABLE: Final[Mapping[Unreadable, str]] = {
    Unreadable.NO_FILE: msgid(
        "{file} can't be read: check the name, and that it is a file that you may open."
    ),
    Unreadable.EMPTY: msgid(
        "{file} is empty: save the list again as an Excel workbook (.xlsx)."
    ),
    Unreadable.NOT_A_WORKBOOK: msgid(
        "{file} is no Excel workbook: open the list in Excel and save it as .xlsx."
    ),
    Unreadable.ENCRYPTED: msgid(
        "{file} is protected by a password: save the list without one."
    ),
    Unreadable.TOO_LARGE: msgid(
        "{file} is too large once unpacked: remove what is no staff list, or split "
        "the list."
    ),
    Unreadable.NO_HEADING_ROW: msgid(
        "{file} has no headings that we recognise in its first 20 rows: put a row "
        "above it with Employee number, Last name and Branch."
    ),
    Unreadable.COLUMNS_MISSING: msgid(
        "{file} lacks a column that is needed: {columns}."
    ),
}


def unreadable(error: UnreadableListError, file_name: str, t: Translator) -> str:
    """The one line about a file that is refused whole, and what to do about it."""
    columns = ", ".join(t(COLUMNS[Column(column)]) for column in error.columns)
    return t(UNREADABLE[error.reason], file=file_name, columns=columns)
