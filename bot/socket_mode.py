"""The connection to Slack: what an ack leaves to be done begins after it has left."""

from concurrent.futures import Executor
from typing import Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import build_headers, send_response
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.answering import answer

# Submissions are answered where they arrive, each for a second and a half at most.
CONCURRENCY: Final = 32
# The SDK gives a socket up after five failed looks at it; that is 20 seconds.
LOOK_EVERY_SECONDS: Final = 4


class SocketMode(SocketModeHandler):
    """Receives payloads over a socket that the app itself opened."""

    def __init__(self, app: App, app_token: str, executor: Executor) -> None:
        super().__init__(
            app,
            app_token,
            logger=app.logger,
            ping_interval=LOOK_EVERY_SECONDS,
            concurrency=CONCURRENCY,
        )
        self._executor = executor

    @property
    def is_connected(self) -> bool:
        """Whether payloads arrive at this moment."""
        return bool(self.client.is_connected())

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one envelope."""
        answered = answer(self.app, req.payload, build_headers(req))
        send_response(client, req, answered.response, 0.0)
        for job in answered.afterwards:
            self._executor.submit(job)

    def close(self) -> None:
        """Take nothing more, finish what is in hand."""
        self.client.auto_reconnect_enabled = False
        self.client.closed = True
        # The SDK's thread waits up to a second for a message; this one says nothing.
        self.client.message_queue.put(None)
        try:
            self.client.close()
        except AttributeError:
            # The SDK's reader dropped a lost socket while close() was about to.
            self.client.close()
        self._executor.shutdown(wait=True)
