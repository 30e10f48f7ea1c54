"""The HTTP server: waitress in threads of this process, ended without cutting off."""

import socket
import threading
import time
from typing import Any, Final
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

from bot.http_mode import LARGEST
from sleutelbos import complaints
from sleutelbos.http.refusals import RefusalTask
from sleutelbos.settings import Listen
from sleutelbos.wording import CommandError

# How long a request may take to arrive, and a connection may say nothing.
REQUEST_SECONDS: Final = 20
SILENT_SECONDS: Final = 30
LOOK_AFTER_SECONDS: Final = 5
LARGEST_HEADERS: Final = 16 * 1024
# A visitor holds one or two. Most systems give a process 1,024 open files.
CONNECTIONS: Final = 800
BACKLOG: Final = 256
_FINISH_WITHIN: Final = 8.0


class _Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection that takes no longer over one request than is decent."""

    error_task_class = RefusalTask
    _began_at = 0.0

    def received(self, data: bytes) -> bool:
        """Take what arrived; who sends a byte now and then is let go."""
        now = time.monotonic()
        if self.request is None:
            self._began_at = now
        elif now - self._began_at > self.server.request_seconds:
            self.will_close = True
            return False
        return bool(super().received(data))

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits for anything here."""
        return not self.requests and not self.total_outbufs_len


class HttpServer:
    """Serves one application on one address.

    `address` is where it listens, which is known once it is made: connections are
    taken from then on, and answered from `start()` on.
    """

    def __init__(
        self,
        application: WSGIApplication,
        listen: Listen,
        threads: int,
        *,
        request_seconds: float = REQUEST_SECONDS,
    ) -> None:
        self._socket = _bound(listen)
        self._server: Any = create_server(
            application,
            sockets=[self._socket],
            threads=threads,
            backlog=BACKLOG,
            connection_limit=CONNECTIONS,
            channel_timeout=SILENT_SECONDS,
            cleanup_interval=LOOK_AFTER_SECONDS,
            max_request_header_size=LARGEST_HEADERS,
            max_request_body_size=LARGEST + 1,
            # A body stays in memory: it may hold a password.
            inbuf_overflow=LARGEST * 2,
            # Ours knows how many proxies there are (proxies.py).
            clear_untrusted_proxy_headers=False,
            ident=None,
        )
        self._server.channel_class = _Channel
        self._server.request_seconds = request_seconds
        self._stopping = threading.Event()
        # Work that hangs must not keep the process from ending.
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)

    @property
    def address(self) -> Listen:
        """Where it listens."""
        host, port = self._server.effective_host, self._server.effective_port
        return Listen(host, int(port))

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more, finish what is in hand; eight seconds are left to it."""
        self._stopping.set()
        self._server.pull_trigger()
        if self._thread.ident is not None:
            self._thread.join()
        self._server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._server._map)  # noqa: SLF001 (waitress' own way)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._attend(1.0)
        # From here on a connection that comes is refused by the system.
        wasyncore.dispatcher.close(self._server)
        until = time.monotonic() + _FINISH_WITHIN
        while self._close_idle() and time.monotonic() < until:
            self._attend(0.05)

    def _attend(self, seconds: float) -> None:
        sockets = self._server._map  # noqa: SLF001 (as create_server's run does)
        wasyncore.loop(timeout=seconds, use_poll=True, map=sockets, count=1)

    def _close_idle(self) -> bool:
        """Let go of who waits for nothing; whether somebody is left."""
        for channel in list(self._server.active_channels.values()):
            if channel.is_idle:
                channel.will_close = True
        return bool(self._server.active_channels)


def _bound(listen: Listen) -> socket.socket:
    """Raises CommandError when the address is not ours or is taken."""
    host, port = listen
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind)
    except OSError as error:
        raise _taken(listen, error) from error
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(BACKLOG)
    except OSError as error:
        bound.close()
        raise _taken(listen, error) from error
    bound.setblocking(False)  # noqa: FBT003 (positional only)
    return bound


def _taken(listen: Listen, error: OSError) -> CommandError:
    address = f"{listen.host}:{listen.port}"
    reason = error.strerror or type(error).__name__
    return CommandError(complaints.LISTEN_TAKEN, address=address, error=reason)
