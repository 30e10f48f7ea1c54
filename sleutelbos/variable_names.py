"""Names of settings that were set but mean nothing, such as a misspelt one."""

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

from sleutelbos import findings
from sleutelbos.settings import ENV_FILE, Settings
from sleutelbos.wording import CommandError

_OURS: Final = "SLEUTELBOS_"
_KNOWN: Final = sorted(
    name.removeprefix(_OURS)
    for field in Settings.model_fields.values()
    if (name := str(field.validation_alias)).startswith(_OURS)
)


def unknown_names() -> Iterator[CommandError]:
    """Each name in the environment or `.env` that looks like ours and is not.

    Capitals don't count, as in the settings themselves.
    """
    given = {name.upper() for name in (*os.environ, *_names_in_file())}
    for name in sorted(given):
        rest = name.removeprefix(_OURS)
        if rest == name or rest in _KNOWN:
            continue
        nearest = get_close_matches(rest, _KNOWN, n=1)
        if nearest:
            meant = _OURS + nearest[0]
            yield CommandError(findings.NAME_MISSPELT, name=name, meant=meant)
        else:
            yield CommandError(findings.NAME_UNKNOWN, name=name)


def _names_in_file() -> list[str]:
    try:
        return list(dotenv_values(ENV_FILE)) if Path(ENV_FILE).is_file() else []
    except (OSError, UnicodeDecodeError):
        # That it can't be read, the settings say.
        return []
