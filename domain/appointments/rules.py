"""Who may make whom what: asked by the rights that hold while nobody else changes any.

Managers decide on everybody. Branch managers decide on users, and on their own
branches only: what such a user administers elsewhere they neither see nor touch.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import branches, slack_users
from domain.actor import AccountType, Actor, BranchId, Surface
from domain.administrators import (
    Administrator,
    BranchesRequiredError,
    LastManagerError,
    hold_rights,
)
from domain.errors import DomainError, NotFoundError, NotPermittedError
from domain.permissions import Act
from domain.record_cards.fields import parse_email
from domain.slack_users import SlackIdentity
from domain.step_ups import require_step_up

NOT_PERMITTED: Final = Act.APPOINT_ADMINISTRATORS.value


class NotAppointableError(DomainError):
    """A guest, a bot, somebody deactivated, of another workspace, or unknown."""

    code = "not_appointable"
    concerns = "person"


class CodeAddressRequiredError(DomainError):
    """Codes go to an address that whoever appoints knows; none was given."""

    code = "code_address_required"
    concerns = "email"


class CodeAddressUnusableError(DomainError):
    """This is not one usable e-mail address."""

    code = "code_address_unusable"
    concerns = "email"


class CodeAddressOutOfReachError(DomainError):
    """Codes of who administers other branches too go where a manager says."""

    code = "code_address_out_of_reach"
    concerns = "email"


class AlreadyAdministratorError(DomainError):
    """Somebody who administers already; their entry in the list is what to change."""

    code = "already_administrator"
    concerns = "person"


class AdministratorChangedError(DomainError):
    """Somebody else changed this administrator since it was shown."""

    code = "administrator_changed"


@dataclass(frozen=True)
class Role:
    """What somebody administers; a manager is bound to no branches."""

    account_type: AccountType
    branch_ids: frozenset[BranchId]


def begin(session: Session, actor: Actor, *, now: datetime) -> Actor:
    """Hold administrators as they are, and give the actor with today's rights.

    Whoever was dismissed or demoted a moment ago acts by that. Raises
    NotPermittedError, StepUpRequiredError, StepUpBlockedError.
    """
    actor = hold_rights(session, actor, Act.APPOINT_ADMINISTRATORS)
    # Whatever was read before the wait may be of before.
    fresh = select(Administrator).execution_options(populate_existing=True)
    session.scalars(fresh).all()
    require_step_up(session, actor, now=now)
    return actor


def role_of(administrator: Administrator) -> Role | None:
    """What somebody administers now; None when dismissed."""
    if administrator.dismissed_at is not None:
        return None
    branch_ids = (BranchId(link.branch_id) for link in administrator.branches)
    return Role(administrator.account_type, frozenset(branch_ids))


def get(session: Session, administrator_id: int, *, actor: Actor) -> Administrator:
    """Somebody who administers and whom the actor may change.

    Raises NotFoundError for nobody and for who is out of a branch manager's sight,
    NotPermittedError for a type that is not below the actor's.
    """
    administrator = session.get(Administrator, administrator_id)
    role = role_of(administrator) if administrator is not None else None
    if administrator is None or role is None:
        raise NotFoundError(kind="administrator")
    if not is_seen(role, actor):
        raise NotFoundError(kind="administrator")
    require_above(actor, role.account_type)
    return administrator


def is_seen(role: Role, actor: Actor) -> bool:
    """Whether somebody with this role is within the actor's branches."""
    return actor.reaches_every_branch or any(
        actor.reaches(branch_id) for branch_id in role.branch_ids
    )


def mark_of(administrator: Administrator, actor: Actor) -> str:
    """Another one when anything of it was changed that the actor can see."""
    role = role_of(administrator)
    seen = (
        []
        if role is None
        else [each for each in role.branch_ids if actor.reaches(each)]
    )
    kind = role.account_type.value if role is not None else ""
    shown = f"{kind} {sorted(seen)} {administrator.email or ''}"
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def require_above(actor: Actor, account_type: AccountType) -> None:
    """Refuse a branch manager who would decide on more than users."""
    if not actor.reaches_every_branch and account_type is not AccountType.USER:
        raise NotPermittedError(act=NOT_PERMITTED)


def next_role(
    session: Session,
    before: Role | None,
    account_type: AccountType,
    branch_ids: Collection[BranchId],
    *,
    actor: Actor,
) -> Role:
    """What somebody administers once the actor has decided so.

    Branches out of the actor's reach stay. Raises BranchesRequiredError,
    NotFoundError for a branch out of reach, NotPermittedError.
    """
    require_above(actor, account_type)
    if account_type is AccountType.MANAGER:
        return Role(account_type, frozenset())
    if not branch_ids:
        raise BranchesRequiredError
    chosen = {
        BranchId(branches.get(session, branch_id, actor=actor).id)
        for branch_id in branch_ids
    }
    return Role(account_type, frozenset(chosen | unreached(before, actor)))


def unreached(role: Role | None, actor: Actor) -> set[BranchId]:
    """The branches of a role that are not the actor's to decide on."""
    held = role.branch_ids if role is not None else frozenset()
    return {branch_id for branch_id in held if not actor.reaches(branch_id)}


def require_appointable(
    session: Session, identity: SlackIdentity, *, actor: Actor
) -> None:
    """Refuse whom Slack calls a guest, a bot, gone, or of another workspace.

    Where it is asked in Slack, somebody of whom nothing is known is refused too.
    Raises NotAppointableError.
    """
    user = slack_users.find(session, identity)
    if user is None:
        if actor.surface is Surface.SLACK:
            raise NotAppointableError
        return
    if user.is_bot or user.is_deleted or user.is_guest or user.is_outsider:
        raise NotAppointableError


def code_address(typed: str | None) -> str | None:
    """The address for codes as it is kept. Raises CodeAddressUnusableError."""
    if typed is None or not typed.strip():
        return None
    address = parse_email(typed)
    if address is None:
        raise CodeAddressUnusableError
    return address.text


def require_another_manager(session: Session, administrator: Administrator) -> None:
    """Raises LastManagerError when this is the only manager."""
    if administrator.account_type is not AccountType.MANAGER:
        return
    others = select(Administrator.id).where(
        Administrator.account_type == AccountType.MANAGER,
        Administrator.dismissed_at.is_(None),
        Administrator.id != administrator.id,
    )
    if session.scalar(others.limit(1)) is None:
        raise LastManagerError
