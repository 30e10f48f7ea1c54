"""Starting a run, trying its failed rows again, and what became of each row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, insert, literal, select
from sqlalchemy.orm import Session

from domain import audit, branches
from domain.actor import Actor, BranchId
from domain.audit import AuditAct, Concerning
from domain.errors import (
    CountChangedError,
    DomainError,
    NotFoundError,
    NotPermittedError,
)
from domain.logins import states
from domain.logins.model import Login
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.record_cards.register import employed_on
from domain.runs.ending import show_again
from domain.runs.model import RowState, Run, RunId, RunPhase, RunRow
from domain.runs.planning import ResetChoice, met_by


class RunUnderWayError(DomainError):
    """A run of this branch is under way; `started_by` and `started_at` say whose."""

    code = "run_under_way"


class NobodyToResetError(DomainError):
    """Nobody would get a new password."""

    code = "nobody_to_reset"


class AlreadyRetriedError(DomainError):
    """The failed rows of this run were tried again before."""

    code = "already_retried"


def start_reset(
    session: Session,
    branch_id: BranchId,
    choice: ResetChoice,
    *,
    expected_count: int,
    channel_id: str,
    actor: Actor,
    now: datetime,
) -> RunId:
    """Start a run over everybody whom the choice meets.

    `expected_count` is what the dry run showed. Raises RunUnderWayError,
    CountChangedError or NobodyToResetError; then nothing was started.
    """
    _require_starting(actor, branch_id)
    branches.lock(session, branch_id, actor=actor)
    _refuse_beside_open_run(session, branch_id)
    met = met_by(branch_id, choice, now=now)
    count = _count(session, met)
    if not count:
        raise NobodyToResetError
    if count != expected_count:
        raise CountChangedError(count=count)
    details = {"scope": choice.scope.value, "also": sorted(choice.also)}
    return _start(
        session,
        branch_id,
        met,
        {"row_count": count, "channel_id": channel_id},
        details,
        actor=actor,
        now=now,
    )


@dataclass(frozen=True)
class RetryPlan:
    """What trying again would do; `changed` failed too and changed since."""

    count: int
    changed: int


def plan_retry(
    session: Session, run_id: RunId, *, actor: Actor, now: datetime
) -> RetryPlan:
    """Count the failed rows that can be tried again; writes nothing.

    Raises RunUnderWayError or AlreadyRetriedError.
    """
    run = get_run(session, run_id, actor=actor)
    _refuse_beside_open_run(session, BranchId(run.branch_id))
    _require_untried(session, run)
    failed = session.scalar(
        select(func.count()).where(
            RunRow.run_id == run_id, RunRow.state == RowState.FAILED
        )
    )
    count = _count(session, _failed(run, now))
    return RetryPlan(count, (failed or 0) - count)


def retry_failed(
    session: Session,
    run_id: RunId,
    *,
    expected_count: int,
    channel_id: str,
    actor: Actor,
    now: datetime,
) -> RunId:
    """Start a second run with only the failed rows of an ended one.

    Logins that changed since are left alone: they got another password meanwhile,
    or the employment ended.
    `expected_count` is what the dry run showed. Raises RunUnderWayError,
    AlreadyRetriedError, CountChangedError or NobodyToResetError.
    """
    run = get_run(session, run_id, actor=actor)
    branch_id = BranchId(run.branch_id)
    _require_starting(actor, branch_id)
    branches.lock(session, branch_id, actor=actor)
    _refuse_beside_open_run(session, branch_id)
    _require_untried(session, run)
    failed = _failed(run, now)
    count = _count(session, failed)
    if not count:
        raise NobodyToResetError
    if count != expected_count:
        raise CountChangedError(count=count)
    # Its message offers the retry no more once it is rewritten.
    show_again(session, run.id, now=now)
    return _start(
        session,
        branch_id,
        failed,
        {"row_count": count, "channel_id": channel_id, "retry_of_run_id": run_id},
        {"retry_of": run_id},
        actor=actor,
        now=now,
    )


def _require_untried(session: Session, run: Run) -> None:
    retried = session.scalar(select(Run.id).where(Run.retry_of_run_id == run.id))
    if retried is not None or run.ended_at is None:
        raise AlreadyRetriedError


def _failed(run: Run, now: datetime) -> Select[int, int]:
    left_since = and_(
        states.is_to_be_closed(office_day(now)),
        employed_on(office_day(run.created_at)),
    )
    return (
        select(Login.id, Login.credential_version)
        .join(RunRow, RunRow.login_id == Login.id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(
            # Whoever moved to another branch is that branch's business now.
            RecordCard.branch_id == run.branch_id,
            RunRow.run_id == run.id,
            RunRow.state == RowState.FAILED,
            RunRow.credential_version == Login.credential_version,
            ~left_since,
        )
        .order_by(RunRow.id)
    )


def _count(session: Session, logins: Select[int, int]) -> int:
    return session.scalar(select(func.count()).select_from(logins.subquery())) or 0


def get_run(session: Session, run_id: RunId, *, actor: Actor) -> Run:
    """A run of a branch within reach; raises NotFoundError otherwise."""
    run = session.get(Run, run_id)
    if run is None or not actor.reaches(BranchId(run.branch_id)):
        raise NotFoundError(kind="run")
    require(actor, Act.RESET_PASSWORDS, BranchId(run.branch_id))
    return run


def _require_starting(actor: Actor, branch_id: BranchId) -> None:
    require(actor, Act.RESET_PASSWORDS, branch_id)
    require(actor, Act.EXPORT_PASSWORDS, branch_id)
    if actor.administrator_id is None:
        raise NotPermittedError(act=Act.EXPORT_PASSWORDS.value)


def require_no_open_run(session: Session, branch_id: BranchId, *, actor: Actor) -> None:
    """Refuse at once who could start nothing now.

    Starting asks it again: a run may begin meanwhile. Raises RunUnderWayError.
    """
    require(actor, Act.RESET_PASSWORDS, branch_id)
    _refuse_beside_open_run(session, branch_id)


def _refuse_beside_open_run(session: Session, branch_id: BranchId) -> None:
    under_way = session.scalars(
        select(Run).where(Run.branch_id == branch_id, Run.ended_at.is_(None))
    ).one_or_none()
    if under_way is not None:
        raise RunUnderWayError(
            started_by=under_way.started_by, started_at=under_way.created_at
        )


def _start(
    session: Session,
    branch_id: BranchId,
    logins: Select[int, int],
    columns: Mapping[str, Any],
    details: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> RunId:
    run = Run(
        branch_id=branch_id,
        started_by=actor.administrator_id,
        phase=RunPhase.PREPARING,
        due_at=now,
        created_at=now,
        **columns,
    )
    session.add(run)
    session.flush()
    met = logins.subquery()
    written: Any = session.execute(
        insert(RunRow)
        .from_select(
            ["run_id", "login_id", "credential_version", "state", "lease_number"],
            select(
                literal(run.id),
                met.c.id,
                met.c.credential_version,
                literal(RowState.WAITING.value),
                literal(0),
            ),
        )
        .execution_options(preserve_rowcount=True)
    )
    if written.rowcount != run.row_count:
        raise CountChangedError(count=written.rowcount)
    audit.record(
        session,
        AuditAct.RUN_STARTED,
        Concerning(
            branch_id=branch_id,
            run_id=run.id,
            details={**details, "count": run.row_count},
        ),
        actor=actor,
        now=now,
    )
    return RunId(run.id)
