"""Why somebody is not erased yet: employed, or administering logins."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import Session

from domain.administrators import Administrator
from domain.errors import DomainError
from domain.privacy.persons import Person
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.record_cards.register import employed_on
from domain.sign_in.model import SlackLink


class StillEmployedError(DomainError):
    """Somebody who is employed is erased only when that is asked for."""

    code = "still_employed"


class StillAdministersError(DomainError):
    """Somebody who administers logins is dismissed first: a role has to be somebody's.

    `user_id` is who it is in Slack.
    """

    code = "still_administers"


def is_employed(session: Session, person: Person, now: datetime) -> bool:
    """Whether one of their cards is of somebody who is employed today."""
    query = select(RecordCard.id).where(
        RecordCard.id.in_(person.card_ids), employed_on(office_day(now))
    )
    return session.scalar(query.limit(1)) is not None


def forget_addresses_of_codes(session: Session, person: Person) -> None:
    """The address to which codes of a dismissed administrator went, who they were."""
    session.execute(
        update(Administrator)
        .where(Administrator.dismissed_at.is_not(None), _is_role_of(person))
        .values(email=None)
        .execution_options(synchronize_session=False)
    )


def administers(session: Session, person: Person) -> str | None:
    """Who this person is in Slack, while they administer logins; else None."""
    in_office = Administrator.dismissed_at.is_(None)
    query = select(Administrator.user_id).where(in_office, _is_role_of(person))
    return session.scalar(query.order_by(Administrator.id).limit(1))


def _is_role_of(person: Person) -> ColumnElement[bool]:
    """By the Slack account of the card, or by an address that is the card's too."""
    linked = exists().where(
        SlackLink.record_card_id.in_(person.card_ids),
        SlackLink.team_id == Administrator.team_id,
        SlackLink.user_id == Administrator.user_id,
    )
    addresses = select(RecordCard.email_key).where(RecordCard.id.in_(person.card_ids))
    return or_(linked, func.lower(Administrator.email).in_(addresses))
