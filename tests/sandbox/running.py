"""Running apps and requests against the sandbox, and ending them without a race."""

import json
from collections.abc import Callable
from queue import Queue
from typing import Any, Self
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.web import SlackResponse

from sandbox.slack import Workspace


def hang_up(slack: Workspace, handlers: list[SocketModeHandler]) -> None:
    """End handlers from Slack's side first.

    The SDK's close() waits 3 s for a socket on which nothing comes, trips over one
    that is closed while it waits, and waits 1 s more for a next message.
    """
    for handler in handlers:
        handler.client.auto_reconnect_enabled = False
    slack.connections.close_all()
    for handler in handlers:
        handler.client.current_session_runner.shutdown()
        handler.client.closed = True
        handler.client.enqueue_message("{}")
        handler.close()


class Deaf:
    """An app that connects, keeps what comes, and acks nothing."""

    def __init__(
        self, slack: Workspace, on_message: Callable[[str], None] | None = None
    ) -> None:
        self.client = SocketModeClient(
            app_token=slack.app_token,
            web_client=WebClient(base_url=slack.api_url),
            auto_reconnect_enabled=False,
        )
        self.slack = slack
        self.heard: Queue[dict] = Queue()
        self.client.on_message_listeners.append(on_message or self._hear)

    def _hear(self, message: str) -> None:
        if "envelope_id" in message:
            self.heard.put(json.loads(message))

    def next(self) -> dict:
        """The next envelope, waited for."""
        return self.heard.get(timeout=30)

    def __enter__(self) -> Self:
        before = len(self.slack.connections.open)
        self.client.connect()
        self.slack.wait_for_app(before + 1)
        return self

    def __exit__(self, *_: object) -> None:
        self.slack.connections.close_all()
        self.client.current_session_runner.shutdown()
        self.client.closed = True
        self.client.enqueue_message("{}")
        self.client.close()


def fetch(url: str, content: bytes | None = None, token: str = "") -> tuple[int, bytes]:
    """Status and body of a plain request to the loopback."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = Request(url, data=content, headers=headers)  # noqa: S310
    try:
        with urlopen(request) as answer:  # noqa: S310
            return answer.status, answer.read()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


def refused(
    call: Callable[..., SlackResponse], *arguments: str, **options: Any
) -> SlackResponse:
    """The answer of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as refusal:
        call(*arguments, **options)
    response: SlackResponse = refusal.value.response
    return response
