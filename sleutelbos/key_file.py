"""The secret key beside a SQLite database, made at the first start."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from domain.secret import Keyring, Secret, new_key_text
from sleutelbos import complaints
from sleutelbos.file_modes import beside
from sleutelbos.wording import CommandError


def key_path(database: Path) -> Path:
    """Where the key of this database is kept."""
    return beside(database, ".key")


def read(path: Path) -> Keyring | None:
    """The keys in this file, or None when there is no file.

    Raises CommandError when what it holds is no key.
    """
    try:
        text = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(complaints.KEY_FILE_UNUSABLE, path=path) from error
    try:
        return Keyring.from_setting(Secret(text))
    except ValueError as error:
        raise CommandError(complaints.KEY_FILE_UNUSABLE, path=path) from error


def make(path: Path) -> None:
    """Write a new key, whole or not at all; a key that is there stays."""
    # mkstemp gives a file that its owner alone can read.
    descriptor, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(new_key_text() + "\n")
            file.flush()
            os.fsync(file.fileno())
        # Of two that start at once the second link fails: the first key counts.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
