"""Whether a SQLite file is ours, and what its errors mean for who works here."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from domain import migrations
from domain.record_cards.model import RecordCard
from sleutelbos import complaints
from sleutelbos.wording import CommandError, Wording

# What the smallest write-ahead log takes.
_LEAST_FREE: Final = 64 * 1024
# An extended result code ends with the primary one (sqlite.org, rescode).
_PRIMARY: Final = 0xFF
_OF_THE_FOLDER: Final = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
)
_WORDINGS: Final[dict[int, Wording]] = {
    sqlite3.SQLITE_FULL: complaints.DISK_FULL,
    sqlite3.SQLITE_IOERR: complaints.DISK_FAULTY,
    sqlite3.SQLITE_NOTADB: complaints.NOT_OUR_DATABASE,
    sqlite3.SQLITE_CORRUPT: complaints.NOT_OUR_DATABASE,
    sqlite3.SQLITE_BUSY: complaints.DATABASE_BUSY,
}
_OUR_TABLES: Final = frozenset({migrations.VERSION_TABLE, RecordCard.__tablename__})

_TABLES: Final = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
)


def require_ours(path: Path) -> None:
    """Refuse a file with tables of somebody else; one without tables may be filled.

    Raises CommandError. Nothing is changed: SQLAlchemy's first connection would
    turn on the write-ahead log in a file that is not ours.
    """
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as file:
            tables = {name for (name,) in file.execute(_TABLES)}
    except sqlite3.Error as error:
        complaint = _complaint(error, path)
        if complaint is None:
            raise
        raise complaint from error
    if tables and not tables >= _OUR_TABLES:
        raise CommandError(complaints.NOT_OUR_DATABASE, path=path)


@contextmanager
def telling_of(path: Path) -> Iterator[None]:
    """While working on this file, say in words what SQLite says in codes.

    Raises CommandError for a full disk, a folder that can't be written, and what
    is no database; any other error as it is.
    """
    try:
        yield
    except DBAPIError as error:
        complaint = _complaint(error.orig, path)
        if complaint is None:
            raise
        raise complaint from error


def unwritable(error: OSError | RuntimeError, path: Path) -> CommandError:
    """What to say when a file beside this database can't be made."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return CommandError(complaints.DISK_FULL, path=path)
    reason = error.strerror if isinstance(error, OSError) else error
    return CommandError(complaints.FOLDER_UNWRITABLE, path=path.parent, error=reason)


def _complaint(error: object, path: Path) -> CommandError | None:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _OF_THE_FOLDER:
        return CommandError(complaints.FOLDER_UNWRITABLE, path=path.parent, error=error)
    wording = _WORDINGS.get(code)
    if code == sqlite3.SQLITE_IOERR and _is_full(path.parent):
        wording = complaints.DISK_FULL
    return CommandError(wording, path=path, error=error) if wording else None


def _is_full(folder: Path) -> bool:
    # To share memory SQLite needs room too, and without it tells of a faulty disk.
    return shutil.disk_usage(folder).free < _LEAST_FREE
