"""The mailbox: takes every letter that is sent to it, keeps it, and shows it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar
from urllib.parse import quote

from flask import Flask

from sandbox.clock import Clock, system_clock
from sandbox.loopback.ports import HOST
from sandbox.loopback.server import LoopbackServer
from sandbox.mailbox import pages
from sandbox.mailbox.certificate import Certificate
from sandbox.mailbox.conversations import Conversation
from sandbox.mailbox.faults import Faults
from sandbox.mailbox.kept import Kept
from sandbox.mailbox.letter import Letter
from sandbox.mailbox.reading import content_of
from sandbox.mailbox.smtp_server import SmtpServer, SmtpSettings, Tls

SCHEMES: dict[Tls, str] = {
    "none": "smtp",
    "starttls": "smtp+starttls",
    "implicit": "smtps",
}
MOST_LETTERS = 1_000
MOST_BYTES = 200_000_000
SIZE_LIMIT = 50_000_000
Found = TypeVar("Found")


class Mailbox:
    """A mail catcher on the loopback; nothing that it takes is ever sent on.

    It keeps the newest `most_letters` of at most `most_bytes` together. With `tls` it
    takes letters over TLS only, `starttls` or `implicit`, with a certificate that is
    trusted by `certificate`; with `login`, a name and a password, only after AUTH.
    `size_limit` is in bytes of one letter. Each wait takes at most `patience` seconds.
    """

    def __init__(
        self,
        *,
        clock: Clock = system_clock,
        most_letters: int = MOST_LETTERS,
        most_bytes: int = MOST_BYTES,
        size_limit: int | None = SIZE_LIMIT,
        smtputf8: bool = True,
        tls: Tls = "none",
        login: tuple[str, str] | None = None,
        patience: float = 10.0,
    ) -> None:
        self.clock = clock
        self.patience = patience
        self.changed = threading.Condition(threading.RLock())
        self.kept = Kept(self.changed, most_letters, most_bytes)
        self.faults = Faults(self.changed, patience)
        self._certificate = None if tls == "none" else Certificate(clock())
        self._numbers = itertools.count(1)
        self._smtp = SmtpServer(
            SmtpSettings(
                size_limit=size_limit, smtputf8=smtputf8, tls=tls, login=login
            ),
            certificate=self._certificate,
            faults=self.faults,
            changed=self.changed,
            clock=clock,
            take=self._take,
        )
        app = Flask("sandbox.mailbox", static_folder=None)
        self._server = LoopbackServer(app, self.changed)
        pages.add_to(app, self._server, self)

    @contextmanager
    def serve(self, port: int = 0, smtp_port: int = 0) -> Iterator[Mailbox]:
        """Take letters and show them on 127.0.0.1; port 0 takes a free one.

        Raises PortTakenError.
        """
        with ExitStack() as ends:
            self._smtp.start(smtp_port)
            ends.callback(self._smtp.stop)
            self._server.start(port)
            ends.callback(self._server.stop)
            yield self

    @property
    def url(self) -> str:
        """Of the page."""
        return self._server.url

    @property
    def smtp_port(self) -> int:
        """Where letters are taken."""
        return self._smtp.port

    @property
    def smtp_url(self) -> str:
        """`smtp`, `smtps` or `smtp+starttls`, with the login there is."""
        name, password = self._smtp.settings.login or ("", "")
        login = f"{quote(name, safe='')}:{quote(password, safe='')}@" if name else ""
        return f"{SCHEMES[self._smtp.settings.tls]}://{login}{HOST}:{self.smtp_port}"

    @property
    def certificate(self) -> str:
        """What a client has to trust for TLS, as PEM; "" without TLS."""
        return self._certificate.pem if self._certificate else ""

    @property
    def letters(self) -> tuple[Letter, ...]:
        """What is kept, oldest first."""
        return self.kept.letters

    @property
    def conversations(self) -> tuple[Conversation, ...]:
        """What was said on each connection, oldest first."""
        with self.changed:
            return tuple(self._smtp.conversations)

    def letters_to(self, address: str) -> tuple[Letter, ...]:
        """The mailbox of one person, blind copies and all, oldest first."""
        return tuple(each for each in self.letters if each.is_to(address))

    def wait_for(
        self, condition: Callable[[], Found], within: float | None = None
    ) -> Found:
        """Wait until the condition gives something true, and give that.

        It is asked again whenever a letter comes or something is said over SMTP.
        Raises AssertionError.
        """
        seconds = self.patience if within is None else within
        with self.changed:
            found = self.changed.wait_for(condition, seconds)
            if not found:
                held = "\n".join(str(each) for each in self.letters) or "nothing"
                raise AssertionError(f"waited {seconds} s; there is\n{held}")
            return found

    def clear(self) -> None:
        """Forget every letter."""
        self.kept.clear()

    def go_down(self) -> None:
        """End every SMTP connection and refuse new ones until `come_up()`."""
        self._smtp.go_down()

    def come_up(self) -> None:
        """Accept connections again, on the same port."""
        self._smtp.come_up()

    def _take(self, sender: str, to: tuple[str, ...], raw: bytes) -> int:
        letter = Letter(
            id=next(self._numbers),
            received_at=self.clock(),
            sender=sender,
            to=to,
            raw=raw,
            **vars(content_of(raw)),
        )
        self.kept.add(letter)
        return letter.id
