"""The notice that the passwords and links of an export or mailing were made invalid."""

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
class Expired:
    """How many of which branch, and by which task they had been handed out."""

    branch_name: str
    run_id: int
    count: int


def build(data: Expired, t: Translator) -> Message:
    """A count only: everybody in the channel reads it."""
    text = t.plural(
        "IT made the password or link of one employee of {branch} invalid: what task "
        "{run} handed out may be in the wrong hands. The employee needs new access.",
        "IT made the passwords or links of {count} employees of {branch} invalid: what "
        "task {run} handed out may be in the wrong hands. They need new access.",
        data.count,
        branch=escaped(on_one_line(data.branch_name, limit=100)),
        run=data.run_id,
    )
    return Message([marked_paragraph(text)], text)


def tell(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell the branch's admin channel; a branch that has none is not told.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """

    def written(branch: Branch) -> Message:
        data = Expired(branch.name, payload["run_id"], payload["count"])
        return build(data, office.t)

    tell_branch(office, client, BranchId(payload["branch_id"]), written)
