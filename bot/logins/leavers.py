"""The notice of the night: how many logins were closed because people left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk import WebClient

from bot.blocks import marked_paragraph
from bot.delivery.messages import post_message
from bot.locale import Translator
from bot.message import Message
from bot.office import Office
from bot.resets import admin_channel
from bot.text import escaped, on_one_line
from domain import branches
from domain.actor import SCHEDULE, BranchId

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Leavers:
    """How many of which branch; who they are is in the branch screen."""

    branch_name: str
    count: int


def build(data: Leavers, t: Translator) -> Message:
    """Counts only: everybody in the channel reads it."""
    text = t.plural(
        "One employee login of {branch} was closed: the employment has ended.",
        "{count} employee logins of {branch} were closed: the employment has ended.",
        data.count,
        branch=escaped(on_one_line(data.branch_name, limit=100)),
    )
    return Message([marked_paragraph(text)], text)


def tell(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell the branch's admin channel; a branch that has none is not told.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    branch_id = BranchId(payload["branch_id"])
    with office.database.reading() as session:
        branch = branches.get(session, branch_id, actor=SCHEDULE)
    channel_id = admin_channel.of(branch, office)
    if channel_id is None:
        _log.warning("leavers.nobody_told", branch_id=branch_id)
        return
    message = build(Leavers(branch.name, payload["count"]), office.t)
    post_message(client, channel_id, message.blocks, message.text)
