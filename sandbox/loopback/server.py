"""An HTTP server on the loopback that ends with all its threads ended."""

from __future__ import annotations

import logging
import socket
import struct
import threading
from typing import Any

from flask import Flask
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from sandbox.loopback.ports import HOST, bound, port_of

BACKLOG = 128


class _Quiet(WSGIRequestHandler):
    """No access log; small answers leave at once."""

    disable_nagle_algorithm = True

    def log_request(self, *_: Any) -> None:
        """Nobody reads it."""


class _ThreadedServer(ThreadedWSGIServer):
    """Can end connections that nobody ends, and reset one on purpose."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        if _is_to_be_reset(request):
            request.close()
        else:
            super().shutdown_request(request)

    def hang_up(self) -> None:
        with self._guard:
            for request in self._open:
                try:
                    request.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue


def _is_to_be_reset(request: socket.socket) -> bool:
    """A linger of zero makes closing a reset, but only without a farewell first."""
    try:
        linger = request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)
    except OSError:
        return False
    return struct.unpack("ii", linger) == (1, 0)


class LoopbackServer:
    """Serves an app on 127.0.0.1; `changed` wakes the streams that wait for news."""

    def __init__(self, app: Flask, changed: threading.Condition) -> None:
        self.app = app
        self.changed = changed
        self.url = ""
        self.is_stopping = False
        self._server: _ThreadedServer | None = None
        self._thread: threading.Thread | None = None

    def start(self, port: int) -> None:
        """Listen; 0 takes a free port. Raises PortTakenError."""
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        # Werkzeug ends the program when it finds a port taken; binding here raises.
        with bound(port) as held:
            held.listen(BACKLOG)
            taken = port_of(held)
            self._server = _ThreadedServer(
                HOST, taken, self.app, _Quiet, fd=held.fileno()
            )
        self.url = f"http://{HOST}:{taken}"
        self.is_stopping = False
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; returns when every request has ended."""
        with self.changed:
            self.is_stopping = True
            self.changed.notify_all()
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.hang_up()
            self._server.server_close()
            self._server = self._thread = None
