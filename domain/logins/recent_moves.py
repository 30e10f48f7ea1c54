"""The moves of employee data of the last 30 days, within somebody's reach."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from domain.actor import Actor
from domain.logins.moves import UNDO_LIFE, Move, MoveId
from domain.permissions import Act, require
from domain.record_cards.model import RecordCard, full_name
from domain.record_cards.register import within_reach


@dataclass(frozen=True)
class RecentMove:
    """One move; `undone_at` is None while it stands."""

    move_id: MoveId
    moved_at: datetime
    name: str
    old_number: str
    new_number: str
    undone_at: datetime | None


@dataclass(frozen=True)
class RecentMoves:
    """Some moves, the newest first; `before` is where the page after begins."""

    moves: tuple[RecentMove, ...]
    before: MoveId | None


def list_recent(
    session: Session,
    *,
    before: MoveId | None = None,
    limit: int,
    actor: Actor,
    now: datetime,
) -> RecentMoves:
    """What moved within 30 days between cards within reach, a page at a time."""
    require(actor, Act.MOVE_EMPLOYEE_DATA)
    old, new = aliased(RecordCard), aliased(RecordCard)
    query = (
        select(
            Move,
            new.first_name,
            new.prefix,
            new.last_name,
            old.number.label("old_number"),
            new.number.label("new_number"),
        )
        .join(old, old.id == Move.from_card_id)
        .join(new, new.id == Move.to_card_id)
        .where(
            Move.moved_at > now - UNDO_LIFE,
            within_reach(actor, old),
            within_reach(actor, new),
        )
        .order_by(Move.id.desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(Move.id < before)
    rows = session.execute(query).all()
    shown = tuple(_recent(row) for row in rows[:limit])
    return RecentMoves(shown, shown[-1].move_id if len(rows) > limit else None)


def _recent(row: Any) -> RecentMove:
    move: Move = row.Move
    return RecentMove(
        move_id=MoveId(move.id),
        moved_at=move.moved_at,
        name=full_name(row.first_name, row.prefix, row.last_name),
        old_number=row.old_number,
        new_number=row.new_number,
        undone_at=move.undone_at,
    )
