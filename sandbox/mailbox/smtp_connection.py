"""One SMTP connection: spoken by aiosmtpd, kept in the record, bent by the faults."""

from __future__ import annotations

import asyncio
import functools
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiosmtpd.smtp import SMTP

from sandbox.mailbox.conversations import Conversation
from sandbox.mailbox.receiving import Receiving

if TYPE_CHECKING:
    from sandbox.mailbox.smtp_server import SmtpServer

NAME = "mailbox.localhost"
TOO_MANY = "421 4.7.0 Too many connections"
NO_LOGIN = "530 5.7.0 Authentication required"
LONGEST_COMMAND = 8192


class SmtpConnection(SMTP):
    """From the greeting to the end of a connection."""

    # Any letter is taken, also one with lines longer than RFC 5321 allows.
    line_length_limit = 1 << 20
    command_size_limit = LONGEST_COMMAND

    def __init__(self, server: SmtpServer) -> None:
        settings = server.settings
        has_starttls = settings.tls == "starttls"
        self.server = server
        self.faults = server.faults
        self.conversation = Conversation(server.clock())
        self._has_greeted = False
        self._is_one_too_many = False
        super().__init__(
            Receiving(),
            data_size_limit=settings.size_limit,
            enable_SMTPUTF8=settings.smtputf8,
            hostname=NAME,
            ident="sandbox",
            tls_context=server.context if has_starttls else None,
            require_starttls=has_starttls,
            auth_require_tls=has_starttls,
            auth_callback=self._is_login,
            loop=asyncio.get_running_loop(),
        )
        # aiosmtpd has one for all connections, which each of them empties.
        self.command_size_limits = defaultdict(lambda: LONGEST_COMMAND)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is here; or, for the second time, it has encrypted."""
        if self not in self.server.connections:
            self.server.has_opened(self)
            most = self.faults.most_connections
            self._is_one_too_many = (
                most is not None and len(self.server.connections) > most
            )
        is_encrypted = transport.get_extra_info("ssl_object") is not None
        self.conversation.is_encrypted = is_encrypted
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """It is over, from whichever side."""
        super().connection_lost(error)
        self.server.has_lost(self)

    async def push(self, status: str | bytes) -> None:
        """Answer; the first answer is the greeting."""
        text = status if isinstance(status, str) else status.decode("ascii")
        if not self._has_greeted:
            self._has_greeted = True
            text = await self._greeting(text)
        with self.server.changed:
            self.conversation.answer(text)
            self.server.changed.notify_all()
        await super().push(text)
        if text.startswith("421"):
            self.hang_up()

    async def _greeting(self, usual: str) -> str:
        await self.faults.pass_holds("CONNECT")
        if self._is_one_too_many:
            return TOO_MANY
        fault = self.faults.due("CONNECT")
        return fault.answer if fault else usual

    async def is_refused(self, step: str) -> bool:
        """Whether a fault has answered in place of the command."""
        await self.faults.pass_holds(step)
        fault = self.faults.due(step)
        if fault:
            await self.push(fault.answer)
        return fault is not None

    async def check_auth_needed(self, _caller: str) -> bool:
        """Whether somebody has yet to log in; then says so."""
        needs_login = self.server.settings.login is not None
        if not needs_login or self.conversation.is_authenticated:
            return False
        await self.push(NO_LOGIN)
        return True

    def hang_up(self) -> None:
        """End the connection once what was written is sent."""
        if self.transport is not None:
            self.transport.close()

    def abort(self) -> None:
        """End the connection here and now."""
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()
        # Nobody is told of the end of a connection amid its TLS handshake.
        is_encrypting = self.conversation.commands[-1:] == ("STARTTLS",)
        if is_encrypting and not self.conversation.is_encrypted:
            self.connection_lost(None)

    async def drop(self) -> None:
        """The same from within a command; does not return, so that nothing is said."""
        self.abort()
        await asyncio.get_running_loop().create_future()

    def _is_login(self, _mechanism: str, name: bytes, password: bytes) -> bool:
        login = self.server.settings.login
        given = b"\0".join([name, password])
        is_login = login is not None and given == "\0".join(login).encode()
        self.conversation.is_authenticated = is_login
        return is_login


def _with_faults(name: str) -> Callable[..., Awaitable[None]]:
    """A command as aiosmtpd knows it, once it is recorded and no fault is due."""
    spoken = getattr(SMTP, name)
    verb = name.removeprefix("smtp_")

    @functools.wraps(spoken)
    async def command(self: SmtpConnection, argument: str | None) -> None:
        with self.server.changed:
            self.conversation.hear(verb, argument or "")
        if not await self.is_refused(verb):
            await spoken(self, argument)

    return command


for _name in [each for each in dir(SMTP) if each.startswith("smtp_")]:
    setattr(SmtpConnection, _name, _with_faults(_name))
