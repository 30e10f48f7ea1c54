"""Messages of the app: posted, and rewritten in place."""

from collections.abc import Sequence

from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from bot.delivery.asking import asked_once, asking
from domain.runs.reporting import MessagePlace


def post_message(
    client: WebClient,
    channel_id: str,
    blocks: Sequence[Block],
    text: str,
    *,
    thread_ts: str | None = None,
) -> MessagePlace:
    """Post a message; `text` is what notifications and screen readers say.

    Raises DeliveryPostponedError or DeliveryRefusedError. When the answer is lost
    the message may stand there all the same.
    """
    with asking():
        answer = asked_once(client).chat_postMessage(
            channel=channel_id,
            blocks=list(blocks),
            text=text,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
        )
    return MessagePlace(answer["channel"], answer["ts"])


def update_message(
    client: WebClient, place: MessagePlace, blocks: Sequence[Block], text: str
) -> None:
    """Rewrite a message of the app where it stands.

    Raises DeliveryPostponedError, or DeliveryRefusedError with Slack's code, which
    is `message_not_found` once somebody deleted it.
    """
    with asking():
        asked_once(client).chat_update(
            channel=place.channel_id, ts=place.ts, blocks=list(blocks), text=text
        )
