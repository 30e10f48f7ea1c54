"""Server-Sent Events: what a page shows, sent again whenever it has changed."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Response, request

from sandbox.loopback.server import LoopbackServer

# Changes that come together go out together, at this pace or slower: no stream may use
# more than a fifth of a processor, however much there is to show.
PAUSE_SECONDS = 0.05
PAUSES_PER_LOOK = 4
# How often a stream on which nothing happens looks whether its browser is still there.
LOOK_SECONDS = 1.0


def stream(
    server: LoopbackServer,
    event: str,
    revision: Callable[[], int],
    produce: Callable[[], Any],
) -> Response:
    """An answer that goes on until the browser leaves or the server stops.

    `produce` is called with `server.changed` held, at once and after every change of
    `revision`; what it gives is sent unless it is None or the same as before.
    """
    connection: socket.socket = request.environ["werkzeug.socket"]
    looks = _Looks(server, revision, produce)
    return Response(
        looks.events(event, connection),
        mimetype="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


class _Looks:
    """Waits for changes, and words what there is to say of them."""

    def __init__(
        self,
        server: LoopbackServer,
        revision: Callable[[], int],
        produce: Callable[[], Any],
    ) -> None:
        self.server = server
        self.revision = revision
        self.produce = produce
        self.seen: int | None = None

    def events(self, event: str, connection: socket.socket) -> Iterator[str]:
        before = ""
        while not (self.server.is_stopping or _is_gone(connection)):
            data, took = self._next()
            if data and data != before:
                before = data
                yield f"event: {event}\ndata: {data}\n\n"
            if took:
                time.sleep(max(PAUSE_SECONDS, took * PAUSES_PER_LOOK))

    def _next(self) -> tuple[str, float]:
        """What to send, or "", and how many seconds it took to find that out."""
        changed = self.server.changed
        with changed:
            changed.wait_for(self._is_due, LOOK_SECONDS)
            if self.server.is_stopping or self.revision() == self.seen:
                return "", 0.0
            self.seen = self.revision()
            began = time.monotonic()
            produced = self.produce()
            text = "" if produced is None else _text(produced)
            return text, time.monotonic() - began

    def _is_due(self) -> bool:
        return self.server.is_stopping or self.revision() != self.seen


def _text(produced: Any) -> str:
    return json.dumps(produced, ensure_ascii=False, separators=(",", ":"))


def _is_gone(connection: socket.socket) -> bool:
    """Whether the browser has hung up; it never says more after its request."""
    try:
        readable, _, _ = select.select([connection], [], [], 0)
        return bool(readable) and not connection.recv(1, socket.MSG_PEEK)
    except (OSError, ValueError):
        return True
