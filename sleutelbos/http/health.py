"""Whether the process answers, and whether it can do its work at this moment."""

import threading
import time
from collections.abc import Callable, Mapping

import structlog
from sqlalchemy.exc import SQLAlchemyError

from domain import migrations
from domain.database import Database
from domain.secret import Keyring, Secret

_log = structlog.get_logger()
_PURPOSE = "http.installation"
_SHOWN = 32
LOOK_SECONDS = 5


def installation_id(keyring: Keyring) -> str:
    """The same for every process with this secret key, and nobody else's.

    `check` tells by it whether the public address leads here. It gives nothing of
    the key away.
    """
    return keyring.digest(Secret("healthz"), purpose=_PURPOSE)[-_SHOWN:]


class Readiness:
    """Looks at what this process needs; `parts` are its own, each by its name."""

    def __init__(
        self,
        database: Database,
        parts: Mapping[str, Callable[[], bool]],
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._database = database
        self._parts = parts
        self._look_seconds = look_seconds
        self._looking = threading.Lock()
        self._last: list[str] = ["database"]
        self._began_at = 0.0

    def missing(self) -> list[str]:
        """What is not there: database, migration, worker or slack.

        One thread looks at a time, so that a database that hangs holds up one; the
        others tell what was seen last, for as long as a look may take.
        """
        if self._looking.acquire(blocking=False):
            self._began_at = time.monotonic()
            try:
                self._last = [*self._database_missing(), *self._parts_missing()]
            finally:
                self._looking.release()
        elif time.monotonic() - self._began_at > self._look_seconds:
            return ["database"]
        return self._last

    def _database_missing(self) -> list[str]:
        try:
            is_up_to_date = migrations.is_up_to_date(self._database)
        except SQLAlchemyError as error:
            _log.warning("ready.database_away", why=type(error).__name__)
            return ["database"]
        return [] if is_up_to_date else ["migration"]

    def _parts_missing(self) -> list[str]:
        return [name for name, is_well in self._parts.items() if not is_well()]
