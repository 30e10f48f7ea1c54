"""Tells the whole company's administrators: its admin channel, else every manager."""

from typing import Final

import structlog
from slack_sdk import WebClient

from bot.delivery.channels import look_at_channel
from bot.delivery.messages import post_message
from bot.message import Message
from bot.office import Office
from domain import administrators
from domain.exports.channel import (
    ChannelProblem,
    DeliveryPostponedError,
    DeliveryRefusedError,
    find_problem,
)

_log: Final = structlog.get_logger(__name__)


def tell_managers(
    office: Office,
    client: WebClient,
    message: Message,
    *,
    channel_id: str | None = None,
) -> None:
    """Post it in an admin channel while that is private, else to managers.

    The channel is the company's unless another is named. Raises
    DeliveryPostponedError or DeliveryRefusedError.
    """
    channel_id = channel_id or office.default_admin_channel
    if channel_id is not None and _is_private(client, channel_id):
        post_message(client, channel_id, message.blocks, message.text)
        return
    with office.database.reading() as session:
        managers = administrators.managers(session)
    reached = [_reaches(client, who.user_id, message) for who in managers]
    if not any(reached):
        raise DeliveryRefusedError("nobody_to_tell")


def _is_private(client: WebClient, channel_id: str) -> bool:
    try:
        problem = find_problem(channel_id, look_at_channel(client, channel_id))
    except DeliveryRefusedError:
        return False
    return problem in (None, ChannelProblem.PERSON_NOT_MEMBER)


def _reaches(client: WebClient, user_id: str, message: Message) -> bool:
    """Whether this manager was told; trying all of them again tells some twice."""
    try:
        post_message(client, user_id, message.blocks, message.text)
    except (DeliveryRefusedError, DeliveryPostponedError) as error:
        _log.warning("managers.not_told", code=error.code)
        return False
    return True
