"""A notice of the schedule's work, in the admin channel of the branch concerned."""

from collections.abc import Callable

import structlog
from slack_sdk import WebClient

from bot.delivery.messages import post_message
from bot.message import Message
from bot.office import Office
from bot.resets import admin_channel
from domain import branches
from domain.actor import SCHEDULE, BranchId
from domain.branches import Branch

_log = structlog.get_logger(__name__)


def tell_branch(
    office: Office,
    client: WebClient,
    branch_id: BranchId,
    write: Callable[[Branch], Message],
) -> None:
    """Post what `write` says of the branch; one that has no channel is not told.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    with office.database.reading() as session:
        branch = branches.get(session, branch_id, actor=SCHEDULE)
        message = write(branch)
    channel_id = admin_channel.of(branch, office)
    if channel_id is None:
        _log.warning("branch.nobody_told", branch_id=branch_id)
        return
    post_message(client, channel_id, message.blocks, message.text)
