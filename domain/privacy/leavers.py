"""Forgetting people some time after they left."""

from datetime import date, datetime, time
from typing import Final

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from domain.actor import Actor
from domain.logins.model import Login, LoginState
from domain.permissions import Act, require
from domain.privacy import erasing, persons
from domain.record_cards.employment import OFFICE_ZONE
from domain.record_cards.model import RecordCard

BATCH: Final = 50
_STILL_USED: Final = (LoginState.ACTIVE, LoginState.LOCKED)


def erase_leavers(
    session: Session, before: date, *, limit: int = BATCH, actor: Actor, now: datetime
) -> int:
    """Erase some cards of people who left before that day; how many, 0 at the end.

    And closed ones whose data moved to another card before it, or to a card that is
    erased by now. A login that somebody activated again after the end keeps its card.
    A card that somebody changes at this moment is passed over until the next night.
    """
    require(actor, Act.ERASE_PERSONS)
    morning = datetime.combine(before, time(), OFFICE_ZONE)
    is_used = exists().where(
        Login.record_card_id == RecordCard.id, Login.state.in_(_STILL_USED)
    )
    has_left = and_(RecordCard.moved_to_card_id.is_(None), RecordCard.end_on < before)
    successor = aliased(RecordCard)
    has_no_heir = exists().where(
        successor.id == RecordCard.moved_to_card_id, successor.erased_at.is_not(None)
    )
    query = (
        select(RecordCard.id)
        .where(
            RecordCard.erased_at.is_(None),
            or_(has_left, RecordCard.closed_at < morning, has_no_heir),
            ~is_used,
        )
        .order_by(RecordCard.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    cards = session.scalars(query).all()
    person = persons.of_cards(session, cards)
    erasing.forget(session, person, actor=actor, now=now)
    return len(cards)
