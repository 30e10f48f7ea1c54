"""SMTP in which all steps of a letter share a deadline, instead of one for each.

A server that drips a byte every few seconds would hold an ordinary timeout for ever.
"""

import io
import smtplib
import socket
import ssl
import time
from typing import Any, Final

# Of answers to one letter; more is no mail server.
_MOST_BYTES: Final = 256 * 1024
_READY: Final = 220


class Deadline:
    """So many seconds for all that is done with it."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Whether no time is left."""
        return time.monotonic() >= self._ends_at

    def seconds_left(self) -> float:
        """For the next step.

        Raises TimeoutError when no time is left.
        """
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Answers(io.RawIOBase):
    """What the server says, in time and within bounds."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self.deadline = deadline
        self.bytes_left = _MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self.deadline.seconds_left())
        count = self._sock.recv_into(buffer)
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise OSError("no mail server says that much")
        return count


class TimedSmtp(smtplib.SMTP):
    """A conversation over a connection that is there already."""

    def __init__(
        self, connected: socket.socket, deadline: Deadline, local_name: str
    ) -> None:
        super().__init__(local_hostname=local_name)
        self._talk_over(connected, deadline)

    def renew(self, deadline: Deadline) -> None:
        """Time for another letter."""
        self._answers.deadline = deadline
        self._answers.bytes_left = _MOST_BYTES

    def encrypt(self, context: ssl.SSLContext, host: str) -> None:
        """STARTTLS; what the server said before is not to be trusted (RFC 3207).

        Raises smtplib.SMTPNotSupportedError, SMTPResponseException, ssl.SSLError.
        """
        self.ehlo_or_helo_if_needed()
        if not self.has_extn("starttls"):
            raise smtplib.SMTPNotSupportedError
        code, text = self.docmd("STARTTLS")
        if code != _READY:
            raise smtplib.SMTPResponseException(code, text)
        assert self.sock is not None  # noqa: S101 (docmd has used it)
        deadline = self._answers.deadline
        self.sock.settimeout(deadline.seconds_left())
        self._talk_over(context.wrap_socket(self.sock, server_hostname=host), deadline)
        self.ehlo()

    def send(self, s: Any) -> None:
        """Send a command or a letter, in time."""
        if self.sock is not None:
            try:
                self.sock.settimeout(self._answers.deadline.seconds_left())
            except OSError as error:
                self.close()
                raise smtplib.SMTPServerDisconnected from error
        super().send(s)

    def _talk_over(self, connected: socket.socket, deadline: Deadline) -> None:
        self.sock = connected
        self._answers = _Answers(connected, deadline)
        self.file = io.BufferedReader(self._answers)
