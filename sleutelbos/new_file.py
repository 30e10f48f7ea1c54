"""A file that is not there yet, for the operator alone."""

import os
from pathlib import Path
from typing import IO, Final

from sleutelbos import complaints
from sleutelbos.file_modes import OWNER_ONLY
from sleutelbos.wording import CommandError

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def create(path: Path) -> IO[bytes]:
    """Make the file and open it; raises CommandError when that can't be done."""
    try:
        # It names people: for the operator alone, who may widen it.
        return os.fdopen(os.open(path, _NEW, OWNER_ONLY), "wb")
    except FileExistsError as error:
        raise CommandError(complaints.FILE_EXISTS, path=path) from error
    except OSError as error:
        raise CommandError(
            complaints.FILE_UNWRITABLE, path=path, error=error.strerror
        ) from error
