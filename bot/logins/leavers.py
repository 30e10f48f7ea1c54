"""The notice of the night: how many logins were closed because people left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.blocks import marked_paragraph
from bot.delivery.branch_notice import tell_branch
from bot.locale import Translator
from bot.message import Message
from bot.office import Office
from bot.text import escaped, on_one_line
from domain.actor import BranchId
from domain.branches import Branch


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

    def written(branch: Branch) -> Message:
        return build(Leavers(branch.name, payload["count"]), office.t)

    tell_branch(office, client, BranchId(payload["branch_id"]), written)
