"""The SMTP server: a port, and a thread with the connections to it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from aiosmtpd.smtp import Envelope

from sandbox.clock import Clock
from sandbox.loopback.ports import bound, port_of
from sandbox.mailbox.certificate import Certificate
from sandbox.mailbox.charsets import without_surrogates
from sandbox.mailbox.conversations import Conversation
from sandbox.mailbox.faults import Faults
from sandbox.mailbox.smtp_connection import SmtpConnection

Tls = Literal["none", "starttls", "implicit"]
# Of conversations; the oldest are forgotten.
MOST_KEPT = 20_000
# Aborted connections end at once, but one amid its TLS handshake may not say so.
ABORT_SECONDS = 1.0
# How aiosmtpd calls the sender of a bounce.
NOBODY = "<>"
# Number of the letter, from sender, recipients and content.
Take = Callable[[str, tuple[str, ...], bytes], int]


@dataclass(frozen=True, kw_only=True)
class SmtpSettings:
    """What the server offers, and what it asks of clients."""

    # Bytes of a letter; None takes any.
    size_limit: int | None
    smtputf8: bool
    tls: Tls
    # Name and password; None asks for none.
    login: tuple[str, str] | None


class SmtpServer:
    """Speaks SMTP; each letter that is to be kept goes to `take`, in its thread."""

    def __init__(
        self,
        settings: SmtpSettings,
        *,
        certificate: Certificate | None,
        faults: Faults,
        changed: threading.Condition,
        clock: Clock,
        take: Take,
    ) -> None:
        self.settings = settings
        self.context = certificate.server_context() if certificate else None
        self.faults = faults
        self.changed = changed
        self.clock = clock
        self.port = 0
        self.conversations: deque[Conversation] = deque(maxlen=MOST_KEPT)
        self.connections: set[SmtpConnection] = set()
        self._take = take
        self._thread: threading.Thread | None = None

    def start(self, port: int) -> None:
        """Listen on the loopback; 0 takes a free port. Raises PortTakenError."""
        # It writes addresses, and warns of what it does itself.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        self._socket = bound(port)
        self.port = port_of(self._socket)
        ready: Future[None] = Future()
        self._thread = threading.Thread(target=asyncio.run, args=(self._run(ready),))
        self._thread.start()
        ready.result()

    def stop(self) -> None:
        """End every connection and the thread."""
        if self._thread:
            self._loop.call_soon_threadsafe(self._ended.set)
            self._thread.join()
            self._thread = None

    def go_down(self) -> None:
        """End every connection and refuse new ones; the port stays ours."""
        self._do(self._stop_listening())

    def come_up(self) -> None:
        """Listen again."""
        self._do(self._listen())

    def has_opened(self, connection: SmtpConnection) -> None:
        """A connection is there, and encrypted if it begins so."""
        self.connections.add(connection)
        self._nobody.clear()
        with self.changed:
            self.conversations.append(connection.conversation)
            self.changed.notify_all()

    def has_lost(self, connection: SmtpConnection) -> None:
        """A connection has ended."""
        self.connections.discard(connection)
        if not self.connections:
            self._nobody.set()
        with self.changed:
            connection.conversation.is_open = False
            self.changed.notify_all()

    def keep(self, envelope: Envelope, conversation: Conversation) -> None:
        """Hand on a letter and remember where it came."""
        sender = without_surrogates(envelope.mail_from or "")
        recipients = tuple(without_surrogates(each) for each in envelope.rcpt_tos)
        content = envelope.original_content or b""
        with self.changed:
            number = self._take("" if sender == NOBODY else sender, recipients, content)
            conversation.letters.append(number)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _run(self, ready: Future[None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(_unless_hung_up)
        self._ended, self._nobody = asyncio.Event(), asyncio.Event()
        self._listener: asyncio.Server | None = None
        try:
            await self._listen()
        except OSError as error:
            ready.set_exception(error)
            return
        ready.set_result(None)
        await self._ended.wait()
        await self._stop_listening()
        self._socket.close()

    async def _listen(self) -> None:
        if self._listener is None:
            is_implicit = self.settings.tls == "implicit"
            self._listener = await self._loop.create_server(
                lambda: SmtpConnection(self),
                sock=self._socket,
                ssl=self.context if is_implicit else None,
            )

    async def _stop_listening(self) -> None:
        if self._listener is None:
            return
        self._listener.close()
        self._listener = None
        for connection in list(self.connections):
            connection.abort()
        if self.connections:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nobody.wait(), ABORT_SECONDS)
        self._socket = bound(self.port)


def _unless_hung_up(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Clients that go away or fail at TLS are what this server is for."""
    if not isinstance(context.get("exception"), OSError):
        loop.default_exception_handler(context)
