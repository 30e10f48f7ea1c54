"""Runs (taken) and their ledger rows."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.database import Code, Record
from domain.leases import Leased

RunId = NewType("RunId", int)


class RunPhase(StrEnum):
    """How far a run is; it only moves forward, or ends as FAILED."""

    PREPARING = "preparing"
    POSTING = "posting"
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"


class RowState(StrEnum):
    """Where one login of a run stands; the last three are final."""

    WAITING = "waiting"
    PREPARED = "prepared"
    APPLIED = "applied"
    LEFT_OUT = "left_out"
    FAILED = "failed"


class RowReason(StrEnum):
    """Why a login of a run got no new password."""

    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_WRITABLE = "not_writable"
    NOT_POSTED = "not_posted"


class RunFailure(StrEnum):
    """Why a run ended without handing out everything that it was to hand out."""

    NOT_PERMITTED = "not_permitted"
    CHANNEL_UNSUITABLE = "channel_unsuitable"
    NOT_PREPARED = "not_prepared"
    NOT_POSTED = "not_posted"
    NOBODY_LEFT = "nobody_left"
    FILE_GONE = "file_gone"
    KEY_LOST = "key_lost"


class Run(Leased, Record):
    """One branch-wide reset, started by one administrator."""

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
    phase: Mapped[RunPhase] = mapped_column(Code(RunPhase, 20))
    failure: Mapped[RunFailure | None] = mapped_column(Code(RunFailure, 30))
    channel_id: Mapped[str] = mapped_column(String(30))
    # The progress message once it is posted: in that channel, or directly to
    # who started the run when the channel refused it.
    message_channel_id: Mapped[str | None] = mapped_column(String(30))
    message_ts: Mapped[str | None] = mapped_column(String(30))
    progress_shown_at: Mapped[datetime | None]
    result_shown: Mapped[bool] = mapped_column(default=False)
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
