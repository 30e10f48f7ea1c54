"""The work of the letters' loop: claim, write out, hand in, settle."""

import threading
from datetime import datetime, timedelta
from typing import Final

import structlog

from domain.clock import Clock
from domain.database import Database
from domain.errors import LeaseLostError
from domain.letters.composing import ComposedLetter, Office, compose
from domain.letters.mail_server import UndeliverableAddressError
from domain.letters.queueing import open_letter
from domain.letters.refusals import (
    LetterDeferredError,
    LetterError,
    LetterRefusedError,
    ServerAwayError,
)
from domain.letters.settling import claim_letter, settle
from domain.letters.smtp import MailConnection
from domain.outbox import OutboxMessage
from domain.secret import Keyring, UnsealingError

_log = structlog.get_logger()
# A code is good for ten minutes, so no pause is long; but a password that is refused
# again and again gets an account locked.
_PAUSES: Final = (timedelta(seconds=5), timedelta(seconds=15), timedelta(minutes=1))
_PAUSE_AFTER_REFUSED_PASSWORD: Final = timedelta(minutes=5)


class LetterDelivery:
    """Delivers letters over one connection, the oldest first.

    While the mail server is away it waits, and then tries the same letter again.
    """

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        office: Office,
        connection: MailConnection,
        clock: Clock,
        stopping: threading.Event,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._office = office
        self._connection = connection
        self._clock = clock
        self._stopping = stopping
        self._failures = 0
        self._paused_at: datetime | None = None
        self._pause = timedelta(0)

    def deliver_due(self) -> bool:
        """Deliver what is due, one letter after another; whether there was any."""
        if self._is_paused():
            return False
        with self._database.transaction() as session:
            message = claim_letter(session, now=self._clock())
        if message is None:
            self._connection.rest()
            return False
        while message is not None:
            message = self._settle(message, self._attempt(message))
        return self._paused_at is None

    def close(self) -> None:
        """Take leave of the mail server."""
        self._connection.close()

    def _is_paused(self) -> bool:
        if self._paused_at is None:
            return False
        # A clock that was set back must not make it a pause of hours.
        if timedelta(0) <= self._clock() - self._paused_at < self._pause:
            return True
        self._paused_at = None
        return False

    def _attempt(self, message: OutboxMessage) -> LetterError | None:
        try:
            self._connection.send(self._composed(message))
        except ServerAwayError as error:
            self._begin_pause(error)
            return error
        except LetterError as error:
            _log.warning("letter.undelivered", message_id=message.id, code=error.code)
            return error
        except Exception as error:  # noqa: BLE001 (one poison letter stops no other)
            _log.exception("letter.failed", message_id=message.id)
            return LetterDeferredError(type(error).__name__)
        self._failures = 0
        _log.info("letter.sent", message_id=message.id, kind=message.payload["letter"])
        return None

    def _composed(self, message: OutboxMessage) -> ComposedLetter:
        try:
            return compose(open_letter(message, keyring=self._keyring), self._office)
        except UnsealingError as error:
            raise LetterRefusedError("key_lost") from error
        except UndeliverableAddressError as error:
            raise LetterRefusedError("address_unusable") from error

    def _begin_pause(self, error: ServerAwayError) -> None:
        self._paused_at = self._clock()
        self._pause = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
        if error.code.startswith("auth_refused"):
            self._pause = _PAUSE_AFTER_REFUSED_PASSWORD
        self._failures += 1
        _log.warning("mail_server.away", code=error.code)

    def _settle(
        self, message: OutboxMessage, error: LetterError | None
    ) -> OutboxMessage | None:
        """Settle a letter and claim the next one, in one transaction."""
        try:
            with self._database.transaction() as session:
                settle(session, message, error, now=self._clock())
                if self._paused_at is not None or self._stopping.is_set():
                    return None
                return claim_letter(session, now=self._clock())
        except LeaseLostError:
            _log.warning("outbox.lease_lost", message_id=message.id)
            return None
