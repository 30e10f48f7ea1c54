"""Pauses of the connections to a mail server: of one alone, or of all of them."""

import threading
from datetime import datetime, timedelta
from typing import Final

from domain.clock import Clock
from domain.letters.refusals import LetterError

# A code is good for ten minutes, so no pause is long; but a password that is refused
# again and again gets an account locked.
_PAUSES: Final = (timedelta(seconds=5), timedelta(seconds=15), timedelta(minutes=1))
_PAUSE_AFTER_REFUSED_PASSWORD: Final = timedelta(minutes=5)


class _Rest:
    """How long nothing is tried, longer with each failure."""

    def __init__(self) -> None:
        self.failures = 0
        self._begun_at: datetime | None = None
        self._length = timedelta(0)

    def begin(self, error: LetterError, now: datetime) -> None:
        self._begun_at = now
        self._length = _PAUSES[min(self.failures, len(_PAUSES) - 1)]
        if error.code.startswith("auth_refused"):
            self._length = _PAUSE_AFTER_REFUSED_PASSWORD
        self.failures += 1

    def lasts(self, now: datetime) -> bool:
        # A clock that was set back must not make it a pause of hours.
        return (
            self._begun_at is not None
            and timedelta(0) <= now - self._begun_at < self._length
        )


class MailPause:
    """Who leaves the mail server alone, and until when.

    While another connection hands letters in, a refusal concerns only who met it:
    some servers take fewer connections than we have. When none does, the server is
    away for all, and one connection tries before the others do.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._of_all = _Rest()
        self._of_one: dict[object, _Rest] = {}
        self._delivering: set[object] = set()
        self._first: object | None = None

    def holds(self, connection: object) -> bool:
        """Whether this connection tries nothing now."""
        with self._guard:
            now = self._clock()
            own = self._of_one.get(connection)
            if self._of_all.lasts(now) or (own is not None and own.lasts(now)):
                return True
            if not self._of_all.failures:
                return False
            if self._first is None:
                self._first = connection
            return self._first is not connection

    def begin(self, connection: object, error: LetterError) -> None:
        """This connection was refused, or got no answer."""
        with self._guard:
            now = self._clock()
            self._delivering.discard(connection)
            if self._delivering:
                self._of_one.setdefault(connection, _Rest()).begin(error, now)
            elif not self._of_all.lasts(now):
                self._first = None
                self._of_all.begin(error, now)

    def forget(self, connection: object) -> None:
        """The server took a letter on this connection."""
        with self._guard:
            self._delivering.add(connection)
            self._of_one.pop(connection, None)
            self._of_all, self._first = _Rest(), None
