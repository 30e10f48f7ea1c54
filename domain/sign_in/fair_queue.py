"""A number of places, given out in the order in which people came."""

import threading
from collections import deque
from datetime import timedelta


class FairQueue:
    """Like a semaphore that nobody overtakes.

    `threading.Semaphore` lets newcomers take a place before the one who waits has
    woken; under load somebody then waits until their patience ends.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[threading.Event] = deque()
        self._changing = threading.Lock()

    def enter(self, patience: timedelta) -> bool:
        """Wait for a place; False when none came in time."""
        with self._changing:
            if self._free:
                self._free -= 1
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(patience.total_seconds()):
            return True
        with self._changing:
            # The turn may have come after the patience ended.
            if turn.is_set():
                return True
            self._waiting.remove(turn)
            return False

    def leave(self) -> None:
        """Hand the place to the one who waits longest."""
        with self._changing:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
