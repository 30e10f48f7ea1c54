"""Tells a branch that an employee did not agree to a changed e-mail address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk import WebClient

from bot.blocks import button, buttons, facts, header, marked_paragraph
from bot.delivery.managers import tell_managers
from bot.locale import Translator
from bot.message import Message
from bot.office import Office
from bot.resets import admin_channel
from bot.text import escaped, on_one_line
from domain import branches
from domain.actor import SCHEDULE, BranchId
from domain.record_cards.model import RecordCard, RecordCardId

OPEN: Final = "record_cards.open_disputed"


@dataclass(frozen=True)
class Disputed:
    """Whose address it is."""

    card_id: RecordCardId
    name: str
    number: str
    branch_name: str


def build(data: Disputed, t: Translator) -> Message:
    """Who, what it may mean, and the card; never an address."""
    title = t("Changed e-mail address is in doubt: {name}", name=on_one_line(data.name))
    what = t.marked(
        "Somebody who reads the mail of the *old* address says that it should not have "
        "been changed. *Nothing was changed back.* Ask the employee by telephone or in "
        "person which address is right, and put it on the record card."
    )
    opens = button(OPEN, t("Open record card"), value=str(data.card_id))
    blocks = [
        header(title),
        facts(
            [
                (t("Employee number"), on_one_line(data.number)),
                (t("Branch"), on_one_line(data.branch_name)),
            ]
        ),
        marked_paragraph(what),
        buttons([opens], "disputed"),
    ]
    return Message(blocks, escaped(title))


def tell(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell the branch's admin channel while it is private, else the managers.

    The branch is the card's of now, which may have moved on. Nobody is told of a card
    that was erased. Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    card_id = RecordCardId(payload["record_card_id"])
    with office.database.reading() as session:
        card = session.get(RecordCard, card_id)
        if card is None or card.erased_at is not None:
            return
        branch = branches.get(session, BranchId(card.branch_id), actor=SCHEDULE)
        channel_id = admin_channel.of(branch, office)
        data = Disputed(card_id, card.full_name, card.number, branch.name)
    message = build(data, office.t)
    tell_managers(office, client, message, channel_id=channel_id)
