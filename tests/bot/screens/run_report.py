"""A run as its message tells of it."""

from datetime import UTC, datetime

from domain.actor import AdministratorId, BranchId
from domain.runs.model import RowState, RunId, RunPhase
from domain.runs.reporting import MessagePlace, RunReport

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
REPORT = RunReport(
    run_id=RunId(3),
    branch_id=BranchId(2),
    branch_name="Utrecht",
    started_by=AdministratorId(1),
    started_at=NOW,
    channel_id="C1",
    message=MessagePlace("C1", "1.1"),
    phase=RunPhase.PREPARING,
    failure=None,
    row_count=12000,
    by_state={RowState.WAITING: 9000, RowState.PREPARED: 3000},
    by_reason={},
    password_expires_at=None,
    is_retry=False,
    was_retried=False,
    file=None,
)
