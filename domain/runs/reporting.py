"""How a run stands: counts for its message, and who got nothing and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from domain.actor import Actor, AdministratorId, BranchId
from domain.branches import Branch
from domain.exports import handover
from domain.exports.deletion import NOTICE_AT_ATTEMPT
from domain.exports.model import FileKind, PostedFile, PostingState
from domain.letters.model import (
    AccessLetter,
    BuiltIn,
    EmailTemplate,
    EmailTemplateVersion,
    LetterOutcome,
)
from domain.letters.template_versions import said_by
from domain.letters.template_wording import HandsOver
from domain.logins.model import Login
from domain.logins.paging import Page, PageKey, read_page
from domain.outbox import OutboxMessage
from domain.record_cards.model import RecordCard
from domain.runs.approving import NEVER_APPROVED, decided_by, may_have_begun
from domain.runs.ledger import get_run
from domain.runs.model import (
    Reminder,
    RowReason,
    RowState,
    Run,
    RunFailure,
    RunId,
    RunKind,
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
    """What became of a file that a run posted.

    Of one that is shut nobody gets to see the opening password any more.
    """

    IN_CHANNEL = "in_channel"
    SHUT = "shut"
    DELETED = "deleted"
    TO_DELETE_BY_HAND = "to_delete_by_hand"


@dataclass(frozen=True)
class ReminderLine:
    """A day on which a mailing is repeated; `ended_at` is when it was, or stopped."""

    after_days: int
    due_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class RunReport:
    """How a run stands: its phase, and how many rows in each state and why.

    `file` is None as long as no workbook was posted, `letters` as long as no ready
    letters were; `makes_letters` says whether it is to post them.
    `waits_for_mail_server` is what keeps the oldest letter of a mailing, as a code of
    `letters.refusals`. A mailing that ended may have letters left (RowState.APPLIED)
    that are still being tried.
    `template_name` is as it was when the mailing began; of a `built_in` template the
    surface knows the name. `approval_until` is set where another administrator had to
    approve, `decided_by` who did, declined or withdrew.
    `hands_over` is what the letters of a mailing bring.
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
    letters: FileStatus | None = None
    makes_letters: bool = False
    kind: RunKind = RunKind.EXPORT
    template_name: str | None = None
    built_in: BuiltIn | None = None
    hands_over: HandsOver | None = None
    waits_for_mail_server: str | None = None
    is_reminder: bool = False
    reminders: tuple[ReminderLine, ...] = ()
    approval_until: datetime | None = None
    approved_at: datetime | None = None
    decided_by: AdministratorId | None = None
    ended_at: datetime | None = None

    @property
    def sent(self) -> int:
        """How many letters of a mailing the mail server has."""
        return self.by_state.get(RowState.SENT, 0)

    @property
    def prepared(self) -> int:
        """Rows whose password was made, whatever became of them after that."""
        return self.row_count - self.by_state.get(RowState.WAITING, 0)

    @property
    def can_be_retried(self) -> bool:
        """Whether rows failed that no other run took up yet."""
        if self.was_never_approved:
            return False
        return self.by_state.get(RowState.FAILED, 0) > 0 and not self.was_retried

    @property
    def was_never_approved(self) -> bool:
        """Whether it ended while it waited: nobody failed, nothing was tried."""
        return self.failure in NEVER_APPROVED and self.password_expires_at is None


def report(session: Session, run_id: RunId) -> RunReport:
    """How a run stands, for its message; four statements, three more for a mailing."""
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
            session.scalar(
                select(exists().where(Run.retry_of_run_id == run_id, may_have_begun()))
            )
        ),
        **_of_files(session, run),
        kind=run.kind,
        approval_until=run.approval_until,
        approved_at=run.approved_at,
        decided_by=decided_by(session, run),
        ended_at=run.ended_at,
        is_reminder=run.reminds_of_run_id is not None,
        **(_of_mailing(session, run) if run.kind is RunKind.MAIL else {}),
    )


def _of_files(session: Session, run: Run) -> dict[str, Any]:
    letters = handover.find_file(session, run.id, FileKind.LETTERS)
    return {
        "file": _file_status(handover.find_file(session, run.id)),
        "letters": _file_status(letters),
        "makes_letters": run.ready_letters is not None,
    }


def _of_mailing(session: Session, run: Run) -> dict[str, Any]:
    version, template = session.execute(
        select(EmailTemplateVersion, EmailTemplate)
        .join(EmailTemplate, EmailTemplate.id == EmailTemplateVersion.template_id)
        .where(EmailTemplateVersion.id == run.template_version_id)
    ).one()
    reminders = session.scalars(
        select(Reminder).where(Reminder.run_id == run.id).order_by(Reminder.after_days)
    )
    return {
        "template_name": version.name,
        "built_in": template.built_in,
        "hands_over": said_by(version, template).hands_over,
        "waits_for_mail_server": _what_keeps_letters(session, run),
        "reminders": tuple(
            ReminderLine(each.after_days, each.due_at, each.ended_at)
            for each in reminders
        ),
    }


def _what_keeps_letters(session: Session, run: Run) -> str | None:
    return session.scalar(
        select(OutboxMessage.last_error)
        .join(AccessLetter, AccessLetter.message_id == OutboxMessage.id)
        .join(RunRow, RunRow.id == AccessLetter.run_row_id)
        .where(
            RunRow.run_id == run.id,
            RunRow.state == RowState.APPLIED,
            AccessLetter.outcome == LetterOutcome.QUEUED,
            # One that was put off for its own sake keeps no other.
            OutboxMessage.attempts == 0,
        )
        .order_by(OutboxMessage.id)
        .limit(1)
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
