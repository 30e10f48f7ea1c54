"""Which record cards can have a login, and why the others can't: SQL conditions."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Case, ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.logins.model import Login
from domain.record_cards.model import RecordCard
from domain.record_cards.register import employed_on, is_open, within_reach


class LeftOutReason(StrEnum):
    """Why a card without login gets none."""

    DATA_MOVED = "data_moved"
    NO_ADDRESS = "no_address"
    EMPLOYMENT_ENDED = "employment_ended"
    ADDRESS_SHARED = "address_shared"
    ADDRESS_IN_USE = "address_in_use"


def why_none(day: date) -> Case[str | None]:
    """Why a card without login gets none, or NULL for one that gets it."""
    return case(
        (~is_open(), LeftOutReason.DATA_MOVED.value),
        (~employed_on(day), LeftOutReason.EMPLOYMENT_ENDED.value),
        (RecordCard.email_key.is_(None), LeftOutReason.NO_ADDRESS.value),
        (address_is_in_use(), LeftOutReason.ADDRESS_IN_USE.value),
        (address_is_shared(day), LeftOutReason.ADDRESS_SHARED.value),
        else_=None,
    )


def has_no_login(card: type[RecordCard]) -> ColumnElement[bool]:
    """The SQL condition that a card has no login."""
    login = aliased(Login)
    return ~exists().where(login.record_card_id == card.id)


def address_is_in_use() -> ColumnElement[bool]:
    """Whether a login has the address as its user name."""
    login = aliased(Login)
    return exists().where(login.user_name_key == RecordCard.email_key)


def address_is_shared(day: date) -> ColumnElement[bool]:
    """Whether another card could get a login by the same address."""
    other = aliased(RecordCard)
    return exists().where(_is_rival(other, day))


def _is_rival(other: type[RecordCard], day: date) -> ColumnElement[bool]:
    """Another card that could get a login by the same address."""
    return and_(
        other.email_key == RecordCard.email_key,
        other.id != RecordCard.id,
        employed_on(day, other),
        has_no_login(other),
    )


def rival_number(day: date, actor: Actor) -> ColumnElement[str | None]:
    """The number of a card that shares the address, within the actor's reach."""
    other = aliased(RecordCard)
    query = select(func.min(other.number)).where(
        _is_rival(other, day), within_reach(actor, other)
    )
    return query.correlate(RecordCard).scalar_subquery()


def holder_number(actor: Actor) -> ColumnElement[str | None]:
    """The number of the card whose login uses the address, within reach."""
    other = aliased(RecordCard)
    login = aliased(Login)
    query = (
        select(func.min(other.number))
        .join(login, login.record_card_id == other.id)
        .where(login.user_name_key == RecordCard.email_key, within_reach(actor, other))
    )
    return query.correlate(RecordCard).scalar_subquery()
