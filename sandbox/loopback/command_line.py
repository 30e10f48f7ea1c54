"""What the command lines share: ports as arguments, and serving until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from types import FrameType

MOST = 65535


class UntilAsked:
    """Waits for Ctrl-C or SIGTERM, which count from its making on."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked.set()

    def wait(self, greeting: str) -> None:
        """Greet whoever started it, and return when the end is asked for."""
        sys.stdout.write(greeting)
        sys.stdout.flush()
        self._asked.wait()


def port(words: str) -> int:
    """A port as an argument; 0 is a free one. Raises ArgumentTypeError."""
    if not words.isdecimal() or int(words) > MOST:
        raise argparse.ArgumentTypeError(f"{words} is not a port: 0 to {MOST}")
    return int(words)
