"""Administrators whom Slack calls deactivated, a bot, a guest or an outsider.

They lose the role: at the nightly comparison with everybody in the workspace, and at
once when Slack tells of the change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain import slack_users
from domain.actor import AccountType, Actor, AdministratorId
from domain.administrators import Administrator, LastManagerError
from domain.appointments import dismissing, rules
from domain.database import hold_off_writers
from domain.permissions import Act, require
from domain.slack_users import (
    REFRESH_AFTER,
    SlackIdentity,
    SlackProfile,
    SlackUser,
)


class Standing(StrEnum):
    """Why somebody can't administer; the event of a dismissal names it."""

    DEACTIVATED = "deactivated"
    BOT = "bot"
    OUTSIDER = "outsider"
    GUEST = "guest"


class _Flags(Protocol):
    @property
    def is_bot(self) -> bool: ...
    @property
    def is_deleted(self) -> bool: ...
    @property
    def is_guest(self) -> bool: ...
    @property
    def is_outsider(self) -> bool: ...


@dataclass(frozen=True)
class SlackMembers:
    """The whole workspace as Slack listed it, by user id."""

    team_id: str
    profiles: Mapping[str, SlackProfile]
    asked_at: datetime


@dataclass
class Compared:
    """Who lost the role, who stayed as the last manager, who was not listed."""

    dismissed: list[AdministratorId] = field(default_factory=list)
    last_manager: list[AdministratorId] = field(default_factory=list)
    absent: list[AdministratorId] = field(default_factory=list)


def standing_of(person: _Flags) -> Standing | None:
    """Why this person can't administer, or None."""
    if person.is_deleted:
        return Standing.DEACTIVATED
    if person.is_bot:
        return Standing.BOT
    if person.is_outsider:
        return Standing.OUTSIDER
    return Standing.GUEST if person.is_guest else None


def compare(
    session: Session, members: SlackMembers, *, actor: Actor, now: datetime
) -> Compared:
    """Hold every administrator against a whole list of the workspace.

    Who is not on it stays, and is named: a list may be short of somebody. Who
    administered before is left as last heard of. Raises NotPermittedError.
    """
    require(actor, Act.COMPARE_WITH_SLACK)
    hold_off_writers(session, Administrator)
    compared = Compared()
    everybody = (
        select(Administrator)
        .where(Administrator.dismissed_at.is_(None))
        .order_by(Administrator.id)
    )
    for each in session.scalars(everybody).all():
        profile = members.profiles.get(each.user_id)
        if each.team_id != members.team_id:
            continue
        if profile is None:
            compared.absent.append(AdministratorId(each.id))
            continue
        newest = _remember(session, each, profile, members.asked_at)
        _settle(session, each, newest, compared, actor, now)
    return compared


def dismiss_unfit(
    session: Session,
    identity: SlackIdentity,
    profile: SlackProfile,
    *,
    actor: Actor,
    now: datetime,
) -> Compared:
    """Take the role of one administrator away if Slack's word on them asks for it.

    Raises NotPermittedError.
    """
    require(actor, Act.COMPARE_WITH_SLACK)
    hold_off_writers(session, Administrator)
    compared = Compared()
    found = session.scalars(
        select(Administrator).filter_by(
            team_id=identity.team_id, user_id=identity.user_id, dismissed_at=None
        )
    ).one_or_none()
    if found is not None:
        _remember(session, found, profile, now)
        _settle(session, found, profile, compared, actor, now)
    return compared


def unfit_managers(session: Session) -> list[SlackIdentity]:
    """Managers who could not administer any more; the last one stays all the same."""
    rows = session.execute(
        select(Administrator.team_id, Administrator.user_id)
        .join(
            SlackUser,
            (SlackUser.team_id == Administrator.team_id)
            & (SlackUser.user_id == Administrator.user_id),
        )
        .where(
            Administrator.account_type == AccountType.MANAGER,
            Administrator.dismissed_at.is_(None),
            or_(
                SlackUser.is_deleted,
                SlackUser.is_bot,
                SlackUser.is_guest,
                SlackUser.is_outsider,
            ),
        )
        .order_by(Administrator.id)
    )
    return [SlackIdentity(team_id, user_id) for team_id, user_id in rows]


def _settle(
    session: Session,
    administrator: Administrator,
    person: _Flags,
    compared: Compared,
    actor: Actor,
    now: datetime,
) -> None:
    standing = standing_of(person)
    if standing is None or rules.role_of(administrator) is None:
        return
    administrator_id = AdministratorId(administrator.id)
    try:
        dismissing.end(
            session, administrator, reason=standing.value, actor=actor, now=now
        )
    except LastManagerError:
        compared.last_manager.append(administrator_id)
    else:
        compared.dismissed.append(administrator_id)


def _remember(
    session: Session,
    administrator: Administrator,
    profile: SlackProfile,
    asked_at: datetime,
) -> _Flags:
    """Keep names and flags, never as fresh; gives what Slack said last.

    A list takes a while to fetch: Slack is asked again before somebody acts, and what
    it said of them since the list was asked for is newer.
    """
    identity = SlackIdentity(administrator.team_id, administrator.user_id)
    heard_at = asked_at - REFRESH_AFTER
    known = slack_users.find(session, identity)
    if known is None or known.refreshed_at < heard_at:
        slack_users.remember(session, identity, profile, now=heard_at)
    return known if known and known.refreshed_at > asked_at else profile
