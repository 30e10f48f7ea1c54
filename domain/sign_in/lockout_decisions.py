"""What is done about a lockout: the first who decides does, others are told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from domain import audit
from domain.actor import Actor, BranchId
from domain.administrators import Administrator
from domain.audit import AuditAct, AuditEvent, Concerning
from domain.errors import DomainError, NotFoundError
from domain.logins import activation, states
from domain.logins.model import Login, LoginId, LoginState
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.record_cards.register import within_reach
from domain.sign_in.lockout_alerts import show_again
from domain.sign_in.model import Lockout, LockoutEnd
from domain.slack_users import SlackIdentity

_STILL_LOCKED: Final = or_(Lockout.end.is_(None), Lockout.end == LockoutEnd.LEFT_LOCKED)
_LEAVING_LOCKED: Final = (
    AuditAct.LOGIN_ACTIVATED,
    AuditAct.LOGIN_CLOSED,
    AuditAct.LOGIN_DEACTIVATED,
)


class EmploymentEndedError(DomainError):
    """The employee has left; only the login's own screen activates it."""

    code = "employment_ended"


@dataclass(frozen=True)
class Decision:
    """What was decided about a lockout, by whom; `is_yours` when it was just now."""

    is_yours: bool
    lockout_id: int
    login_id: LoginId
    alert_id: int | None
    end: LockoutEnd
    ended_at: datetime
    ended_by: SlackIdentity | None


def activate(
    session: Session, lockout_id: int, *, actor: Actor, now: datetime
) -> Decision:
    """Activate the locked login, as ticking *Actief* on its screen does.

    Raises NotFoundError for a lockout out of reach, EmploymentEndedError for an
    employee who left.
    """
    require(actor, Act.ACTIVATE_LOGINS)
    login = _hold(session, lockout_id, actor, now)
    if _is_first(session, lockout_id, login, LockoutEnd.ACTIVATED, actor, now):
        if login.counted_as is LoginState.EMPLOYMENT_ENDED:
            raise EmploymentEndedError
        activation.set_active(
            session,
            LoginId(login.id),
            active=True,
            expected_version=login.credential_version,
            actor=actor,
            now=now,
        )
        return _decision(session, lockout_id, is_yours=True)
    return _decision(session, lockout_id, is_yours=False)


def leave_locked(
    session: Session, lockout_id: int, *, actor: Actor, now: datetime
) -> Decision:
    """Decide not to activate; the login can be activated on its screen later.

    Raises NotFoundError for a lockout out of reach.
    """
    require(actor, Act.ACTIVATE_LOGINS)
    login = _hold(session, lockout_id, actor, now)
    is_first = _is_first(session, lockout_id, login, LockoutEnd.LEFT_LOCKED, actor, now)
    if is_first:
        concerning = Concerning(
            branch_id=login.branch_id,
            record_card_id=login.record_card_id,
            login_id=login.id,
        )
        audit.record(session, AuditAct.LOCKOUT_LEFT, concerning, actor=actor, now=now)
    return _decision(session, lockout_id, is_yours=is_first)


def note_reset(session: Session, decision: Decision, *, now: datetime) -> None:
    """The new password is shown and valid: the alert may say so."""
    changed = session.scalars(
        update(Lockout)
        .where(Lockout.id == decision.lockout_id, Lockout.end == LockoutEnd.ACTIVATED)
        .values(end=LockoutEnd.ACTIVATED_AND_RESET)
        .returning(Lockout.alert_id)
        .execution_options(synchronize_session=False)
    )
    _show(session, changed.all(), now)


def settle(session: Session, login_ids: Collection[int], *, now: datetime) -> None:
    """End the lockouts of logins that were activated or closed in another way.

    Who did it and when is in the audit log. A login that was locked once more has
    a newer lockout; that one goes on.
    """
    newer = aliased(Lockout)
    latest = (
        select(func.max(AuditEvent.id))
        .where(
            AuditEvent.login_id == Lockout.login_id,
            AuditEvent.act.in_(_LEAVING_LOCKED),
        )
        .correlate(Lockout)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Lockout, Login.state, AuditEvent)
        .join(Login, Login.id == Lockout.login_id)
        .outerjoin(AuditEvent, AuditEvent.id == latest)
        .where(
            Lockout.login_id.in_(login_ids),
            _STILL_LOCKED,
            or_(
                Login.state != LoginState.LOCKED,
                select(newer.id)
                .where(newer.login_id == Lockout.login_id, newer.id > Lockout.id)
                .exists(),
            ),
        )
        .order_by(Lockout.id)
        .with_for_update(of=Lockout)
    ).all()
    for lockout, state, event in rows:
        _end_by_event(lockout, state, event, now)
    session.flush()
    _show(session, [lockout.alert_id for lockout, _, _ in rows], now)


def _end_by_event(
    lockout: Lockout, state: LoginState, event: AuditEvent | None, now: datetime
) -> None:
    is_active = (
        event.act is AuditAct.LOGIN_ACTIVATED if event else state is LoginState.ACTIVE
    )
    lockout.end = LockoutEnd.ACTIVATED if is_active else LockoutEnd.CLOSED
    lockout.ended_at = event.at if event else now
    lockout.ended_by = event.administrator_id if event else None


def _hold(
    session: Session, lockout_id: int, actor: Actor, now: datetime
) -> Row[*tuple[Any, ...]]:
    """The login, so that nobody else decides meanwhile."""
    login = session.execute(
        select(
            Login.id,
            Login.credential_version,
            Login.record_card_id,
            states.counted_as(office_day(now)).label("counted_as"),
            RecordCard.branch_id,
        )
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .join(Lockout, Lockout.login_id == Login.id)
        .where(Lockout.id == lockout_id, within_reach(actor))
        .with_for_update(of=Login)
    ).one_or_none()
    if login is None:
        raise NotFoundError(kind="lockout")
    require(actor, Act.ACTIVATE_LOGINS, BranchId(login.branch_id))
    return login


def _is_first(
    session: Session,
    lockout_id: int,
    login: Row[*tuple[Any, ...]],
    end: LockoutEnd,
    actor: Actor,
    now: datetime,
) -> bool:
    settle(session, [login.id], now=now)
    ended = session.scalars(
        update(Lockout)
        .where(Lockout.id == lockout_id, Lockout.end.is_(None))
        .values(end=end, ended_at=now, ended_by=actor.administrator_id)
        .returning(Lockout.alert_id)
        .execution_options(synchronize_session=False)
    ).all()
    _show(session, ended, now)
    return bool(ended)


def _decision(session: Session, lockout_id: int, *, is_yours: bool) -> Decision:
    row = session.execute(
        select(
            Lockout.login_id,
            Lockout.alert_id,
            Lockout.end,
            Lockout.ended_at,
            Administrator.team_id,
            Administrator.user_id,
        )
        .outerjoin(Administrator, Administrator.id == Lockout.ended_by)
        .where(Lockout.id == lockout_id)
    ).one()
    return Decision(
        is_yours=is_yours,
        lockout_id=lockout_id,
        login_id=LoginId(row.login_id),
        alert_id=row.alert_id,
        end=row.end,
        ended_at=row.ended_at,
        ended_by=SlackIdentity(row.team_id, row.user_id) if row.user_id else None,
    )


def _show(session: Session, alert_ids: Collection[int | None], now: datetime) -> None:
    known = {alert_id for alert_id in alert_ids if alert_id is not None}
    if known:
        show_again(session, known, now=now)
