"""Why a file is refused whole: nothing of it goes in."""

from enum import StrEnum

from domain.errors import DomainError


class Unreadable(StrEnum):
    """What is wrong with the file."""

    NO_FILE = "no_file"
    EMPTY = "empty"
    NOT_A_WORKBOOK = "not_a_workbook"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    NO_HEADING_ROW = "no_heading_row"
    COLUMNS_MISSING = "columns_missing"


class UnreadableListError(DomainError):
    """No staff list can be read from this file.

    `reason` says why; `columns` holds the required columns that are missing.
    """

    code = "unreadable_list"
    concerns = "file"

    def __init__(self, reason: Unreadable, columns: tuple[str, ...] = ()) -> None:
        super().__init__(reason=reason.value, columns=columns)
        self.reason = reason
        self.columns = columns
