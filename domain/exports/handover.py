"""The way of a run's files into the admin channel, and who may open them there.

A file's id is stored before its upload is completed. Whatever is interrupted
afterwards, Slack is asked for that file first, so that one workbook is posted
once; a file that never appears is deleted and uploaded again. Ready letters go the
same way, have the same opening password and live as long.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor, AdministratorId, BranchId
from domain.audit import AuditAct, AuditEvent, Concerning
from domain.errors import DomainError, NotFoundError
from domain.exports.model import FileKind, PostedFile, PostingState
from domain.permissions import Act, require
from domain.secret import Keyring, Secret
from domain.step_ups import require_step_up

KEPT_FOR: Final = timedelta(hours=24)
# The two presses of a double click are one look.
_ONE_LOOK: Final = timedelta(seconds=5)
_PURPOSE: Final = "opening password"


class NotYourExportError(DomainError):
    """Only who asked for an export gets to see its opening password."""

    code = "not_your_export"


class ExportGoneError(DomainError):
    """The file was deleted, and the password that opened it with it."""

    code = "export_gone"


@dataclass(frozen=True)
class Posting:
    """A file to post: for which run, by whom asked, where it goes."""

    run_id: int
    branch_id: BranchId
    requested_by: AdministratorId
    file_name: str
    channel_id: str
    kind: FileKind = FileKind.WORKBOOK


def unused_name(session: Session, file_name: str) -> str:
    """This name, or the first of `-2`, `-3`... that no posted file had."""
    stem, dot, suffix = file_name.rpartition(".")
    posted = set(
        session.scalars(
            select(PostedFile.file_name).where(
                PostedFile.file_name.startswith(stem, autoescape=True),
                PostedFile.posted_at.is_not(None),
            )
        )
    )
    numbered = (f"{stem}-{number}{dot}{suffix}" for number in itertools.count(2))
    names = itertools.chain([file_name], numbered)
    return next(name for name in names if name not in posted)


def ensure_file(
    session: Session,
    posting: Posting,
    opening_password: Secret,
    *,
    keyring: Keyring,
    now: datetime,
) -> PostedFile:
    """The row of this file of the run; made once, with its opening password sealed.

    That is the password of the run's other file, if it has one already.
    """
    file = find_file(session, posting.run_id, posting.kind)
    if file is None:
        others = find_files(session, posting.run_id)
        if others:
            opening_password = open_sealed(others[0], keyring)
        file = PostedFile(
            run_id=posting.run_id,
            kind=posting.kind,
            branch_id=posting.branch_id,
            requested_by=posting.requested_by,
            file_name=posting.file_name,
            channel_id=posting.channel_id,
            state=PostingState.PREPARED,
            sealed_opening_password=keyring.seal(opening_password, purpose=_PURPOSE),
            created_at=now,
        )
        session.add(file)
        session.flush()
    return file


def find_file(
    session: Session, run_id: int, kind: FileKind = FileKind.WORKBOOK
) -> PostedFile | None:
    """This file of this run, if it has one."""
    query = select(PostedFile).filter_by(run_id=run_id, kind=kind)
    return session.scalars(query).one_or_none()


def find_files(session: Session, run_id: int) -> Sequence[PostedFile]:
    """Every file of this run, the workbook first."""
    query = select(PostedFile).filter_by(run_id=run_id).order_by(PostedFile.id)
    return session.scalars(query).all()


def open_sealed(file: PostedFile, keyring: Keyring) -> Secret:
    """The opening password of a file that is not deleted yet."""
    if file.sealed_opening_password is None:
        raise ExportGoneError
    return keyring.open(file.sealed_opening_password, purpose=_PURPOSE)


def note_reserved(
    session: Session,
    run_id: int,
    slack_file_id: str | None,
    kind: FileKind = FileKind.WORKBOOK,
) -> None:
    """Remember which file in Slack is ours, before it is completed."""
    query = select(PostedFile).filter_by(run_id=run_id, kind=kind)
    file = session.scalars(query).one()
    file.slack_file_id = slack_file_id
    file.state = PostingState.UPLOADING if slack_file_id else PostingState.PREPARED


def note_posted(session: Session, run_id: int, *, actor: Actor, now: datetime) -> None:
    """Every file was seen in the channel; from now they have a day to live."""
    for file in find_files(session, run_id):
        file.state = PostingState.POSTED
        file.posted_at = now
        file.delete_at = now + KEPT_FOR
        _record(session, AuditAct.EXPORT_POSTED, file, actor=actor, now=now)


def abandon(session: Session, run_id: int, *, now: datetime) -> None:
    """The run failed: what may be in Slack is deleted, the password is wiped."""
    for file in find_files(session, run_id):
        if file.state is PostingState.DELETED:
            continue
        file.sealed_opening_password = None
        if file.slack_file_id is None:
            file.state = PostingState.DELETED
        else:
            file.delete_at = now


def show_opening_password(
    session: Session, run_id: int, *, keyring: Keyring, actor: Actor, now: datetime
) -> Secret:
    """The password that opens a run's files, for who asked for them; logged each time.

    Asked again within five seconds it is the same look, of which Slack keeps one
    modal. Raises NotFoundError out of reach, NotYourExportError for anybody else,
    ExportGoneError once the file is deleted or due to be, StepUpRequiredError.
    """
    # Two presses at once would each find nothing logged yet.
    query = select(PostedFile).filter_by(run_id=run_id, kind=FileKind.WORKBOOK)
    file = session.scalars(query.with_for_update()).one_or_none()
    if file is None:
        raise NotFoundError(kind="export")
    require(actor, Act.EXPORT_PASSWORDS, BranchId(file.branch_id))
    require_step_up(session, actor, now=now)
    if actor.administrator_id != file.requested_by:
        raise NotYourExportError
    if file.state is not PostingState.POSTED or _is_over(file, now):
        raise ExportGoneError
    password = open_sealed(file, keyring)
    act = AuditAct.EXPORT_OPENING_PASSWORD_SHOWN
    if not _is_logged(session, act, run_id, since=now - _ONE_LOOK):
        _record(session, act, file, actor=actor, now=now)
    return password


def _is_logged(
    session: Session, act: AuditAct, run_id: int, *, since: datetime
) -> bool:
    # Only one person gets this far, so who it was need not be compared.
    logged = select(AuditEvent.id).where(
        AuditEvent.at > since, AuditEvent.act == act, AuditEvent.run_id == run_id
    )
    return session.scalar(logged.limit(1)) is not None


def is_over(session: Session, run_id: int, *, now: datetime) -> bool:
    """Whether a posted file of this run is deleted, or due to be."""
    files = find_files(session, run_id)
    return not files or any(
        file.state is PostingState.DELETED or _is_over(file, now) for file in files
    )


def _is_over(file: PostedFile, now: datetime) -> bool:
    return file.delete_at is None or file.delete_at <= now


def _record(
    session: Session, act: AuditAct, file: PostedFile, *, actor: Actor, now: datetime
) -> None:
    concerning = Concerning(branch_id=file.branch_id, run_id=file.run_id)
    audit.record(session, act, concerning, actor=actor, now=now)
