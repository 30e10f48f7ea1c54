"""Server-Sent Events: what a page shows, sent again whenever it has changed."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from flask import Response, request

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

# Changes that come together go out together, at this pace or slower: no stream may use
# more than a fifth of a processor, however much there is to show.
PAUSE_SECONDS = 0.05
PAUSES_PER_LOOK = 4
# How often a stream on which nothing happens looks whether its browser is still there.
LOOK_SECONDS = 1.0
Produce = Callable[[], Any]


def stream(workspace: Workspace, event: str, produce: Produce) -> Response:
    """An answer that goes on until the browser leaves or the server stops.

    `produce` is called with the workspace's lock held, at once and after every
    change; what it gives is sent unless it is None or the same as before.
    """
    connection: socket.socket = request.environ["werkzeug.socket"]
    return Response(
        _events(workspace, event, produce, connection),
        mimetype="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


def _events(
    workspace: Workspace, event: str, produce: Produce, connection: socket.socket
) -> Iterator[str]:
    look, before = _Look(workspace, produce), ""
    yield "retry: 1000\n\n"  # the headers leave with it, whatever there is to say
    while not (workspace.server.is_stopping or _is_gone(connection)):
        data, took = look.next()
        if data and data != before:
            before = data
            yield f"event: {event}\ndata: {data}\n\n"
        if took:
            time.sleep(max(PAUSE_SECONDS, took * PAUSES_PER_LOOK))


class _Look:
    """Waits for changes, and words what there is to say of them."""

    def __init__(self, workspace: Workspace, produce: Produce) -> None:
        self.workspace = workspace
        self.produce = produce
        self.seen = -1

    def next(self) -> tuple[str, float]:
        """What to send, or "", and how many seconds it took to find that out."""
        changed = self.workspace.changed
        with changed:
            changed.wait_for(self._is_due, LOOK_SECONDS)
            if self.workspace.server.is_stopping or changed.count == self.seen:
                return "", 0.0
            self.seen = changed.count
            began = time.monotonic()
            produced = self.produce()
            text = "" if produced is None else _text(produced)
            return text, time.monotonic() - began

    def _is_due(self) -> bool:
        stopping = self.workspace.server.is_stopping
        return stopping or self.workspace.changed.count != self.seen


def _text(produced: Any) -> str:
    return json.dumps(produced, ensure_ascii=False, separators=(",", ":"))


def _is_gone(connection: socket.socket) -> bool:
    """Whether the browser has hung up; it never says more after its request."""
    try:
        readable, _, _ = select.select([connection], [], [], 0)
        return bool(readable) and not connection.recv(1, socket.MSG_PEEK)
    except (OSError, ValueError):
        return True
