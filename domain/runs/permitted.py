"""Whether a run may hand out passwords: asked again whenever it is about to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from domain import administrators
from domain.actor import Actor, AdministratorId, BranchId
from domain.permissions import Act, may
from domain.runs.model import Run, RunFailure, RunKind
from domain.step_ups import STEP_UP_LIFE, StepUp, is_asked_of

HANDING_OUT: Final[Mapping[RunKind, Act]] = {
    RunKind.EXPORT: Act.EXPORT_PASSWORDS,
    RunKind.MAIL: Act.MAIL_PASSWORDS,
}


def find_denial(session: Session, run: Run) -> RunFailure | None:
    """Why the run may not go on, by today's rights and blocks; None if it may.

    Asked of who started it and of who approved it (ASVS 8.3.2). Both owe a code where
    codes are asked of them, no older then than 15 minutes; what the schedule begins
    was confirmed with its mailing.
    """
    acts = {Act.RESET_PASSWORDS, HANDING_OUT[run.kind]}
    starter = administrators.actor_of(session, AdministratorId(run.started_by))
    if not _may_all(starter, acts, run):
        return RunFailure.NOT_PERMITTED
    if run.approval_until is not None and not _is_approved(session, run, acts):
        return RunFailure.APPROVER_NOT_PERMITTED
    if not _is_confirmed(session, run) or _is_blocked(session, run.started_by):
        return RunFailure.STEP_UP_MISSING
    if not _is_approval_confirmed(session, run) or _is_blocked(
        session, run.approved_by
    ):
        return RunFailure.APPROVER_STEP_UP_MISSING
    return None


def _may_all(actor: Actor | None, acts: set[Act], run: Run) -> bool:
    if actor is None:
        return False
    return all(may(actor, act, BranchId(run.branch_id)) for act in acts)


def _is_approved(session: Session, run: Run, acts: set[Act]) -> bool:
    if run.approved_by is None:
        return False
    approver = administrators.actor_of(session, AdministratorId(run.approved_by))
    return _may_all(approver, acts | {Act.APPROVE_RUNS}, run)


def _is_confirmed(session: Session, run: Run) -> bool:
    if run.reminds_of_run_id is not None:
        return True
    if not is_asked_of(session, AdministratorId(run.started_by)):
        return True
    return _was_fresh(run.starter_confirmed_at, run.created_at)


def _is_approval_confirmed(session: Session, run: Run) -> bool:
    if run.approved_by is None or run.approved_at is None:
        return True
    if not is_asked_of(session, AdministratorId(run.approved_by)):
        return True
    return _was_fresh(run.approver_confirmed_at, run.approved_at)


def _was_fresh(confirmed_at: datetime | None, then: datetime) -> bool:
    return confirmed_at is not None and then < confirmed_at + STEP_UP_LIFE


def _is_blocked(session: Session, administrator_id: int | None) -> bool:
    if administrator_id is None:
        return False
    step_up = session.get(StepUp, administrator_id)
    is_asked = is_asked_of(session, AdministratorId(administrator_id))
    return is_asked and step_up is not None and step_up.blocked_at is not None
