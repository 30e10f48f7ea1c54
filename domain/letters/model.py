"""Templates of letters with all their versions, attachments, and letters of access."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.database import Code, Record

EmailTemplateId = NewType("EmailTemplateId", int)
TemplateVersionId = NewType("TemplateVersionId", int)

# Slack's limits: an option's text, a line of text input, a text input.
NAME_LENGTH = 75
SUBJECT_LENGTH = 150
BODY_LENGTH = 3000
FILE_NAME_LENGTH = 200


class BuiltIn(StrEnum):
    """A template that is there from the start; its words are in the catalog."""

    LINK = "link"
    PASSWORD = "password"  # noqa: S105 (the name of a template)


class Attached(StrEnum):
    """What goes along with a letter."""

    NOTHING = "nothing"
    GUIDE = "guide"
    FILE = "file"


class EmailTemplate(Record):
    """A template (emailtemplate) of the company, or of one branch.

    It says which of its versions is today's; versions never change.
    """

    __tablename__ = "email_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    built_in: Mapped[BuiltIn | None] = mapped_column(Code(BuiltIn, 20), unique=True)
    current_number: Mapped[int]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class EmailTemplateVersion(Record):
    """What a template said at some time; a built-in one has no text here.

    In one of the two languages subject and body may both be empty.
    """

    __tablename__ = "email_template_version"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("email_template.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    subject_nl: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), default="")
    body_nl: Mapped[str] = mapped_column(Text, default="")
    subject_en: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), default="")
    body_en: Mapped[str] = mapped_column(Text, default="")
    attached: Mapped[Attached] = mapped_column(Code(Attached, 10))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    # None for what came with the program.
    made_by: Mapped[int | None] = mapped_column(ForeignKey("administrator.id"))
    made_at: Mapped[datetime]


class Attachment(Record):
    """A PDF that goes along with letters, as it was uploaded.

    Of one that no letter needs any more the bytes are gone: its size is 0.
    """

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(FILE_NAME_LENGTH))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[datetime]


class LetterOutcome(StrEnum):
    """What became of a letter; the last three are final."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    OVERTAKEN = "overtaken"


class AccessLetter(Record):
    """A letter that hands out a way in: a one-time link or an initial password.

    `message_id` is its row in the outbox as long as it waits there; ended rows are
    forgotten sooner, and SQLite gives their ids anew. `credential_version` is the
    login's from the moment of queueing: with another one the letter says what is not
    true any more, and is not sent. `error_code` is of the last attempt.
    """

    __tablename__ = "access_letter"
    __table_args__ = (
        Index("ix_access_letter_login_id_queued_at", "login_id", "queued_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    login_id: Mapped[int]
    run_row_id: Mapped[int | None] = mapped_column(unique=True)
    template_version_id: Mapped[int] = mapped_column(
        ForeignKey("email_template_version.id")
    )
    message_id: Mapped[int | None] = mapped_column(unique=True)
    credential_version: Mapped[int]
    queued_at: Mapped[datetime]
    outcome: Mapped[LetterOutcome] = mapped_column(
        Code(LetterOutcome, 10), default=LetterOutcome.QUEUED
    )
    error_code: Mapped[str | None] = mapped_column(String(100))
    ended_at: Mapped[datetime | None]
