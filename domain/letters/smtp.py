"""Handing letters to a mail server: one connection for many letters."""

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from domain.letters.composing import ComposedLetter
from domain.letters.mail_server import (
    MailServer,
    Security,
    name_of_this_machine,
    verifying_context,
)
from domain.letters.refusals import (
    ConnectionLostError,
    HungUpError,
    LetterDeferredError,
    LetterRefusedError,
    ServerAwayError,
    code_of_connecting,
    code_of_tls,
)
from domain.letters.timed_smtp import Deadline, TimedSmtp

CONNECT_SECONDS: Final = 10.0
# Of one letter with all that it takes; less than the lease on it.
LETTER_SECONDS: Final = 30.0
_FAREWELL_SECONDS: Final = 2.0
# Servers end idle connections after minutes, firewalls forget them without a word.
IDLE_SECONDS: Final = 20.0
_GREETING: Final = 220
_OK: Final = 250
_GOING_AWAY: Final = 421
_FINAL: Final = 500
_TOO_LARGE: Final = 552


class MailConnection:
    """Opens a connection when there is a letter, and keeps it for the next one."""

    def __init__(
        self,
        server: MailServer,
        *,
        context: ssl.SSLContext | None = None,
        letter_seconds: float = LETTER_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._server = server
        self._context = context
        self._letter_seconds = letter_seconds
        self._idle_seconds = idle_seconds
        self._smtp: TimedSmtp | None = None
        self._used_at = 0.0

    def send(self, letter: ComposedLetter) -> None:
        """Hand in a letter, to exactly the one recipient of its envelope.

        Raises LetterRefusedError, LetterDeferredError or ServerAwayError. After
        LetterDeferredError the server may have taken it all the same.
        """
        self.rest()
        deadline = Deadline(self._letter_seconds)
        is_kept = self._smtp is not None
        try:
            self._send(letter, deadline)
        except (ConnectionLostError, HungUpError):
            # Servers end a connection after so many letters, or so many minutes.
            if not is_kept or deadline.is_over:
                raise
            self._send(letter, deadline)
        finally:
            self._used_at = time.monotonic()

    def try_out(self) -> None:
        """Connect, encrypt and sign in as for a letter, and send none.

        Raises ServerAwayError.
        """
        deadline = Deadline(self._letter_seconds)
        with self._telling_of_loss(deadline):
            self._open(deadline)
        self.close()

    def rest(self) -> None:
        """Close a connection that nobody used for a while."""
        if time.monotonic() - self._used_at > self._idle_seconds:
            self.close()

    def close(self) -> None:
        """Take leave of the server, if it is there."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        smtp.renew(Deadline(_FAREWELL_SECONDS))
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()

    def _send(self, letter: ComposedLetter, deadline: Deadline) -> None:
        with self._telling_of_loss(deadline):
            smtp = self._smtp or self._open(deadline)
            smtp.renew(deadline)
            self._begin(smtp, letter)
        try:
            code, _ = smtp.rcpt(letter.to)
            self._settle(smtp, code, "recipient")
            code = _hand_over(smtp, letter.content)
        except (smtplib.SMTPException, OSError) as error:
            # Were the server said to be away, this letter would hold up all others.
            self._hang_up()
            raise LetterDeferredError("no_answer") from error
        self._settle(smtp, code, "letter")

    def _begin(self, smtp: TimedSmtp, letter: ComposedLetter) -> None:
        options = [f"SIZE={len(letter.content)}"] if smtp.has_extn("size") else []
        if letter.is_international:
            if not smtp.has_extn("smtputf8"):
                raise LetterRefusedError("smtputf8_missing")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        code, _ = smtp.mail(letter.sender, options)
        if code == _OK:
            return
        self._leave(smtp, code)
        if code == _GOING_AWAY or code < 0:
            raise ConnectionLostError(f"sender_deferred_{code}")
        if code == _TOO_LARGE or (letter.is_international and code >= _FINAL):
            raise LetterRefusedError(f"letter_refused_{code}")
        # It is about us or about the server, not about this letter.
        raise ServerAwayError(f"sender_refused_{code}")

    def _settle(self, smtp: TimedSmtp, code: int, what: str) -> None:
        if _OK <= code <= _OK + 2:
            return
        self._leave(smtp, code)
        if code == _GOING_AWAY:
            raise HungUpError(f"{what}_deferred_{code}")
        if code >= _FINAL:
            raise LetterRefusedError(f"{what}_refused_{code}")
        raise LetterDeferredError(f"{what}_deferred_{code}")

    def _leave(self, smtp: TimedSmtp, code: int) -> None:
        """Begin anew after a refusal, on this connection if it is still good."""
        if code == _GOING_AWAY or code < 0:
            self._hang_up()
            return
        try:
            answer, _ = smtp.rset()
        except (smtplib.SMTPException, OSError):
            answer = 0
        if answer != _OK:
            self._hang_up()

    def _hang_up(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    @contextmanager
    def _telling_of_loss(self, deadline: Deadline) -> Iterator[None]:
        """What goes wrong before a recipient is named is no letter's fault."""
        try:
            yield
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            code = "timed_out" if deadline.is_over else "disconnected"
            raise ConnectionLostError(code) from error

    def _open(self, deadline: Deadline) -> TimedSmtp:
        connected = self._connect(deadline)
        smtp = TimedSmtp(connected, deadline, name_of_this_machine())
        self._smtp = smtp
        code, _ = smtp.getreply()
        if code != _GREETING:
            self._hang_up()
            raise ServerAwayError(f"greeting_{code}")
        try:
            smtp.ehlo_or_helo_if_needed()
        except smtplib.SMTPHeloError as error:
            self._hang_up()
            raise ServerAwayError(f"ehlo_refused_{error.smtp_code}") from error
        if self._server.security is Security.STARTTLS:
            self._encrypt(smtp)
        self._log_in(smtp)
        return smtp

    def _connect(self, deadline: Deadline) -> socket.socket:
        seconds = min(CONNECT_SECONDS, deadline.seconds_left())
        try:
            connected = socket.create_connection(
                (self._server.host, self._server.port), seconds
            )
        except OSError as error:
            raise ServerAwayError(code_of_connecting(error)) from error
        if self._server.security is not Security.IMPLICIT:
            return connected
        try:
            return self._tls.wrap_socket(connected, server_hostname=self._server.host)
        except OSError as error:
            connected.close()
            raise ServerAwayError(code_of_tls(error)) from error

    @property
    def _tls(self) -> ssl.SSLContext:
        return self._context or verifying_context()

    def _encrypt(self, smtp: TimedSmtp) -> None:
        try:
            smtp.encrypt(self._tls, self._server.host)
        except smtplib.SMTPNotSupportedError as error:
            self._hang_up()
            raise ServerAwayError("starttls_missing") from error
        except smtplib.SMTPResponseException as error:
            self._hang_up()
            raise ServerAwayError(f"starttls_refused_{error.smtp_code}") from error
        except ssl.SSLError as error:
            self._hang_up()
            raise ServerAwayError(code_of_tls(error)) from error

    def _log_in(self, smtp: TimedSmtp) -> None:
        if self._server.login is None:
            return
        name, password = self._server.login
        try:
            smtp.login(name, password.reveal())
        except smtplib.SMTPAuthenticationError as error:
            self._hang_up()
            raise ServerAwayError(f"auth_refused_{error.smtp_code}") from None
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPException as error:
            self._hang_up()
            raise ServerAwayError("auth_missing") from error
        finally:
            # smtplib remembers the password as an attribute.
            smtp.password = ""


def _hand_over(smtp: TimedSmtp, content: bytes) -> int:
    try:
        code, _ = smtp.data(content)
    except smtplib.SMTPDataError as error:
        return error.smtp_code
    return code
