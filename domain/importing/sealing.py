"""Kept lists and their remarks, sealed for the one upload that they belong to.

One that does not open is as good as expired: its key was taken away meanwhile, and
the list is quickly uploaded anew.
"""

from domain.importing import storing
from domain.importing.model import UploadExpiredError, UploadId
from domain.importing.report import Remarks
from domain.importing.staff_lists import StaffList
from domain.secret import Keyring, Secret, UnsealingError


def seal_list(staff_list: StaffList, upload_id: UploadId, keyring: Keyring) -> str:
    """The list, readable with the key and for this upload only."""
    return _sealed(storing.write_list(staff_list), upload_id, keyring)


def open_list(sealed: str, upload_id: UploadId, keyring: Keyring) -> StaffList:
    """The list again. Raises UploadExpiredError when it does not open."""
    return storing.read_list(_opened(sealed, upload_id, keyring))


def seal_remarks(remarks: Remarks, upload_id: UploadId, keyring: Keyring) -> str:
    """The remarks, readable with the key and for this upload only."""
    return _sealed(storing.write_remarks(remarks), upload_id, keyring)


def open_remarks(sealed: str, upload_id: UploadId, keyring: Keyring) -> Remarks:
    """The remarks again. Raises UploadExpiredError when they do not open."""
    return storing.read_remarks(_opened(sealed, upload_id, keyring))


def _sealed(text: str, upload_id: UploadId, keyring: Keyring) -> str:
    return keyring.seal(Secret(text), purpose=_purpose(upload_id))


def _opened(sealed: str, upload_id: UploadId, keyring: Keyring) -> str:
    try:
        return keyring.open(sealed, purpose=_purpose(upload_id)).reveal()
    except UnsealingError as error:
        raise UploadExpiredError from error


def _purpose(upload_id: UploadId) -> str:
    return f"staff list {upload_id}"
