"""The end of a run, well or not: no sealed password outlives it."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor
from domain.audit import AuditAct, Concerning
from domain.exports import handover
from domain.runs.model import RowReason, RowState, Run, RunFailure, RunPhase, RunRow


def end_run(
    session: Session,
    run: Run,
    phase: RunPhase,
    failure: RunFailure | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """End the run and leave its message to be rewritten with the result."""
    session.execute(
        update(Run)
        .where(Run.id == run.id)
        .values(
            phase=phase,
            failure=failure,
            ended_at=now,
            due_at=now,
            attempts=0,
            leased_until=None,
        )
        .execution_options(synchronize_session=False)
    )
    details = {"failure": failure.value} if failure else {}
    concerning = Concerning(branch_id=run.branch_id, run_id=run.id, details=details)
    audit.record(session, AuditAct.RUN_ENDED, concerning, actor=actor, now=now)


def show_again(session: Session, run_id: int, *, now: datetime) -> None:
    """What the message of an ended run says has changed: leave it to be rewritten.

    A worker that is at it now, with what was so before, loses its lease.
    """
    session.execute(
        update(Run)
        .where(Run.id == run_id, Run.ended_at.is_not(None))
        .values(
            result_shown=False,
            due_at=now,
            attempts=0,
            leased_until=None,
            lease_number=Run.lease_number + 1,
        )
        .execution_options(synchronize_session=False)
    )


def fail_run(
    session: Session, run: Run, failure: RunFailure, *, actor: Actor, now: datetime
) -> None:
    """End a run before its time: logins that were not reached keep what they had."""
    session.execute(
        update(RunRow)
        .where(
            RunRow.run_id == run.id,
            RunRow.state.in_([RowState.WAITING, RowState.PREPARED]),
        )
        .values(
            state=RowState.FAILED,
            reason=RowReason.NOT_POSTED,
            sealed_password=None,
            password_hash=None,
            leased_until=None,
        )
        .execution_options(synchronize_session=False)
    )
    handover.abandon(session, run.id, now=now)
    end_run(session, run, RunPhase.FAILED, failure, actor=actor, now=now)
