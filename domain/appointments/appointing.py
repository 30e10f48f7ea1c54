"""Appoints administrators, and gives them another type, other branches, an address."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import (
    AccountType,
    Actor,
    ActorKind,
    AdministratorId,
    BranchId,
    Surface,
)
from domain.administrators import (
    Administrator,
    AdministratorBranch,
    AlreadyManagedError,
    has_managers,
)
from domain.appointments import notices, rules
from domain.appointments.notices import Change, Notice
from domain.appointments.rules import (
    AdministratorChangedError,
    AlreadyAdministratorError,
    CodeAddressOutOfReachError,
    CodeAddressRequiredError,
    Role,
)
from domain.audit import AuditAct, Concerning
from domain.database import hold_off_writers
from domain.errors import NotPermittedError
from domain.permissions import Act
from domain.slack_users import SlackIdentity
from domain.step_ups import end_confirmation


def appoint(
    session: Session,
    identity: SlackIdentity,
    account_type: AccountType,
    branch_ids: Collection[BranchId] = (),
    email: str | None = None,
    *,
    only_new: bool = False,
    actor: Actor,
    now: datetime,
) -> Administrator:
    """Appoint somebody, or give who administers already this type and these branches.

    `email` is where codes go; without one a known address stays, as it does when a
    branch manager appoints who administers branches out of reach. Both the person and
    the admin channels hear of it. With `only_new` whoever the actor sees in the list
    already is refused: AlreadyAdministratorError. Raises NotAppointableError,
    CodeAddressRequiredError (in Slack), CodeAddressUnusableError,
    BranchesRequiredError, LastManagerError, NotFoundError for a branch out of reach,
    NotPermittedError.
    """
    actor = rules.begin(session, actor, now=now)
    rules.require_appointable(session, identity, actor=actor)
    administrator = _find(session, identity)
    before = rules.role_of(administrator) if administrator else None
    if before is not None:
        rules.require_above(actor, before.account_type)
        if only_new and rules.is_seen(before, actor):
            raise AlreadyAdministratorError
    role = rules.next_role(session, before, account_type, branch_ids, actor=actor)
    address = rules.code_address(email)
    if before is not None and rules.unreached(before, actor):
        # Refusing another one would tell a branch manager who administers elsewhere.
        address = (administrator.email if administrator else None) or address
    return _settle(session, identity, role, address, actor, now)


def change(
    session: Session,
    administrator_id: AdministratorId,
    account_type: AccountType,
    branch_ids: Collection[BranchId],
    email: str | None,
    *,
    mark: str | None = None,
    actor: Actor,
    now: datetime,
) -> Administrator:
    """Give an administrator another type, other branches, another address for codes.

    Of a user's branches a branch manager replaces only those within reach. `mark` is
    that of the line that was shown: when it is another by now nothing is changed,
    AdministratorChangedError. Raises what `appoint` raises, NotFoundError for who is
    out of sight or dismissed, and CodeAddressOutOfReachError for another address of
    somebody who administers branches out of reach.
    """
    actor = rules.begin(session, actor, now=now)
    administrator = rules.get(session, administrator_id, actor=actor)
    if mark is not None and mark != rules.mark_of(administrator, actor):
        raise AdministratorChangedError
    before = rules.role_of(administrator)
    role = rules.next_role(session, before, account_type, branch_ids, actor=actor)
    identity = SlackIdentity(administrator.team_id, administrator.user_id)
    address, known = rules.code_address(email), administrator.email
    if rules.unreached(before, actor) and known and address not in (None, known):
        raise CodeAddressOutOfReachError
    return _settle(session, identity, role, address, actor, now)


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
    role = Role(AccountType.MANAGER, frozenset())
    return _settle(session, identity, role, None, newcomer, now)


def _settle(
    session: Session,
    identity: SlackIdentity,
    role: Role,
    email: str | None,
    actor: Actor,
    now: datetime,
) -> Administrator:
    administrator = _find(session, identity)
    before = rules.role_of(administrator) if administrator else None
    known = administrator.email if administrator else None
    if email is None and known is None and actor.kind is ActorKind.ADMINISTRATOR:
        raise CodeAddressRequiredError
    if administrator is None:
        administrator = Administrator(
            team_id=identity.team_id, user_id=identity.user_id
        )
        session.add(administrator)
    elif before is not None and role.account_type is not AccountType.MANAGER:
        rules.require_another_manager(session, administrator)
    fields = _changed_fields(before, role, known, email or known)
    if before is not None and not fields:
        return administrator
    _write(administrator, role, email or known, before, now)
    session.flush()
    if "email" in fields:
        end_confirmation(session, AdministratorId(administrator.id))
    _tell(session, administrator, before, role, fields, actor, now)
    return administrator


def _changed_fields(
    before: Role | None, after: Role, known: str | None, email: str | None
) -> list[str]:
    changed = {
        "account_type": before is None or before.account_type != after.account_type,
        "branches": before is None or before.branch_ids != after.branch_ids,
        "email": known != email,
    }
    return [name for name, is_other in changed.items() if is_other]


def _write(
    administrator: Administrator,
    role: Role,
    email: str | None,
    before: Role | None,
    now: datetime,
) -> None:
    if before is None:
        administrator.appointed_at = now
        administrator.dismissed_at = None
    administrator.account_type = role.account_type
    administrator.email = email
    kept = {link.branch_id: link for link in administrator.branches}
    administrator.branches = [
        kept.get(branch_id) or AdministratorBranch(branch_id=branch_id)
        for branch_id in sorted(role.branch_ids)
    ]


def _tell(
    session: Session,
    administrator: Administrator,
    before: Role | None,
    role: Role,
    fields: list[str],
    actor: Actor,
    now: datetime,
) -> None:
    details: dict[str, Any] = {
        "administrator_id": administrator.id,
        "account_type": role.account_type.value,
        "branch_ids": sorted(role.branch_ids),
    }
    is_new = before is None
    act = AuditAct.ADMINISTRATOR_APPOINTED if is_new else AuditAct.ADMINISTRATOR_CHANGED
    if not is_new:
        details["fields"] = fields
    audit.record(session, act, Concerning(details=details), actor=actor, now=now)
    change = Change.APPOINTED if is_new else Change.CHANGED
    notice = Notice(change, administrator, before, role, tuple(fields))
    notices.queue(session, notice, actor=actor, now=now)


def _find(session: Session, identity: SlackIdentity) -> Administrator | None:
    return session.scalars(
        select(Administrator).filter_by(
            team_id=identity.team_id, user_id=identity.user_id
        )
    ).one_or_none()
