"""A Bolt app that shows what a test wants shown, and hands on what it hears."""

import re
from queue import Empty, Queue
from typing import Any

from slack_bolt import App

from tests.sandbox.pieces import option

ANYTHING = re.compile(".*")
NAMES = ("Utrecht", "Uden", "Zeist", "Zwolle")


class Listener:
    """Opens `view` on a command, and answers as it is told to."""

    def __init__(self, app: App) -> None:
        self._bodies: Queue[dict] = Queue()
        self.searches: Queue[str] = Queue()
        self.view: dict = {}
        self.submission: dict = {}
        self.on_action: Any = None
        self.on_search: Any = None
        self.on_submission: Any = None
        app.command("/proef")(self._command)
        app.action(ANYTHING)(self._action)
        app.options(ANYTHING)(self._search)
        app.view_submission(ANYTHING)(self._submitted)
        app.view_closed(ANYTHING)(self._closed)
        app.event(ANYTHING)(self._event)

    def next(self) -> dict:
        """What it hears next."""
        return self._bodies.get(timeout=10)

    def hears_nothing(self) -> bool:
        """Whether nothing has come that nobody asked for."""
        try:
            return not self._bodies.get_nowait()
        except Empty:
            return True

    def _command(self, ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=self.view)

    def _action(self, ack, body, client):
        ack()
        if self.on_action:
            self.on_action(body, client)
        self._bodies.put(body)

    def _search(self, ack, body):
        typed = body["value"]
        self.searches.put(typed)
        if self.on_search:
            self.on_search(typed)
        fitting = [name for name in NAMES if typed.lower() in name.lower()]
        ack(options=[option(name) for name in fitting])

    def _submitted(self, ack, body):
        if self.on_submission:
            self.on_submission(body)
        ack(**self.submission)
        self._bodies.put(body)

    def _closed(self, ack, body):
        ack()
        self._bodies.put(body)

    def _event(self, ack):
        ack()
