"""The end of a run, well or not: no sealed password outlives it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain import audit, outbox
from domain.actor import Actor
from domain.audit import AuditAct, Concerning
from domain.exports import handover
from domain.runs.model import (
    Reminder,
    RowReason,
    RowState,
    Run,
    RunFailure,
    RunKind,
    RunPhase,
    RunRow,
)

STOPPED_NOTICE: Final = "run_stopped"
# What others decided on a run that needed a second administrator.
_DENIED: Final = frozenset(
    {
        RunFailure.DECLINED,
        RunFailure.APPROVAL_EXPIRED,
        RunFailure.NOT_PERMITTED,
        RunFailure.STEP_UP_MISSING,
        RunFailure.APPROVER_NOT_PERMITTED,
        RunFailure.APPROVER_STEP_UP_MISSING,
    }
)
_REASON_OF_FAILURE: Final[Mapping[RunKind, RowReason]] = {
    RunKind.EXPORT: RowReason.NOT_POSTED,
    RunKind.MAIL: RowReason.NOT_APPLIED,
}


def end_run(
    session: Session,
    run: Run,
    phase: RunPhase,
    failure: RunFailure | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """End the run and leave its message to be rewritten with the result.

    Whoever is showing an older count of a mailing keeps the message until then.
    """
    # So does whoever is telling just now that it waits for another administrator.
    is_kept = run.kind is RunKind.MAIL or run.phase is RunPhase.AWAITING_APPROVAL
    leased_until = Run.leased_until if is_kept else None
    session.execute(
        update(Run)
        .where(Run.id == run.id)
        .values(
            phase=phase,
            failure=failure,
            ended_at=now,
            due_at=now,
            attempts=0,
            leased_until=leased_until,
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
    """End a run before its time: logins that were not reached keep what they had.

    Letters that are queued go out all the same. Of a run that needed a second
    administrator no reminder follows, and who started it is told what others decided.
    """
    session.execute(
        update(RunRow)
        .where(
            RunRow.run_id == run.id,
            RunRow.state.in_([RowState.WAITING, RowState.PREPARED]),
        )
        .values(
            state=RowState.FAILED,
            reason=_REASON_OF_FAILURE[run.kind],
            sealed_password=None,
            password_hash=None,
            leased_until=None,
        )
        .execution_options(synchronize_session=False)
    )
    handover.abandon(session, run.id, now=now)
    end_run(session, run, RunPhase.FAILED, failure, actor=actor, now=now)
    if run.retry_of_run_id is not None:
        # Whoever was to be tried again may be offered to be so once more.
        show_again(session, run.retry_of_run_id, now=now)
    is_denied = failure in _DENIED
    if run.approval_until is not None and (is_denied or run.approved_by is None):
        end_reminders(session, run, now)
        if is_denied:
            outbox.queue(session, STOPPED_NOTICE, {"run_id": run.id}, now=now)


def end_reminders(session: Session, run: Run, now: datetime) -> None:
    """Let none follow: on an approval that nobody gave, or after it went astray."""
    session.execute(
        update(Reminder)
        .where(Reminder.run_id == run.id, Reminder.ended_at.is_(None))
        .values(ended_at=now)
    )
