"""The alarm that somebody guesses at many names: counts only, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk import WebClient

from bot.blocks import header, marked_paragraph
from bot.delivery.channels import look_at_channel
from bot.delivery.messages import post_message
from bot.locale import Translator
from bot.message import Message
from bot.office import Office
from domain import administrators
from domain.exports.channel import (
    ChannelProblem,
    DeliveryPostponedError,
    DeliveryRefusedError,
    find_problem,
)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SprayingAlarm:
    """How many names were tried, how often, from how many addresses."""

    names: int
    guesses: int
    networks: int


def build(data: SprayingAlarm, t: Translator) -> Message:
    """Nobody's name: who is meant is not known, and nobody is locked."""
    title = t("Somebody is guessing at passwords of many employees")
    what = t.marked(
        "*In ten minutes {guesses} attempts at {names} different user names, from "
        "{networks} network addresses.* Only a few guesses each, so it does not look "
        "like people who forgot their passwords.",
        guesses=data.guesses,
        names=data.names,
        networks=data.networks,
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
    message = build(SprayingAlarm(**payload), office.t)
    channel_id = office.default_admin_channel
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
        _log.warning("spraying.not_told", code=error.code)
        return False
    return True
