"""Dismisses administrators: at once, with whatever lets them pass later."""

from datetime import datetime
from typing import Any

from sqlalchemy import case, literal, update
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor, AdministratorId
from domain.administrators import Administrator
from domain.appointments import notices, rules
from domain.appointments.notices import Change, Notice
from domain.appointments.rules import Role
from domain.audit import AuditAct, Concerning
from domain.step_ups import CodeWay, StepUp, end_confirmation


def dismiss(
    session: Session,
    administrator_id: AdministratorId,
    *,
    actor: Actor,
    now: datetime,
) -> bool:
    """Take somebody's role away; gives whether anything of it is left.

    A branch manager takes away the own branches: who is a user of others too stays
    one there. Raises LastManagerError, NotFoundError for who is out of sight or
    dismissed already, NotPermittedError for a type that is not below the actor's.
    """
    actor = rules.begin(session, actor, now=now)
    administrator = rules.get(session, administrator_id, actor=actor)
    before = rules.role_of(administrator)
    elsewhere = frozenset(rules.unreached(before, actor))
    if before is None or not elsewhere:
        end(session, administrator, actor=actor, now=now)
        return False
    after = Role(before.account_type, elsewhere)
    administrator.branches = [
        link for link in administrator.branches if link.branch_id in elsewhere
    ]
    session.flush()
    details = _details(administrator, after) | {"fields": ["branches"]}
    _record(session, AuditAct.ADMINISTRATOR_CHANGED, details, actor, now)
    notice = Notice(Change.CHANGED, administrator, before, after, ("branches",))
    notices.queue(session, notice, actor=actor, now=now)
    return True


def end(
    session: Session,
    administrator: Administrator,
    *,
    reason: str | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Take the whole role away, `reason` being Slack's word on the person.

    For who has asked permission and holds administrators as they are. Raises
    LastManagerError.
    """
    rules.require_another_manager(session, administrator)
    before = rules.role_of(administrator)
    if before is None:
        return
    administrator.dismissed_at = now
    administrator.branches = []
    administrator.email = None
    _forget_step_up(session, administrator)
    session.flush()
    details = _details(administrator, before)
    if reason is not None:
        details["reason"] = reason
    _record(session, AuditAct.ADMINISTRATOR_DISMISSED, details, actor, now)
    notice = Notice(Change.DISMISSED, administrator, before, None, (), reason)
    notices.queue(session, notice, actor=actor, now=now)


def _forget_step_up(session: Session, administrator: Administrator) -> None:
    """No app or confirmation outlives the role; a block, a demand and a choice do.

    Otherwise whoever may appoint could rid somebody of codes by dismissing first.
    """
    by_mail = literal(CodeWay.MAIL, StepUp.way.type)
    end_confirmation(session, AdministratorId(administrator.id))
    session.execute(
        update(StepUp)
        .where(StepUp.administrator_id == administrator.id)
        .values(
            way=case((StepUp.way.is_not(None), by_mail), else_=None),
            sealed_totp_seed=None,
            totp_last_step=None,
            sealed_pending_seed=None,
            pending_since=None,
        )
    )


def _details(administrator: Administrator, role: Role) -> dict[str, Any]:
    return {
        "administrator_id": administrator.id,
        "account_type": role.account_type.value,
        "branch_ids": sorted(role.branch_ids),
    }


def _record(
    session: Session,
    act: AuditAct,
    details: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    audit.record(session, act, Concerning(details=details), actor=actor, now=now)
