"""Looks at a channel before it becomes the admin channel of a branch."""

from copy import copy
from typing import Final

from bot.delivery.channels import look_at_channel
from bot.interaction import Interaction
from bot.resets.admin_channel import ChannelUnseenError
from domain.exports.channel import (
    ChannelLook,
    ChannelProblem,
    DeliveryPostponedError,
    DeliveryRefusedError,
    find_problem,
)

# Two calls, and the database, within the three seconds of an ack (whole seconds:
# the SDK takes no others).
SECONDS_BEFORE_ACK: Final = 1


def look(interaction: Interaction, channel_id: str) -> ChannelLook:
    """What the channel is like for this person. Raises ChannelUnseenError."""
    return _look(interaction, channel_id, None)


def problem_of(
    interaction: Interaction, channel_id: str, *, before_ack: bool = False
) -> ChannelProblem | None:
    """Why it can't be the admin channel, asked of Slack now, or None.

    Raises ChannelUnseenError.
    """
    seconds = SECONDS_BEFORE_ACK if before_ack else None
    return find_problem(channel_id, _look(interaction, channel_id, seconds))


def _look(
    interaction: Interaction, channel_id: str, seconds: int | None
) -> ChannelLook:
    client = copy(interaction.client)
    if seconds is not None:
        client.timeout = seconds
    try:
        return look_at_channel(client, channel_id, interaction.person.identity)
    except (DeliveryPostponedError, DeliveryRefusedError) as error:
        raise ChannelUnseenError from error
