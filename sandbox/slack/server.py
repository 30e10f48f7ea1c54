"""One HTTP and WebSocket server on the loopback for everything the app reaches."""

from __future__ import annotations

import logging
import socket
import struct
import threading
import traceback
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, request
from flask_sock import Sock
from werkzeug.exceptions import HTTPException
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from sandbox.slack import file_routes, response_urls, web_api

if TYPE_CHECKING:
    from simple_websocket import Server as WebSocket

    from sandbox.slack.state import State


HOST = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    """No access log; small answers leave at once."""

    disable_nagle_algorithm = True

    def log_request(self, *_: Any) -> None:
        """Every call is in the record already."""


class _ThreadedServer(ThreadedWSGIServer):
    """Ends with all its threads ended, and can reset a connection on purpose."""

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
        """End connections that nobody has ended."""
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


class Server:
    """The port: Web API, uploads, downloads, response_urls and Socket Mode."""

    def __init__(self, workspace: State) -> None:
        self.workspace = workspace
        self.url = ""
        self.is_stopping = False
        self.app = self._routes()
        self._server: _ThreadedServer | None = None
        self._thread: threading.Thread | None = None

    def start(self, port: int) -> None:
        """Listen on the loopback; 0 takes a free port. Raises OSError."""
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        # Werkzeug ends the program when it finds a port taken; binding here raises.
        with socket.create_server((HOST, port), backlog=128) as bound:
            taken = bound.getsockname()[1]
            self._server = _ThreadedServer(
                HOST, taken, self.app, _Quiet, fd=bound.fileno()
            )
        self.url = f"http://{HOST}:{taken}"
        self.is_stopping = False
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; returns when every request has ended."""
        with self.workspace.changed:
            self.is_stopping = True
            self.workspace.changed.notify_all()
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.hang_up()
            self._server.server_close()

    def _routes(self) -> Flask:
        app = Flask("sandbox.slack", static_folder=None)
        app.config["SOCK_SERVER_OPTIONS"] = {"max_message_size": 10_000_000}
        web_api.routes(app, self.workspace)
        response_urls.routes(app, self.workspace)
        file_routes.routes(app, self.workspace)
        self._own_up(app)
        self._link(app)
        return app

    def _own_up(self, app: Flask) -> None:
        @app.errorhandler(Exception)
        def broken(error: Exception) -> Response | HTTPException:
            if isinstance(error, HTTPException):
                return error
            self.workspace.blame("sandbox", "".join(traceback.format_exception(error)))
            return Response("the sandbox is broken", status=500)

    def _link(self, app: Flask) -> None:
        sock = Sock(app)

        @app.before_request
        def check_ticket() -> None:
            if request.path == "/link/":
                ticket = request.args.get("ticket", "")
                if not self.workspace.connections.may_connect(ticket):
                    abort(503)

        @sock.route("/link/")  # type: ignore[untyped-decorator]
        def link(websocket: WebSocket) -> None:
            self.workspace.connections.attend(websocket)
