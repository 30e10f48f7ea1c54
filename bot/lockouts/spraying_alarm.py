"""The alarm that somebody guesses at many names: counts only, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.blocks import header, marked_paragraph
from bot.delivery.managers import tell_managers
from bot.locale import Translator
from bot.message import Message
from bot.office import Office


@dataclass(frozen=True)
class SprayingAlarm:
    """How many names were tried, how often, from how many addresses."""

    names: int
    guesses: int
    networks: int


def build(data: SprayingAlarm, t: Translator) -> Message:
    """Nobody's name: who is meant is not known, and nobody is locked."""
    title = t("Somebody is guessing at passwords of many employees")
    what = t.plural(
        "*In ten minutes {guesses} attempts at {names} different user names, from "
        "{count} network address.* Only a few guesses each, so it does not look "
        "like people who forgot their passwords.",
        "*In ten minutes {guesses} attempts at {names} different user names, from "
        "{count} network addresses.* Only a few guesses each, so it does not look "
        "like people who forgot their passwords.",
        data.networks,
        guesses=data.guesses,
        names=data.names,
    )
    todo = t.marked(
        "No login was locked by this, and attempts are slowed. Tell who looks after "
        "your network (IT), and ask employees not to use a password that they use "
        "elsewhere."
    )
    blocks = [header(title), marked_paragraph(what), marked_paragraph(todo)]
    return Message(blocks, title)


def tell(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell the company's admin channel while it is private, else the managers.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    tell_managers(office, client, build(SprayingAlarm(**payload), office.t))
