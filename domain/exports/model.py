"""Files that were posted, and the sealed passwords that open them."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.database import Code, Record
from domain.leases import Leased

PostedFileId = NewType("PostedFileId", int)


class PostingState(StrEnum):
    """How far a file is on its way to the channel and away from it."""

    PREPARED = "prepared"
    UPLOADING = "uploading"
    POSTED = "posted"
    DELETED = "deleted"


class PostedFile(Leased, Record):
    """One workbook: where it lies, who may open it, when it goes.

    `slack_file_id` is stored before the upload is completed, so that after a
    crash Slack is asked for that file before another one is made.
    """

    __tablename__ = "posted_file"
    __table_args__ = (Index("ix_posted_file_state_delete_at", "state", "delete_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(unique=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    requested_by: Mapped[int] = mapped_column(ForeignKey("administrator.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    channel_id: Mapped[str] = mapped_column(String(30))
    state: Mapped[PostingState] = mapped_column(Code(PostingState, 10))
    slack_file_id: Mapped[str | None] = mapped_column(String(30))
    sealed_opening_password: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    delete_at: Mapped[datetime | None]
    deletion_attempts: Mapped[int] = mapped_column(default=0)
