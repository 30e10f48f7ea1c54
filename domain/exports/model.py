"""Files that were posted, and the sealed passwords that open them."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
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


class FileKind(StrEnum):
    """What a run posts: the workbook, and ready letters when they were asked for."""

    WORKBOOK = "workbook"
    LETTERS = "letters"


class ReadyLetters(StrEnum):
    """From which Word template a run makes letters."""

    BUILT_IN_NL = "built_in_nl"
    BUILT_IN_EN = "built_in_en"
    OWN = "own"


class WordTemplate(Record):
    """A Word template for ready letters, of the company or of one branch.

    It never changes: another upload is another row. A while after it was removed its
    content is empty.
    """

    __tablename__ = "word_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    name: Mapped[str] = mapped_column(String(75))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("administrator.id"))
    uploaded_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class PostedFile(Leased, Record):
    """One file of a run: where it lies, who may open it, when it goes.

    `slack_file_id` is stored before the upload is completed, so that after a
    crash Slack is asked for that file before another one is made.
    """

    __tablename__ = "posted_file"
    __table_args__ = (
        Index("ix_posted_file_state_delete_at", "state", "delete_at"),
        UniqueConstraint("run_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int]
    kind: Mapped[FileKind] = mapped_column(
        Code(FileKind, 10),
        default=FileKind.WORKBOOK,
        server_default=FileKind.WORKBOOK.value,
    )
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
