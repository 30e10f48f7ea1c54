"""The last task that gave people of a branch new passwords, less than a day ago."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.actor import Actor, AdministratorId, BranchId
from domain.permissions import Act, require
from domain.runs.choosing import RECENTLY
from domain.runs.model import RowState, Run, RunId, RunKind, RunRow


@dataclass(frozen=True)
class RecentReset:
    """The last task that gave people of a branch new passwords; `at` is its end."""

    started_by: AdministratorId
    at: datetime
    count: int
    kind: RunKind
    run_id: RunId


def recent_reset(
    session: Session, branch_id: BranchId, *, actor: Actor, now: datetime
) -> RecentReset | None:
    """The branch's last task of less than a day ago that changed anybody's password."""
    require(actor, Act.RESET_PASSWORDS, branch_id)
    last = session.execute(
        select(
            Run.id, Run.started_by, Run.ended_at, Run.kind, func.count().label("number")
        )
        .join(RunRow, RunRow.run_id == Run.id)
        .where(
            Run.branch_id == branch_id,
            Run.ended_at > now - RECENTLY,
            RunRow.state.in_([RowState.APPLIED, RowState.SENT]),
        )
        .group_by(Run.id)
        .order_by(Run.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None or last.ended_at is None:
        return None
    starter = AdministratorId(last.started_by)
    run_id = RunId(last.id)
    return RecentReset(starter, last.ended_at, last.number, last.kind, run_id)
