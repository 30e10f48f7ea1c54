"""Clients of a mailbox: smtplib, and bare sockets for what it would never say."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTP, SMTP_SSL, SMTPException
from typing import Self

from sandbox.mailbox import Mailbox

HOST = "127.0.0.1"
SECONDS = 20


def trusting(mailbox: Mailbox) -> ssl.SSLContext:
    """A client that trusts this mailbox, and checks its name."""
    return ssl.create_default_context(cadata=mailbox.certificate)


@contextmanager
def connected(mailbox: Mailbox) -> Iterator[SMTP]:
    """A connection with TLS and login as the mailbox asks for."""
    url, port = mailbox.smtp_url, mailbox.smtp_port
    if url.startswith("smtps:"):
        smtp = SMTP_SSL(HOST, port, timeout=SECONDS, context=trusting(mailbox))
    else:
        smtp = SMTP(HOST, port, timeout=SECONDS)
    try:
        if url.startswith("smtp+starttls:"):
            smtp.starttls(context=trusting(mailbox))
        yield smtp
    finally:
        try:
            smtp.quit()
        except (SMTPException, OSError):
            smtp.close()


class Bare:
    """A socket that says anything, line by line."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.socket = socket.create_connection((HOST, mailbox.smtp_port), SECONDS)
        self.file = self.socket.makefile("rb")
        self.greeting = self.answer()

    def answer(self) -> str:
        """The last line of the next answer; "" when the server has hung up."""
        while line := self.file.readline().decode().rstrip("\r\n"):
            if line[3:4] != "-":
                return line
        return ""

    def say(self, line: str | bytes) -> str:
        content = line if isinstance(line, bytes) else line.encode()
        self.socket.sendall(content + b"\r\n")
        return self.answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.socket.close()
