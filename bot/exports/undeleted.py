"""The notice that a workbook must be deleted by hand, because Slack would not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot import mentions
from bot.blocks import marked_paragraph
from bot.delivery.messages import post_message
from bot.locale import Translator
from bot.message import Message
from bot.office import Office


@dataclass(frozen=True)
class Undeleted:
    """Which file, where it lies, and what Slack said."""

    file_name: str
    channel_id: str
    code: str


def build(data: Undeleted, t: Translator) -> Message:
    """What to do, and what is in the file."""
    text = t.marked(
        "*Ask an owner or admin of this Slack workspace to delete the file {file} in "
        "{channel}.* Slack does not let Sleutelbos do it ({code}). It is encrypted, "
        "and its opening password is wiped, but it holds initial passwords.",
        file=data.file_name,
        channel=mentions.channel(data.channel_id),
        code=data.code,
    )
    return Message([marked_paragraph(text)], text)


def tell(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell the admin channel.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    data = Undeleted(payload["file_name"], payload["channel_id"], payload["code"])
    message = build(data, office.t)
    post_message(client, data.channel_id, message.blocks, message.text)
