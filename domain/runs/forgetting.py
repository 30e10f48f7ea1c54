"""The detail of runs that ended: who was in them, and the files that are gone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.exports.model import PostedFile, PostingState
from domain.letters.model import AccessLetter
from domain.permissions import Act, require
from domain.runs.model import Reminder, Run, RunRow


def forget_rows(
    session: Session, before: datetime, *, limit: int, actor: Actor, now: datetime
) -> int:
    """Drop rows of runs that ended before then; how many, 0 when none are left.

    A run whose passwords may still be valid keeps its rows, or nobody could expire
    them; so does a mailing that reminders still follow.
    """
    require(actor, Act.APPLY_RETENTION)
    is_reminded = exists().where(Reminder.run_id == Run.id, Reminder.ended_at.is_(None))
    rows = session.scalars(
        select(RunRow.id)
        .join(Run, Run.id == RunRow.run_id)
        .where(
            Run.ended_at < before,
            or_(Run.password_expires_at.is_(None), Run.password_expires_at <= now),
            ~is_reminded,
        )
        .order_by(RunRow.id)
        .limit(limit)
    ).all()
    _delete_rows(session, rows)
    return len(rows)


def _delete_rows(session: Session, row_ids: Sequence[int]) -> None:
    # SQLite gives ids of deleted rows anew, and each row has one letter.
    session.execute(
        update(AccessLetter)
        .where(AccessLetter.run_row_id.in_(row_ids))
        .values(run_row_id=None)
    )
    session.execute(delete(RunRow).where(RunRow.id.in_(row_ids)))


def forget_files(
    session: Session, before: datetime, *, limit: int, actor: Actor
) -> int:
    """Drop what is known of files deleted from Slack before then; how many."""
    require(actor, Act.APPLY_RETENTION)
    query = select(PostedFile.id).where(
        PostedFile.state == PostingState.DELETED, PostedFile.created_at < before
    )
    file_ids = session.scalars(query.order_by(PostedFile.id).limit(limit)).all()
    session.execute(delete(PostedFile).where(PostedFile.id.in_(file_ids)))
    return len(file_ids)
