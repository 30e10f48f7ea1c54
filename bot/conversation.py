"""What a person writes to the app directly, and the app's answer beside it."""

from dataclasses import dataclass
from typing import Final

from slack_sdk import WebClient

from bot import payload
from bot.delivery.messages import post_message
from bot.message import Message

# Slack tells of edits, deletions, joins and its own additions as messages too; of
# these two alone it tells what somebody has written just now.
_WRITTEN: Final = (None, "file_share", "thread_broadcast")


@dataclass(frozen=True)
class DirectMessage:
    """What somebody wrote, as Slack sends it; `thread_ts` when it is in a thread."""

    channel_id: str
    ts: str
    text: str
    thread_ts: str | None


def written(body: payload.Body) -> DirectMessage | None:
    """The message that this event tells of; None unless a person wrote it to us."""
    event = payload.event(body)
    if event.get("type") != "message" or event.get("channel_type") != "im":
        return None
    if event.get("subtype") not in _WRITTEN or event.get("bot_id"):
        return None
    channel, ts, text = event.get("channel"), event.get("ts"), event.get("text")
    known = isinstance(channel, str) and isinstance(ts, str)
    if not known or not isinstance(event.get("user"), str):
        return None
    thread = event.get("thread_ts")
    return DirectMessage(
        channel_id=str(channel),
        ts=str(ts),
        text=text if isinstance(text, str) else "",
        thread_ts=thread if isinstance(thread, str) else None,
    )


def reply(client: WebClient, to: DirectMessage, message: Message) -> None:
    """Answer in the same conversation, and in the same thread.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    post_message(
        client, to.channel_id, message.blocks, message.text, thread_ts=to.thread_ts
    )
