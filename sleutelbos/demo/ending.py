"""How the demo ends: by Ctrl-C or SIGTERM, at any moment, with nothing left."""

import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Final

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What hangs is cut off after this many seconds.
_CUT_OFF_AFTER: Final = 10
_LOOK_UP_EVERY: Final = 0.5


class EndedError(Exception):
    """Somebody asked to stop before everything had started."""


class Ending:
    """Hears the signals; whoever starts something looks here between two steps.

    A signal interrupts nothing halfway, so whatever was begun is also cleared away.
    """

    def __init__(self) -> None:
        self._thrown_away: Path | None = None
        # Putting into a SimpleQueue is safe in a signal handler (docs.python.org).
        self._asked: SimpleQueue[None] = SimpleQueue()

    def listen(self) -> None:
        """From now on signals are for us."""
        for number in SIGNALS:
            # Under nohup a terminal that goes is no reason to end.
            if number is signal.SIGINT or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._on_signal)
        signal.signal(signal.SIGALRM, self._cut_off)

    def clears(self, folder: Path) -> None:
        """This folder goes, even if something hangs."""
        self._thrown_away = folder

    def check(self) -> None:
        """Raise EndedError if somebody asked to stop."""
        if not self._asked.empty():
            raise EndedError

    def wait(self) -> None:
        """Return when somebody asks to stop."""
        while True:
            # A signal in the instant before the wait begins is not handled until
            # the wait ends, so no wait is for ever.
            with suppress(Empty):
                self._asked.get(timeout=_LOOK_UP_EVERY)
                return

    def is_over(self) -> None:
        """Nothing is left that could hang."""
        signal.alarm(0)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        signal.alarm(_CUT_OFF_AFTER)
        self._asked.put(None)

    def _cut_off(self, _number: int, _frame: FrameType | None) -> None:
        if self._thrown_away is not None:
            shutil.rmtree(self._thrown_away, ignore_errors=True)
        os._exit(1)
