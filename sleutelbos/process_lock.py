"""One `serve` per SQLite database, held by the operating system."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sleutelbos import complaints
from sleutelbos.file_modes import OWNER_ONLY, beside
from sleutelbos.wording import CommandError


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold the lock of this database; it ends with the process, however that ends.

    Raises CommandError when another process holds it.
    """
    # Two names of one file are one database.
    path = beside(database.resolve(), ".lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(complaints.DATABASE_IN_USE, path=database) from error
        yield
    finally:
        os.close(descriptor)
