"""Runs (taken), their ledger rows, and the reminders after them."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.database import Code, Record
from domain.exports.model import ReadyLetters
from domain.leases import Leased

RunId = NewType("RunId", int)


class RunKind(StrEnum):
    """How a run hands out what it makes: in a workbook, or in letters."""

    EXPORT = "export"
    MAIL = "mail"


class RunPhase(StrEnum):
    """How far a run is; it only moves forward, or ends as FAILED.

    An export is prepared, posted and applied, one after the other. A mailing is
    MAILING from the start: rows are prepared, applied and sent side by side. Where
    the branch asks for a second administrator both wait for that one's approval
    first; nothing is prepared before.
    """

    AWAITING_APPROVAL = "awaiting_approval"
    PREPARING = "preparing"
    POSTING = "posting"
    APPLYING = "applying"
    MAILING = "mailing"
    DONE = "done"
    FAILED = "failed"


class RowState(StrEnum):
    """Where one login of a run stands; the last two are final.

    APPLIED is the end in an export; in a mailing the letter is queued then, and
    SENT once the mail server has it. A mailing may end while the mail server still
    puts off some letters; their rows are settled after it.
    """

    WAITING = "waiting"
    PREPARED = "prepared"
    APPLIED = "applied"
    SENT = "sent"
    LEFT_OUT = "left_out"
    FAILED = "failed"


class RowReason(StrEnum):
    """Why nobody got the new password of a login.

    With ADDRESS_REFUSED, NOT_SENT and OVERTAKEN (another address or state while the
    letter waited) the login has it, and its owner does not; with the others the login
    keeps what it had. NOT_APPLIED is of a mailing that ended
    before it came that far.
    """

    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_WRITABLE = "not_writable"
    NOT_POSTED = "not_posted"
    ADDRESS_REFUSED = "address_refused"
    NOT_SENT = "not_sent"
    OVERTAKEN = "overtaken"
    NOT_APPLIED = "not_applied"


class RunFailure(StrEnum):
    """Why a run ended without handing out everything that it was to hand out."""

    NOT_PERMITTED = "not_permitted"
    CHANNEL_UNSUITABLE = "channel_unsuitable"
    NOT_PREPARED = "not_prepared"
    NOT_POSTED = "not_posted"
    NOBODY_LEFT = "nobody_left"
    FILE_GONE = "file_gone"
    KEY_LOST = "key_lost"
    MAIL_SERVER_AWAY = "mail_server_away"
    TEMPLATE_UNUSABLE = "template_unusable"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    APPROVAL_EXPIRED = "approval_expired"
    STEP_UP_MISSING = "step_up_missing"
    APPROVER_NOT_PERMITTED = "approver_not_permitted"
    APPROVER_STEP_UP_MISSING = "approver_step_up_missing"


class Run(Leased, Record):
    """One branch-wide reset, started by one administrator.

    `channel_id` is the branch's admin channel; of a mailing without one, who started
    it, to whom messages then go directly. Lease, `due_at` and `attempts` are of the
    work on the run, in a mailing of that on its message only.
    """

    __tablename__ = "run"
    __table_args__ = (
        # One password-changing run per branch at a time, however often pressed.
        Index(
            "uq_run_open_branch_id",
            "branch_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    started_by: Mapped[int] = mapped_column(ForeignKey("administrator.id"))
    retry_of_run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    kind: Mapped[RunKind] = mapped_column(
        Code(RunKind, 10),
        default=RunKind.EXPORT,
        server_default=RunKind.EXPORT.value,
    )
    # Of a mailing: what its letters say.
    template_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("email_template_version.id")
    )
    # Of a mailing that the schedule began: whom it reminds.
    reminds_of_run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    # Of an export: whether it makes letters too, and from what.
    ready_letters: Mapped[ReadyLetters | None] = mapped_column(Code(ReadyLetters, 20))
    word_template_id: Mapped[int | None] = mapped_column(ForeignKey("word_template.id"))
    phase: Mapped[RunPhase] = mapped_column(Code(RunPhase, 20))
    failure: Mapped[RunFailure | None] = mapped_column(Code(RunFailure, 30))
    channel_id: Mapped[str] = mapped_column(String(30))
    # The progress message once it is posted: in that channel, or directly to
    # who started the run when the channel refused it.
    message_channel_id: Mapped[str | None] = mapped_column(String(30))
    message_ts: Mapped[str | None] = mapped_column(String(30))
    progress_shown_at: Mapped[datetime | None]
    result_shown: Mapped[bool] = mapped_column(default=False)
    # When who started it had last given a code (domain/step_ups.py).
    starter_confirmed_at: Mapped[datetime | None]
    # Until when another administrator may approve; None where nobody has to.
    approval_until: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("administrator.id"))
    approved_at: Mapped[datetime | None]
    # When who approved it had last given a code.
    approver_confirmed_at: Mapped[datetime | None]
    row_count: Mapped[int]
    password_expires_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RunRow(Leased, Record):
    """The ledger: what a run does with one login, and how far it is."""

    __tablename__ = "run_row"
    __table_args__ = (
        Index("ix_run_row_run_id_state_id", "run_id", "state", "id"),
        Index("ix_run_row_login_id", "login_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"))
    state: Mapped[RowState] = mapped_column(Code(RowState, 10))
    reason: Mapped[RowReason | None] = mapped_column(Code(RowReason, 30))
    # The version on which the new password was made; another one is not touched.
    credential_version: Mapped[int]
    sealed_password: Mapped[str | None] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    # When a password or link of this run became the login's.
    applied_at: Mapped[datetime | None]


class Reminder(Record):
    """A day on which a mailing is repeated for who has not signed in by then.

    `ended_at` is when it was begun, or stopped; `reminder_run_id` the run it began.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("run_id", "after_days"),
        Index("ix_reminder_ended_at_due_at", "ended_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    after_days: Mapped[int]
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reminder_run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
