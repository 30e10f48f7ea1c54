"""Tells managers that wrong codes blocked an administrator, and how to lift it."""

from collections.abc import Mapping
from typing import Any, Final

from slack_sdk import WebClient

from bot import mentions
from bot.blocks import button, buttons, header, marked_paragraph
from bot.delivery.managers import tell_managers
from bot.locale import Translator
from bot.message import Message
from bot.office import Office
from domain import administrators
from domain.actor import AdministratorId

LIFT: Final = "step_up.lift"


def build(administrator_id: int, user_id: str, t: Translator) -> Message:
    """Who, what it may mean, and what lifting it does."""
    title = t("Wrong codes: an administrator is blocked")
    what = t.marked(
        "{who} gave five wrong codes in a row in Sleutelbos. *Ask by telephone or in "
        "person whether it was they:* if not, somebody else uses their Slack.",
        who=mentions.person(user_id),
    )
    todo = t(
        "Until a manager lifts the block, this administrator can't hand out passwords."
    )
    lift = button(LIFT, t("Lift block"), value=str(administrator_id))
    blocks = [
        header(title),
        marked_paragraph(what),
        marked_paragraph(todo),
        buttons([lift], "step_up"),
    ]
    return Message(blocks, title)


def tell(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell the company's admin channel while it is private, else the managers.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    administrator_id = AdministratorId(payload["administrator_id"])
    with office.database.reading() as session:
        who = administrators.slack_identity(session, administrator_id)
    message = build(administrator_id, who.user_id, office.t)
    tell_managers(office, client, message)


def lifted(t: Translator, *, was_blocked: bool) -> str:
    """What became of pressing the button."""
    if was_blocked:
        return t("The block is lifted: codes can be given again.")
    return t("There was nothing to do: codes can be given.")
