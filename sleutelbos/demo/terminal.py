"""The terminal that the demo speaks on."""

import sys
from io import TextIOWrapper
from typing import Final

from rich.console import Console

_WIDTH: Final = 100


def terminal() -> Console:
    """Standard output, at most so wide that lines are easy to read."""
    # A terminal that knows fewer letters shows a question mark for the others.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace", line_buffering=True)
    console = Console(highlight=False, emoji=False)
    console.width = min(console.width, _WIDTH) if console.is_terminal else _WIDTH
    return console
