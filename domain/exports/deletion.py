"""Exports are deleted from Slack a day after they were posted, and that verified."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import update

from domain import audit, outbox
from domain.actor import SCHEDULE
from domain.audit import AuditAct, Concerning
from domain.clock import Clock
from domain.database import Database
from domain.errors import LeaseLostError
from domain.exports.channel import (
    Channel,
    DeliveryPostponedError,
    DeliveryRefusedError,
)
from domain.exports.model import PostedFile, PostingState
from domain.leases import claim, hold

UNDELETED_NOTICE: Final = "export_undeleted"
# What the run's own message says of its file is no longer so.
FILE_NOTICE: Final = "export_file_changed"
_LEASE: Final = timedelta(minutes=2)
_RETRY_AFTER: Final = timedelta(minutes=10)
NOTICE_AT_ATTEMPT: Final = 3


def _at_once() -> None:
    return


def delete_due(
    database: Database,
    channel: Channel,
    *,
    clock: Clock,
    before_each: Callable[[], None] = _at_once,
) -> int:
    """Delete every file whose time has come; gives how many are gone.

    One that Slack will not delete is tried again every ten minutes, and after
    the third time the admin channel is told to delete it by hand. What
    `before_each` raises ends it between two files.
    """
    gone = 0
    before_each()
    while (file := _claim_due(database, clock())) is not None:
        try:
            if file.slack_file_id is not None:
                channel.delete(file.slack_file_id)
        except (DeliveryPostponedError, DeliveryRefusedError) as error:
            _note_failure(database, file, error.code, clock())
        else:
            gone += _note_deleted(database, file, clock())
        before_each()
    return gone


def _claim_due(database: Database, now: datetime) -> PostedFile | None:
    with database.transaction() as session:
        claimed = claim(
            session,
            PostedFile,
            PostedFile.delete_at <= now,
            PostedFile.state != PostingState.DELETED,
            order_by=(PostedFile.delete_at, PostedFile.id),
            now=now,
            life=_LEASE,
        )
        for file in claimed:
            # Gone with its time, whatever Slack says of the file.
            file.sealed_opening_password = None
        return claimed[0] if claimed else None


def _note_deleted(database: Database, file: PostedFile, now: datetime) -> int:
    try:
        with database.transaction() as session:
            hold(session, PostedFile, file.id, file.lease_number, until=None)
            session.execute(
                update(PostedFile)
                .where(PostedFile.id == file.id)
                .values(state=PostingState.DELETED, sealed_opening_password=None)
            )
            concerning = Concerning(branch_id=file.branch_id, run_id=file.run_id)
            audit.record(
                session, AuditAct.EXPORT_DELETED, concerning, actor=SCHEDULE, now=now
            )
            if file.posted_at is not None:
                outbox.queue(session, FILE_NOTICE, {"run_id": file.run_id}, now=now)
    except LeaseLostError:
        return 0
    return 1


def _note_failure(
    database: Database, file: PostedFile, code: str, now: datetime
) -> None:
    attempts = file.deletion_attempts + 1
    with database.transaction() as session:
        hold(session, PostedFile, file.id, file.lease_number, until=now + _RETRY_AFTER)
        session.execute(
            update(PostedFile)
            .where(PostedFile.id == file.id)
            .values(deletion_attempts=attempts)
        )
        if attempts == NOTICE_AT_ATTEMPT:
            payload = {
                "branch_id": file.branch_id,
                "channel_id": file.channel_id,
                "file_name": file.file_name,
                "code": code,
            }
            outbox.queue(session, UNDELETED_NOTICE, payload, now=now)
            outbox.queue(session, FILE_NOTICE, {"run_id": file.run_id}, now=now)
