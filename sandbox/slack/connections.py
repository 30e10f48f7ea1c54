"""The sockets of the app: opened by a ticket, attended, refreshed, dropped."""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
import struct
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simple_websocket import ConnectionClosed
from wsproto.utilities import LocalProtocolError

if TYPE_CHECKING:
    from simple_websocket import Server as WebSocket

    from sandbox.slack.state import State

CONNECTION_LIMIT = 10
GONE = (ConnectionClosed, LocalProtocolError, OSError)
Hear = Callable[[str, str], None]


@dataclass(eq=False)
class Connection:
    """One open socket of the app."""

    id: str
    websocket: WebSocket


class Connections:
    """Who is connected; `hear` gets each message, `opened` is told of each socket."""

    def __init__(
        self, workspace: State, hear: Hear, opened: Callable[[], None]
    ) -> None:
        self.workspace = workspace
        self.open: list[Connection] = []
        # Set on demand: no new sockets, those that are open stay.
        self.is_refusing = False
        self._hear = hear
        self._opened = opened
        self._urls: set[str] = set()
        self._turn = 0

    def new_url(self) -> str:
        """A WebSocket address that one connection may use."""
        ticket = secrets.token_hex(16)
        with self.workspace.changed:
            self._urls.add(ticket)
        address = self.workspace.server.url.replace("http://", "ws://")
        return f"{address}/link/?ticket={ticket}&app_id={self.workspace.app_id}"

    def may_connect(self, ticket: str) -> bool:
        """Whether this address is good; it is used up by asking."""
        with self.workspace.changed:
            known = ticket in self._urls
            self._urls.discard(ticket)
            return known and not self.is_refusing

    def attend(self, websocket: WebSocket) -> None:
        """Serve one connection until it ends."""
        connection = Connection(uuid.uuid4().hex[:8], websocket)
        try:
            if self._welcome(connection):
                while True:
                    self._hear(connection.id, str(websocket.receive()))
        except GONE:
            pass
        finally:
            self._gone(connection)
            _shut(websocket)
            websocket.thread.join()

    def _welcome(self, connection: Connection) -> bool:
        with self.workspace.changed:
            number = len(self.open) + 1
        if number > CONNECTION_LIMIT:
            farewell = {"type": "disconnect", "reason": "too_many_websockets"}
            connection.websocket.send(json.dumps(farewell))
            return False
        hello = {
            "type": "hello",
            "num_connections": number,
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self.workspace.app_id},
        }
        connection.websocket.send(json.dumps(hello))
        with self.workspace.changed:
            self.open.append(connection)
            self.workspace.changed.notify_all()
        self._opened()
        return True

    def send(self, message: str) -> str | None:
        """Send to one of the sockets, each in turn; its id, or None without any."""
        while connection := self._next():
            try:
                connection.websocket.send(message)
            except GONE:
                self._gone(connection)
                continue
            return connection.id
        return None

    def _next(self) -> Connection | None:
        with self.workspace.changed:
            if not self.open:
                return None
            self._turn += 1
            return self.open[self._turn % len(self.open)]

    def _gone(self, connection: Connection) -> None:
        with self.workspace.changed:
            if connection in self.open:
                self.open.remove(connection)
            self.workspace.changed.notify_all()

    def refresh(self) -> None:
        """Ask every socket to come back by a new one, as Slack does now and then."""
        for connection in self._all():
            farewell = {"type": "disconnect", "reason": "refresh_requested"}
            connection.websocket.send(json.dumps(farewell))

    def drop(self) -> None:
        """Reset every connection without a word."""
        for connection in self._all():
            linger = struct.pack("ii", 1, 0)
            connection.websocket.sock.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, linger
            )
            connection.websocket.sock.shutdown(socket.SHUT_RD)

    def close_all(self) -> None:
        """Close every socket in good order."""
        self.is_refusing = True
        for connection in self._all():
            with contextlib.suppress(*GONE):
                connection.websocket.close()
            _shut(connection.websocket)

    def _all(self) -> list[Connection]:
        with self.workspace.changed:
            return list(self.open)


def _shut(websocket: WebSocket) -> None:
    with contextlib.suppress(OSError):
        websocket.sock.shutdown(socket.SHUT_RDWR)
