"""The word of a second administrator on a run: approved, declined, withdrawn, expired.

A waiting run holds its branch; nothing is prepared, and no login is changed.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from domain import administrators, audit
from domain.actor import SCHEDULE, Actor, AdministratorId, BranchId
from domain.audit import AuditAct, AuditEvent, Concerning
from domain.branches import Branch
from domain.database import Database
from domain.errors import DomainError, NotFoundError, NotPermittedError
from domain.permissions import Act, require
from domain.runs.ending import fail_run
from domain.runs.model import Run, RunFailure, RunId, RunKind, RunPhase
from domain.runs.permitted import HANDING_OUT
from domain.step_ups import confirmed_at, require_step_up

APPROVAL_LIFE: Final = timedelta(hours=24)
NEVER_APPROVED: Final = frozenset(
    {RunFailure.DECLINED, RunFailure.WITHDRAWN, RunFailure.APPROVAL_EXPIRED}
)


def may_have_begun() -> ColumnElement[bool]:
    """The SQL condition that a run did not end while it waited for an approval."""
    return or_(
        Run.failure.is_(None),
        Run.failure.not_in(NEVER_APPROVED),
        Run.password_expires_at.is_not(None),
    )


class OwnRunError(DomainError):
    """Nobody approves or declines what they started themselves."""

    code = "own_run"


class NotYourRunError(DomainError):
    """Only who started a run withdraws it."""

    code = "not_your_run"


class RunDecidedError(DomainError):
    """Somebody was first; `decided_by` says who, None: its time was over."""

    code = "run_decided"


def needs_approval(branch: Branch, count: int) -> bool:
    """Whether a reset of so many people waits for another administrator."""
    above = branch.second_administrator_above
    return above is not None and count > above


def awaits_approval(session: Session, run_id: RunId) -> bool:
    """Whether a run waits for another administrator now."""
    phase = session.scalar(select(Run.phase).where(Run.id == run_id))
    return phase is RunPhase.AWAITING_APPROVAL


def approve(session: Session, run_id: RunId, *, actor: Actor, now: datetime) -> None:
    """Let a waiting run of somebody else go on.

    Raises NotFoundError, NotPermittedError, OwnRunError, StepUpRequiredError,
    StepUpBlockedError or RunDecidedError; then nothing changed.
    """
    run = _reached(session, run_id, actor)
    _require_deciding(session, run, actor)
    require_step_up(session, actor, now=now)
    run = _hold(session, run_id, now)
    is_mailing = run.kind is RunKind.MAIL
    session.execute(
        update(Run)
        .where(Run.id == run_id)
        .values(
            phase=RunPhase.MAILING if is_mailing else RunPhase.PREPARING,
            approved_by=actor.administrator_id,
            approved_at=now,
            approver_confirmed_at=confirmed_at(session, actor),
            due_at=now,
            attempts=0,
            progress_shown_at=None,
        )
    )
    concerning = Concerning(branch_id=run.branch_id, run_id=run_id)
    audit.record(session, AuditAct.RUN_APPROVED, concerning, actor=actor, now=now)


def decline(session: Session, run_id: RunId, *, actor: Actor, now: datetime) -> None:
    """End a waiting run of somebody else; every login keeps what it has.

    Raises NotFoundError, NotPermittedError, OwnRunError or RunDecidedError.
    """
    _require_deciding(session, _reached(session, run_id, actor), actor)
    _end(session, run_id, RunFailure.DECLINED, actor, now)


def withdraw(session: Session, run_id: RunId, *, actor: Actor, now: datetime) -> None:
    """End a waiting run of one's own.

    Raises NotFoundError, NotPermittedError, NotYourRunError or RunDecidedError.
    """
    run = _reached(session, run_id, actor)
    require(actor, Act.RESET_PASSWORDS, BranchId(run.branch_id))
    if not _is_own(session, run, actor):
        raise NotYourRunError
    _end(session, run_id, RunFailure.WITHDRAWN, actor, now)


def expire_once(database: Database, *, now: datetime) -> bool:
    """End what waited for a day; says whether there was any."""
    waiting = select(Run.id).where(
        Run.phase == RunPhase.AWAITING_APPROVAL, Run.approval_until <= now
    )
    with database.reading() as session:
        run_ids = session.scalars(waiting.order_by(Run.id)).all()
    ended = [_expire(database, RunId(run_id), now) for run_id in run_ids]
    return any(ended)


def decided_by(session: Session, run: Run) -> AdministratorId | None:
    """Who approved, declined or withdrew the run."""
    if run.approved_by is not None:
        return AdministratorId(run.approved_by)
    if run.failure not in (RunFailure.DECLINED, RunFailure.WITHDRAWN):
        return None
    who = session.scalar(
        select(AuditEvent.administrator_id)
        .where(AuditEvent.act == AuditAct.RUN_DECLINED, AuditEvent.run_id == run.id)
        .where(AuditEvent.branch_id == run.branch_id)
    )
    return None if who is None else AdministratorId(who)


def _expire(database: Database, run_id: RunId, now: datetime) -> bool:
    with database.transaction() as session:
        run = _locked(session, run_id)
        if run.phase is not RunPhase.AWAITING_APPROVAL:
            return False
        failure = RunFailure.APPROVAL_EXPIRED
        fail_run(session, run, failure, actor=SCHEDULE, now=now)
    return True


def _end(
    session: Session, run_id: RunId, failure: RunFailure, actor: Actor, now: datetime
) -> None:
    run = _hold(session, run_id, now)
    concerning = Concerning(
        branch_id=run.branch_id, run_id=run_id, details={"reason": failure.value}
    )
    audit.record(session, AuditAct.RUN_DECLINED, concerning, actor=actor, now=now)
    fail_run(session, run, failure, actor=actor, now=now)


def _reached(session: Session, run_id: RunId, actor: Actor) -> Run:
    run = session.get(Run, run_id)
    if run is None or not actor.reaches(BranchId(run.branch_id)):
        raise NotFoundError(kind="run")
    return run


def _require_deciding(session: Session, run: Run, actor: Actor) -> None:
    for act in (Act.APPROVE_RUNS, Act.RESET_PASSWORDS, HANDING_OUT[run.kind]):
        require(actor, act, BranchId(run.branch_id))
    if actor.administrator_id is None:
        raise NotPermittedError(act=Act.APPROVE_RUNS.value)
    if _is_own(session, run, actor):
        raise OwnRunError


def _is_own(session: Session, run: Run, actor: Actor) -> bool:
    """Whether this person in Slack started it, also as an earlier administrator."""
    if actor.administrator_id is None:
        return False
    oneself = administrators.slack_identity(session, actor.administrator_id)
    started_by = AdministratorId(run.started_by)
    return administrators.slack_identity(session, started_by) == oneself


def _hold(session: Session, run_id: RunId, now: datetime) -> Run:
    """The run, if it still waits, for nobody else to decide on now."""
    run = _locked(session, run_id)
    if run.phase is not RunPhase.AWAITING_APPROVAL:
        raise RunDecidedError(decided_by=decided_by(session, run))
    if run.approval_until is None or run.approval_until <= now:
        raise RunDecidedError(decided_by=None)
    return run


def _locked(session: Session, run_id: RunId) -> Run:
    query = select(Run).where(Run.id == run_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()
