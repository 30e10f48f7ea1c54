"""Who may read the files beside a SQLite database: their owner and nobody else."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sleutelbos import complaints
from sleutelbos.wording import CommandError

OWNER_ONLY: Final = 0o600
_OTHERS: Final = 0o077


def beside(database: Path, suffix: str) -> Path:
    """The file that belongs to this database, such as `sleutelbos.db.key`."""
    return database.with_name(database.name + suffix)


def find_problems(database: Path) -> Iterator[CommandError]:
    """Everything about these files that lets others in, or keeps us out."""
    if not database.parent.is_dir():
        yield CommandError(complaints.FOLDER_MISSING, path=database.parent)
        return
    # Windows keeps no such modes.
    if os.name != "posix":
        return
    folder = database.parent.stat().st_mode
    if folder & stat.S_IWOTH and not folder & stat.S_ISVTX:
        yield CommandError(complaints.FOLDER_OPEN_TO_OTHERS, path=database.parent)
    for suffix in ("", "-wal", "-shm", ".key"):
        path = beside(database, suffix)
        if path.exists() and path.stat().st_mode & _OTHERS:
            yield CommandError(complaints.FILE_OPEN_TO_OTHERS, path=path)


def require_private(database: Path) -> None:
    """Refuse to work on files that others can read.

    Raises CommandError with the command that mends it.
    """
    for problem in find_problems(database):
        raise problem
