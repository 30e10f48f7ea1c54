"""One HTTP and WebSocket server on the loopback for everything the app reaches."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, request
from flask_sock import Sock
from werkzeug.exceptions import HTTPException

from sandbox.loopback import guard
from sandbox.loopback.server import LoopbackServer
from sandbox.slack import file_routes, response_urls, web_api

if TYPE_CHECKING:
    from simple_websocket import Server as WebSocket

    from sandbox.slack.state import State


class Server(LoopbackServer):
    """The port: Web API, uploads, downloads, response_urls and Socket Mode."""

    def __init__(self, workspace: State) -> None:
        self.workspace = workspace
        super().__init__(self._routes(), workspace.changed)

    def _routes(self) -> Flask:
        app = Flask("sandbox.slack", static_folder=None)
        # The tokens are the same at every start: a web page could guess them.
        guard.refuse_others(app, self)
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
