"""The table of moves: employee data that went from one record card to another."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NewType

from sqlalchemy import JSON, ColumnElement, ForeignKey, and_, null, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.audit import AuditAct, AuditEvent
from domain.database import Record
from domain.errors import DomainError
from domain.record_cards.model import RecordCardId

MoveId = NewType("MoveId", int)

# How long a move can be undone.
UNDO_LIFE: Final = timedelta(days=30)
# In `Move.before`: whether the person in Slack came along with the data.
SLACK_LINK: Final = "slack_link"


class MoveRefusal(StrEnum):
    """Why employee data can't go from one card to another."""

    SAME_CARD = "same_card"
    OLD_CARD_CLOSED = "old_card_closed"
    NEW_CARD_CLOSED = "new_card_closed"
    BOTH_HAVE_LOGINS = "both_have_logins"
    NO_ADDRESS = "no_address"
    BORN_AFTER_START = "born_after_start"


class MoveRefusedError(DomainError):
    """Nothing moved; `reason` says why."""

    code = "move_refused"
    concerns = "fields"

    def __init__(self, reason: MoveRefusal) -> None:
        super().__init__(reason=reason.value)
        self.reason = reason


class UndoRefusal(StrEnum):
    """Why a move can't be undone."""

    UNDONE_ALREADY = "undone_already"
    TOO_LATE = "too_late"
    BUILT_ON = "built_on"
    ADDRESS_TAKEN = "address_taken"


class UndoRefusedError(DomainError):
    """The move stays; `reason` says why, `address` which one is taken."""

    code = "undo_refused"

    def __init__(self, reason: UndoRefusal, address: str = "") -> None:
        super().__init__(reason=reason.value)
        self.reason = reason
        self.address = address


class Move(Record):
    """One move, with what undoing it needs; that is wiped when it can't be undone.

    `fields` are the names of what moved. `before` holds what the new card said in
    those fields, by name, and nothing once it was undone or 30 days went by.
    """

    __tablename__ = "move"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_card_id: Mapped[int] = mapped_column(ForeignKey("record_card.id"), index=True)
    to_card_id: Mapped[int] = mapped_column(ForeignKey("record_card.id"), index=True)
    # None when the old card had no login.
    login_id: Mapped[int | None] = mapped_column(ForeignKey("login.id"))
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    moved_by: Mapped[int] = mapped_column(ForeignKey("administrator.id"))
    moved_at: Mapped[datetime] = mapped_column(index=True)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("administrator.id"))
    undone_at: Mapped[datetime | None]


def forget_old(session: Session, *, now: datetime) -> None:
    """Wipe what cards said before moves that can't be undone any more."""
    session.execute(
        update(Move)
        .where(Move.moved_at <= now - UNDO_LIFE, Move.before.is_not(None))
        .values(before=null())
    )


def find_standing(
    session: Session, from_card_id: RecordCardId, to_card_id: RecordCardId
) -> MoveId | None:
    """The move between these cards that was not undone, or None."""
    found = session.scalar(
        select(Move.id).where(
            Move.from_card_id == from_card_id,
            Move.to_card_id == to_card_id,
            Move.undone_at.is_(None),
        )
    )
    return None if found is None else MoveId(found)


def is_about(session: Session, card_id: RecordCardId) -> ColumnElement[bool]:
    """The SQL condition that an event is of a move to this card, or of undoing it.

    Such an event is about the old card; the new one is in its details.
    """
    old_cards = select(Move.from_card_id).where(Move.to_card_id == card_id)
    return and_(
        AuditEvent.act.in_([AuditAct.EMPLOYEE_DATA_MOVED, AuditAct.MOVE_UNDONE]),
        AuditEvent.record_card_id.in_(session.scalars(old_cards).all()),
        AuditEvent.details["to_card"].as_integer() == card_id,
    )
