"""Administrators (beheerders): who acts in Slack, and over which branches."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from domain import audit
from domain.actor import (
    AccountType,
    Actor,
    ActorKind,
    AdministratorId,
    BranchId,
    Surface,
)
from domain.audit import AuditAct, Concerning
from domain.database import Code, Record, hold_off_writers
from domain.errors import DomainError, NotPermittedError
from domain.permissions import Act, require
from domain.slack_users import SlackIdentity


class BranchesRequiredError(DomainError):
    """A branch manager or user administers named branches; none was named."""

    code = "branches_required"
    concerns = "branches"


class AlreadyManagedError(DomainError):
    """There is a manager by now; that one appoints others."""

    code = "already_managed"


class LastManagerError(DomainError):
    """Nobody could appoint others any more."""

    code = "last_manager"


class AdministratorBranch(Record):
    """A branch that an administrator reaches."""

    __tablename__ = "administrator_branch"

    administrator_id: Mapped[int] = mapped_column(
        ForeignKey("administrator.id"), primary_key=True
    )
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"), primary_key=True)


class Administrator(Record):
    """Somebody who administers logins in Slack."""

    __tablename__ = "administrator"
    __table_args__ = (UniqueConstraint("team_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(String(30))
    user_id: Mapped[str] = mapped_column(String(30))
    account_type: Mapped[AccountType] = mapped_column(Code(AccountType, 20))
    email: Mapped[str | None] = mapped_column(String(254))
    appointed_at: Mapped[datetime]
    dismissed_at: Mapped[datetime | None]
    branches: Mapped[list[AdministratorBranch]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )


def find_actor(session: Session, identity: SlackIdentity) -> Actor | None:
    """This person as an actor, or None for somebody who administers nothing."""
    administrator = _find(session, identity)
    if administrator is None or administrator.dismissed_at is not None:
        return None
    return Actor(
        ActorKind.ADMINISTRATOR,
        Surface.SLACK,
        AdministratorId(administrator.id),
        administrator.account_type,
        frozenset(BranchId(link.branch_id) for link in administrator.branches),
    )


def actor_of(session: Session, administrator_id: AdministratorId) -> Actor | None:
    """The administrator as an actor by today's rights, or None when dismissed."""
    administrator = session.get(Administrator, administrator_id)
    if administrator is None:
        return None
    return find_actor(
        session, SlackIdentity(administrator.team_id, administrator.user_id)
    )


def slack_identity(
    session: Session, administrator_id: AdministratorId
) -> SlackIdentity:
    """Who the administrator is in Slack."""
    administrator = session.get_one(Administrator, administrator_id)
    return SlackIdentity(administrator.team_id, administrator.user_id)


def has_managers(session: Session) -> bool:
    """Whether anybody could appoint others."""
    count = session.scalar(
        select(func.count())
        .select_from(Administrator)
        .where(
            Administrator.account_type == AccountType.MANAGER,
            Administrator.dismissed_at.is_(None),
        )
    )
    return bool(count)


def managers(session: Session) -> list[SlackIdentity]:
    """Everybody who manages the whole company, who was appointed first before."""
    rows = session.execute(
        select(Administrator.team_id, Administrator.user_id)
        .where(
            Administrator.account_type == AccountType.MANAGER,
            Administrator.dismissed_at.is_(None),
        )
        .order_by(Administrator.id)
    )
    return [SlackIdentity(team_id, user_id) for team_id, user_id in rows]


def appoint(
    session: Session,
    identity: SlackIdentity,
    account_type: AccountType,
    branch_ids: Collection[BranchId] = (),
    email: str | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> Administrator:
    """Appoint somebody, or give them another type and other branches.

    Raises BranchesRequiredError when a branch-bound type gets no branch,
    LastManagerError when the only manager would be none any more.
    """
    require(actor, Act.APPOINT_ADMINISTRATORS)
    return _appoint(session, identity, account_type, branch_ids, email, actor, now)


def appoint_first_manager(
    session: Session,
    identity: SlackIdentity,
    *,
    is_workspace_owner: bool,
    now: datetime,
) -> Administrator:
    """Make a workspace owner the first manager, while there is none.

    Raises NotPermittedError for anybody else, AlreadyManagedError once there is a
    manager. Of two owners who confirm at the same moment one is the first.
    """
    if not is_workspace_owner:
        raise NotPermittedError(act=Act.APPOINT_ADMINISTRATORS.value)
    hold_off_writers(session, Administrator)
    if has_managers(session):
        raise AlreadyManagedError
    newcomer = Actor(ActorKind.NEWCOMER, Surface.SLACK)
    return _appoint(session, identity, AccountType.MANAGER, (), None, newcomer, now)


def _appoint(
    session: Session,
    identity: SlackIdentity,
    account_type: AccountType,
    branch_ids: Collection[BranchId],
    email: str | None,
    actor: Actor,
    now: datetime,
) -> Administrator:
    if account_type is not AccountType.MANAGER and not branch_ids:
        raise BranchesRequiredError
    administrator = _find(session, identity)
    is_new = administrator is None
    if administrator is not None and account_type is not AccountType.MANAGER:
        _require_another_manager(session, administrator)
    if administrator is None:
        administrator = Administrator(
            team_id=identity.team_id, user_id=identity.user_id, appointed_at=now
        )
        session.add(administrator)
    administrator.account_type = account_type
    administrator.dismissed_at = None
    administrator.email = email or administrator.email
    administrator.branches = [
        AdministratorBranch(branch_id=branch_id)
        for branch_id in sorted(set(branch_ids))
        if account_type is not AccountType.MANAGER
    ]
    session.flush()
    details: dict[str, Any] = {
        "administrator_id": administrator.id,
        "account_type": account_type.value,
        "branch_ids": sorted(branch_ids),
    }
    audit.record(
        session,
        AuditAct.ADMINISTRATOR_APPOINTED if is_new else AuditAct.ADMINISTRATOR_CHANGED,
        Concerning(details=details),
        actor=actor,
        now=now,
    )
    return administrator


def _require_another_manager(session: Session, administrator: Administrator) -> None:
    if administrator.account_type is not AccountType.MANAGER:
        return
    hold_off_writers(session, Administrator)
    others = select(Administrator.id).where(
        Administrator.account_type == AccountType.MANAGER,
        Administrator.dismissed_at.is_(None),
        Administrator.id != administrator.id,
    )
    if session.scalar(others.limit(1)) is None:
        raise LastManagerError


def _find(session: Session, identity: SlackIdentity) -> Administrator | None:
    return session.scalars(
        select(Administrator).filter_by(
            team_id=identity.team_id, user_id=identity.user_id
        )
    ).one_or_none()
