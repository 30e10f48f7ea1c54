"""One `serve` per SQLite database, held by the operating system."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sleutelbos import complaints, sqlite_file
from sleutelbos.file_modes import OWNER_ONLY, beside
from sleutelbos.wording import CommandError


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold the lock of this database; it ends with the process, however that ends.

    Raises CommandError when another process holds it, or when the folder takes no
    files.
    """
    descriptor = _open(database)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(complaints.DATABASE_IN_USE, path=database) from error
        yield
    finally:
        os.close(descriptor)


def _open(database: Path) -> int:
    try:
        # Two names of one file are one database.
        path = beside(database.resolve(), ".lock")
        return os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    except (OSError, RuntimeError) as error:
        raise sqlite_file.unwritable(error, database) from error
