"""How a run stands: counts for its message, and who got nothing and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from domain.actor import Actor, AdministratorId, BranchId
from domain.branches import Branch
from domain.exports import handover
from domain.exports.deletion import NOTICE_AT_ATTEMPT
from domain.exports.model import PostedFile, PostingState
from domain.logins.model import Login
from domain.logins.paging import Page, PageKey, read_page
from domain.record_cards.model import RecordCard
from domain.runs.ledger import get_run
from domain.runs.model import (
    RowReason,
    RowState,
    Run,
    RunFailure,
    RunId,
    RunPhase,
    RunRow,
)
from domain.runs.planning import LeftOutPerson, left_out_person, people


@dataclass(frozen=True)
class MessagePlace:
    """Where a run's message stands: the conversation and the message's ts in it."""

    channel_id: str
    ts: str


class FileStatus(StrEnum):
    """What became of the workbook that a run posted.

    Of one that is shut nobody gets to see the opening password any more.
    """

    IN_CHANNEL = "in_channel"
    SHUT = "shut"
    DELETED = "deleted"
    TO_DELETE_BY_HAND = "to_delete_by_hand"


@dataclass(frozen=True)
class RunReport:
    """How a run stands: its phase, and how many rows in each state and why.

    `file` is None as long as no workbook was posted.
    """

    run_id: RunId
    branch_id: BranchId
    branch_name: str
    started_by: AdministratorId
    started_at: datetime
    channel_id: str
    message: MessagePlace | None
    phase: RunPhase
    failure: RunFailure | None
    row_count: int
    by_state: Mapping[RowState, int]
    by_reason: Mapping[RowReason, int]
    password_expires_at: datetime | None
    is_retry: bool
    was_retried: bool
    file: FileStatus | None

    @property
    def prepared(self) -> int:
        """Rows whose password was made, whatever became of them after that."""
        return self.row_count - self.by_state.get(RowState.WAITING, 0)

    @property
    def can_be_retried(self) -> bool:
        """Whether rows failed that no other run took up yet."""
        return self.by_state.get(RowState.FAILED, 0) > 0 and not self.was_retried


def report(session: Session, run_id: RunId) -> RunReport:
    """How a run stands, for its message; four statements."""
    run, branch_name = session.execute(
        select(Run, Branch.name).join(Branch).where(Run.id == run_id)
    ).one()
    rows = session.execute(
        select(RunRow.state, RunRow.reason, func.count())
        .where(RunRow.run_id == run_id)
        .group_by(RunRow.state, RunRow.reason)
    ).all()
    by_state: dict[RowState, int] = {}
    by_reason: dict[RowReason, int] = {}
    for state, reason, count in rows:
        by_state[state] = by_state.get(state, 0) + count
        if reason is not None:
            by_reason[reason] = by_reason.get(reason, 0) + count
    return RunReport(
        run_id=run_id,
        branch_id=BranchId(run.branch_id),
        branch_name=branch_name,
        started_by=AdministratorId(run.started_by),
        started_at=run.created_at,
        channel_id=run.channel_id,
        message=_message(run),
        phase=run.phase,
        failure=run.failure,
        row_count=run.row_count,
        by_state=by_state,
        by_reason=by_reason,
        password_expires_at=run.password_expires_at,
        is_retry=run.retry_of_run_id is not None,
        was_retried=bool(
            session.scalar(select(exists().where(Run.retry_of_run_id == run_id)))
        ),
        file=_file_status(handover.find_file(session, run_id)),
    )


def _file_status(file: PostedFile | None) -> FileStatus | None:
    if file is None or file.posted_at is None:
        return None
    if file.state is PostingState.DELETED:
        return FileStatus.DELETED
    if file.deletion_attempts >= NOTICE_AT_ATTEMPT:
        return FileStatus.TO_DELETE_BY_HAND
    if file.sealed_opening_password is None:
        return FileStatus.SHUT
    return FileStatus.IN_CHANNEL


def _message(run: Run) -> MessagePlace | None:
    if run.message_channel_id is None or run.message_ts is None:
        return None
    return MessagePlace(run.message_channel_id, run.message_ts)


def list_by_reason(
    session: Session,
    run_id: RunId,
    reason: RowReason,
    *,
    after: PageKey | None = None,
    limit: int,
    actor: Actor,
) -> Page[LeftOutPerson]:
    """Who got no new password for this reason, by name, a page at a time."""
    get_run(session, run_id, actor=actor)
    rows = RunRow.run_id == run_id, RunRow.login_id == Login.id

    def in_run(card: type[RecordCard]) -> ColumnElement[bool]:
        return exists().where(Login.record_card_id == card.id, *rows)

    query = people().join(RunRow, and_(*rows)).where(RunRow.reason == reason)
    return read_page(session, query, in_run, left_out_person, at=after, limit=limit)
