"""What goes along with letters: a PDF that somebody uploaded, or the guide."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.errors import DomainError, NotFoundError
from domain.letters.model import (
    FILE_NAME_LENGTH,
    Attached,
    Attachment,
    EmailTemplateVersion,
)
from domain.letters.template_wording import Wording
from domain.letters.translator import Language
from domain.permissions import Act, require
from domain.plain_text import clean

LARGEST: Final = 5 * 1024 * 1024
_GUIDES: Final = Path(__file__).parent / "guide"
_GUIDE_NAMES: Final[Mapping[Language, str]] = {
    "nl": "Handleiding inloggen.pdf",
    "en": "Guide to signing in.pdf",
}
# ISO 32000: readers look for the first within 1024 bytes, for the last likewise.
_HEADER: Final = b"%PDF-"
_TRAILER: Final = b"%%EOF"
_SEARCHED: Final = 1024
_ENCRYPTED: Final = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
_NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|]+')


class AttachmentProblem(StrEnum):
    """Why a file can't go along with letters."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NO_PDF = "no_pdf"
    ENCRYPTED = "encrypted"


class AttachmentRefusedError(DomainError):
    """The file can't go along with letters; `problem` says why."""

    code = "attachment_refused"
    concerns = "attachment"

    def __init__(self, problem: AttachmentProblem) -> None:
        super().__init__(problem=problem.value)
        self.problem = problem


@dataclass(frozen=True)
class AttachedFile:
    """A PDF as it goes along; encoded once for all letters that carry it."""

    file_name: str
    content: bytes

    @cached_property
    def encoded(self) -> bytes:
        """The content as lines of base64, as mail has them."""
        return base64.encodebytes(self.content).replace(b"\n", b"\r\n")


def add(
    session: Session, file_name: str, content: bytes, *, actor: Actor, now: datetime
) -> int:
    """Keep a PDF for templates; gives its id.

    Raises AttachmentRefusedError for what is no PDF that everybody can open, or is
    larger than 5 MB.
    """
    require(actor, Act.EDIT_TEMPLATES)
    problem = problem_of(content)
    if problem:
        raise AttachmentRefusedError(problem)
    attachment = Attachment(
        file_name=_tidied(file_name), size=len(content), content=content, added_at=now
    )
    session.add(attachment)
    session.flush()
    return attachment.id


def problem_of(content: bytes) -> AttachmentProblem | None:
    """Why this content can't go along, or None."""
    if not content:
        return AttachmentProblem.EMPTY
    if len(content) > LARGEST:
        return AttachmentProblem.TOO_LARGE
    if _HEADER not in content[:_SEARCHED] or _TRAILER not in content[-_SEARCHED:]:
        return AttachmentProblem.NO_PDF
    if _ENCRYPTED.search(content):
        return AttachmentProblem.ENCRYPTED
    return None


def name_of(session: Session, attachment_id: int) -> str:
    """The file's name. Raises NotFoundError."""
    name = session.scalar(
        select(Attachment.file_name).where(Attachment.id == attachment_id)
    )
    if name is None:
        raise NotFoundError(kind="attachment")
    return name


def is_kept(session: Session, attachment_id: int) -> bool:
    """Whether the file itself is still there; of old versions it may be gone."""
    there = exists().where(Attachment.id == attachment_id, Attachment.size > 0)
    return bool(session.scalar(select(there)))


def content_of(session: Session, attachment_id: int) -> bytes:
    """The file itself. Raises NotFoundError, for one that is gone too."""
    return _one(session, attachment_id).content


def forget(
    session: Session, unused: ColumnElement[bool], *, added_before: datetime
) -> None:
    """Drop files that are not used; of what a version names, the name stays.

    One that came into no version at all was refused with its template.
    """
    old = Attachment.added_at <= added_before
    named = exists().where(EmailTemplateVersion.attachment_id == Attachment.id)
    for statement in (
        delete(Attachment).where(old, ~named),
        update(Attachment)
        .where(old, Attachment.size > 0, unused)
        .values(size=0, content=b""),
    ):
        session.execute(statement.execution_options(synchronize_session=False))


def attached_to(
    session: Session, wording: Wording, language: Language
) -> AttachedFile | None:
    """What goes along with letters of this wording in this language."""
    match wording.attached:
        case Attached.NOTHING:
            return None
        case Attached.GUIDE:
            return guide_file(language)
        case Attached.FILE:
            attachment = _one(session, wording.attachment_id or 0)
            return AttachedFile(attachment.file_name, attachment.content)


def guide_of(language: Language) -> tuple[str, bytes]:
    """The employees' guide to signing in: its file name, and the PDF."""
    guide = guide_file(language)
    return guide.file_name, guide.content


@cache
def guide_file(language: Language) -> AttachedFile:
    """The guide as it goes along; read once."""
    content = (_GUIDES / f"{language}.pdf").read_bytes()
    return AttachedFile(_GUIDE_NAMES[language], content)


def _one(session: Session, attachment_id: int) -> Attachment:
    attachment = session.scalars(
        select(Attachment).where(Attachment.id == attachment_id, Attachment.size > 0)
    ).one_or_none()
    if attachment is None:
        raise NotFoundError(kind="attachment")
    return attachment


def _tidied(file_name: str) -> str:
    """A name for any disk, that ends in .pdf and does not begin with a dot."""
    bare = re.split(r"[\\/]", clean(file_name))[-1]
    stem = re.sub(r"(?i)\.pdf$", "", _NOT_IN_NAMES.sub("-", bare)).strip(" .-")
    return f"{stem[: FILE_NAME_LENGTH - 4].strip() or 'bijlage'}.pdf"
