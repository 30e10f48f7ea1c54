"""Administrators (beheerders): who acts in Slack, and over which branches."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from domain.actor import (
    AccountType,
    Actor,
    ActorKind,
    AdministratorId,
    BranchId,
    Surface,
)
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


def of_today(session: Session, actor: Actor, act: Act) -> Actor:
    """The actor with today's rights, for who decided on the rights of some time ago.

    Raises NotPermittedError for an administrator who was dismissed meanwhile. The
    operator, the schedule and employees stay as they are.
    """
    if actor.administrator_id is None:
        return actor
    session.get(Administrator, actor.administrator_id, populate_existing=True)
    today = actor_of(session, actor.administrator_id)
    if today is None:
        raise NotPermittedError(act=act.value)
    return today


def hold_rights(session: Session, actor: Actor, act: Act) -> Actor:
    """Hold administrators as they are, and give the actor with today's rights.

    Whoever was dismissed or demoted a moment ago acts by that, and of two who take
    each other's role away one comes first. Raises NotPermittedError.
    """
    require(actor, act)
    hold_off_writers(session, Administrator)
    actor = of_today(session, actor, act)
    require(actor, act)
    return actor


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


def _find(session: Session, identity: SlackIdentity) -> Administrator | None:
    return session.scalars(
        select(Administrator).filter_by(
            team_id=identity.team_id, user_id=identity.user_id
        )
    ).one_or_none()
