"""The work of the letters' loops: claim, write out, hand in, settle."""

import threading
from contextlib import suppress
from typing import Final

import structlog
from sqlalchemy.orm import Session

from domain.clock import Clock
from domain.database import Database
from domain.errors import DatabaseBusyError, LeaseLostError
from domain.letters.composing import ComposedLetter
from domain.letters.mail_server import UndeliverableAddressError
from domain.letters.queueing import open_letter
from domain.letters.refusals import (
    HungUpError,
    LetterDeferredError,
    LetterError,
    LetterOvertakenError,
    LetterRefusedError,
    ServerAwayError,
)
from domain.letters.settling import claim_letter, settle
from domain.letters.smtp import MailConnection
from domain.logins.access_by_mail import is_overtaken
from domain.outbox import OutboxMessage
from domain.secret import Keyring, UnsealingError
from sleutelbos.letter_writing import LetterWriter
from sleutelbos.mail_pause import MailPause

_log = structlog.get_logger()
# Each time waits seconds for the database, and the lease is a minute.
_SETTLED_AT_MOST: Final = 3


class LetterDelivery:
    """Delivers letters over one connection of several, the oldest first.

    While the mail server is away all of them wait, and then try the same letters
    again.
    """

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        writer: LetterWriter,
        connection: MailConnection,
        pause: MailPause,
        clock: Clock,
        stopping: threading.Event,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._writer = writer
        self._connection = connection
        self._pause = pause
        self._clock = clock
        self._stopping = stopping

    def deliver_due(self) -> bool:
        """Deliver what is due, one letter after another; whether there was any."""
        if self._pause.holds(self):
            return False
        with self._database.transaction() as session:
            message = self._claim(session)
        if message is None:
            self._connection.rest()
            return False
        while message is not None:
            message = self._settle(message, self._attempt(message))
        return not self._pause.holds(self)

    def close(self) -> None:
        """Take leave of the mail server."""
        self._connection.close()

    def _claim(self, session: Session) -> OutboxMessage | None:
        """The next letter that still says what is true."""
        while True:
            message = claim_letter(session, now=self._clock())
            if message is None or not is_overtaken(session, message):
                return message
            settle(session, message, LetterOvertakenError(), now=self._clock())
            _log.info("letter.overtaken", message_id=message.id)

    def _attempt(self, message: OutboxMessage) -> LetterError | None:
        try:
            self._connection.send(self._composed(message))
        except (ServerAwayError, HungUpError) as error:
            self._pause.begin(self, error)
            _log.warning("mail_server.away", code=error.code)
            return error
        except LetterError as error:
            _log.warning("letter.undelivered", message_id=message.id, code=error.code)
            return error
        except Exception as error:  # noqa: BLE001 (one poison letter stops no other)
            _log.exception("letter.failed", message_id=message.id)
            return LetterDeferredError(type(error).__name__)
        self._pause.forget(self)
        _log.info("letter.sent", message_id=message.id, kind=message.payload["letter"])
        return None

    def _composed(self, message: OutboxMessage) -> ComposedLetter:
        try:
            return self._writer.write(open_letter(message, keyring=self._keyring))
        except UnsealingError as error:
            raise LetterRefusedError("key_lost") from error
        except UndeliverableAddressError as error:
            raise LetterRefusedError("address_unusable") from error

    def _settle(
        self, message: OutboxMessage, error: LetterError | None
    ) -> OutboxMessage | None:
        """Settle a letter; one that was handed in must not go out once more.

        So a database that is busy is asked again, as long as the lease lasts.
        """
        for _ in range(_SETTLED_AT_MOST - 1):
            with suppress(DatabaseBusyError):
                return self._settle_once(message, error)
        return self._settle_once(message, error)

    def _settle_once(
        self, message: OutboxMessage, error: LetterError | None
    ) -> OutboxMessage | None:
        """Settle a letter and claim the next one, in one transaction."""
        try:
            with self._database.transaction() as session:
                settle(session, message, error, now=self._clock())
                if self._pause.holds(self) or self._stopping.is_set():
                    return None
                return self._claim(session)
        except LeaseLostError:
            _log.warning("outbox.lease_lost", message_id=message.id)
            return None
