"""The admin channel (beheerkanaal) of a branch, and whether it will do now."""

from bot.delivery.channels import look_at_channel
from bot.interaction import Interaction
from bot.office import Office
from domain.branches import Branch
from domain.errors import DomainError
from domain.exports.channel import (
    ChannelLook,
    ChannelProblem,
    ChannelUnsuitableError,
    DeliveryPostponedError,
    DeliveryRefusedError,
    find_problem,
)


class ChannelUnseenError(DomainError):
    """Slack did not say what the channel is like; that is no permission."""

    code = "channel_unseen"


def of(branch: Branch, office: Office) -> str | None:
    """The branch's own channel, else the company's."""
    return branch.admin_channel_id or office.default_admin_channel


def required(branch: Branch, office: Office) -> str:
    """The same; raises ChannelUnsuitableError when there is none."""
    channel_id = of(branch, office)
    if channel_id is None:
        raise ChannelUnsuitableError(problem=ChannelProblem.UNSET)
    return channel_id


def problem_of(
    interaction: Interaction, channel_id: str | None
) -> ChannelProblem | None:
    """Why passwords may not go there for this person, asked of Slack now.

    Raises ChannelUnseenError.
    """
    if channel_id is None:
        return find_problem(None, ChannelLook(exists=False))
    identity = interaction.person.identity
    try:
        look = look_at_channel(interaction.client, channel_id, identity)
    except (DeliveryPostponedError, DeliveryRefusedError) as error:
        raise ChannelUnseenError from error
    return find_problem(channel_id, look)
