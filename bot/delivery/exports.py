"""The admin channel as an export needs it."""

from functools import partial

from slack_sdk import WebClient

from bot.delivery.channels import look_at_channel
from bot.delivery.files import FileDelivery
from domain.exports.channel import Channel


def export_channel(client: WebClient) -> Channel:
    """What the worker is handed for exports."""
    files = FileDelivery(client)
    return Channel(
        look=partial(look_at_channel, client),
        reserve=files.reserve,
        send=files.send,
        complete=files.complete,
        is_posted=files.is_posted,
        delete=files.delete,
    )
