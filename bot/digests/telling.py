"""Brings the weekly digest to the admin channel of a branch, else to the managers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import structlog
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from bot.delivery.channels import look_at_channel
from bot.delivery.messages import post_message
from bot.digests import weekly_message
from bot.digests.weekly_message import WeeklyDigest
from bot.identity import language_of
from bot.locale import translator
from bot.office import Office
from bot.resets import admin_channel
from domain import administrators, branches, slack_users
from domain.actor import SCHEDULE, AccountType, BranchId
from domain.exports.channel import (
    ChannelProblem,
    DeliveryRefusedError,
    find_problem,
)
from domain.logins import weekly
from domain.logins.weekly import BranchWeeks
from domain.slack_users import SlackIdentity

_log = structlog.get_logger(__name__)


def tell(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell the branch's admin channel, or leave it to messages to the managers.

    Raises DeliveryPostponedError, or DeliveryRefusedError when nobody can be told.
    """
    branch_id = BranchId(payload["branch_id"])
    with office.database.reading() as session:
        branch = branches.get(session, branch_id, actor=SCHEDULE)
        told = _read(session, office, payload)
    if not branch.weekly_digest:
        return
    channel_id = admin_channel.of(branch, office)
    problem = _problem_of(client, channel_id)
    if problem is None and channel_id is not None:
        message = weekly_message.build(WeeklyDigest(told, office.mails), office.t)
        try:
            post_message(client, channel_id, message.blocks, message.text)
        except DeliveryRefusedError as error:
            _log.warning("digest.refused", branch_id=branch_id, code=error.code)
            problem = ChannelProblem.NOT_FOUND
        else:
            return
    _leave_to_managers(office, payload, problem or ChannelProblem.UNSET, channel_id)


def tell_manager(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell one manager, by direct message; nobody who is no manager any more.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    identity = SlackIdentity(payload["team_id"], payload["user_id"])
    with office.database.reading() as session:
        actor = administrators.find_actor(session, identity)
        if actor is None or actor.account_type is not AccountType.MANAGER:
            return
        told = _read(session, office, payload)
        user = slack_users.find(session, identity)
    t = translator(language_of(user, office)) if user else office.t
    problem, channel_id = ChannelProblem(payload["problem"]), payload["channel_id"]
    data = WeeklyDigest(told, office.mails, problem, channel_id)
    message = weekly_message.build(data, t)
    post_message(client, identity.user_id, message.blocks, message.text)


def _read(session: Session, office: Office, payload: Mapping[str, Any]) -> BranchWeeks:
    return weekly.read(
        session,
        BranchId(payload["branch_id"]),
        date.fromisoformat(payload["monday"]),
        actor=SCHEDULE,
        now=office.clock(),
    )


def _problem_of(client: WebClient, channel_id: str | None) -> ChannelProblem | None:
    """Why no names may stand in the channel at this moment, or None."""
    if channel_id is None:
        return ChannelProblem.UNSET
    try:
        problem = find_problem(channel_id, look_at_channel(client, channel_id))
    except DeliveryRefusedError:
        return ChannelProblem.NOT_FOUND
    return None if problem is ChannelProblem.PERSON_NOT_MEMBER else problem


def _leave_to_managers(
    office: Office,
    payload: Mapping[str, Any],
    problem: ChannelProblem,
    channel_id: str | None,
) -> None:
    why = {"problem": problem.value, "channel_id": channel_id}
    with office.database.transaction() as session:
        count = weekly.tell_managers(
            session, {**payload, **why}, actor=SCHEDULE, now=office.clock()
        )
    if not count:
        raise DeliveryRefusedError("nobody_to_tell")
