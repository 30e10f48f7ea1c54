"""Bolt's answer to a payload, by whichever way it came, and what is left to do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_bolt import App, BoltResponse
from slack_bolt.request import BoltRequest

from bot import log_safety
from bot.listening import AFTERWARDS

# Set in the context of a payload that nobody listens for.
UNHEARD: Final = "unheard"


@dataclass(frozen=True)
class Answered:
    """What goes back to Slack; `afterwards` is begun once it has left."""

    response: BoltResponse
    afterwards: Sequence[Callable[[], None]] = ()
    is_heard: bool = True


def answer(
    app: App, payload: dict[str, Any], headers: Mapping[str, Any] | None
) -> Answered:
    """Let Bolt find the listener; a shape that it can't read is acknowledged.

    Its `socket_mode` means that the payload has been checked and parsed already.
    """
    try:
        request = BoltRequest(
            mode="socket_mode", body=payload, headers=dict(headers or {})
        )
        response = app.dispatch(request)
    except Exception as error:  # noqa: BLE001 (Slack would only send it again)
        log_safety.unexpected(error, "none", "payload")
        return Answered(BoltResponse(status=200, body=""), is_heard=False)
    return Answered(
        response,
        request.context.get(AFTERWARDS, ()),
        is_heard=UNHEARD not in request.context,
    )
