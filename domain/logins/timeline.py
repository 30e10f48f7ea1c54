"""What happened to one person, newest first; ids and codes, worded elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from domain.actor import Actor, ActorKind, Surface
from domain.administrators import Administrator
from domain.audit import AuditAct, AuditEvent
from domain.errors import NotFoundError
from domain.logins import moves
from domain.logins.model import Login, LoginId
from domain.permissions import Act, require
from domain.record_cards import register
from domain.record_cards.model import RecordCard, RecordCardId
from domain.record_cards.register import within_reach
from domain.slack_users import SlackIdentity


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened; `administrator` is None when nobody in Slack did it.

    `run_id` is the run that it is of. `came_here` is true for a move of another
    card's data to this one, and for undoing it.
    """

    event_id: int
    at: datetime
    act: AuditAct
    actor_kind: ActorKind
    administrator: SlackIdentity | None
    surface: Surface
    details: Mapping[str, Any]
    run_id: int | None = None
    came_here: bool = False


def timeline(
    session: Session,
    login_id: LoginId,
    *,
    before: int | None = None,
    limit: int = 20,
    actor: Actor,
) -> list[TimelineEntry]:
    """What happened to a login and its card, newest first.

    `before` is the last event id seen. Raises NotFoundError for a login out of reach.
    """
    require(actor, Act.SEE_TIMELINE)
    card_id = _card_within_reach(session, login_id, actor)
    return _read(session, card_id, before, limit)


def card_timeline(
    session: Session,
    card_id: RecordCardId,
    *,
    before: int | None = None,
    limit: int = 20,
    actor: Actor,
) -> list[TimelineEntry]:
    """What happened to a card, to the login that hangs on it, and in moves about it.

    `before` is the last event id seen. Raises NotFoundError for a card out of reach.
    """
    require(actor, Act.SEE_TIMELINE)
    register.get(session, card_id, actor=actor)
    return _read(session, card_id, before, limit)


def _card_within_reach(
    session: Session, login_id: LoginId, actor: Actor
) -> RecordCardId:
    found = session.scalar(
        select(RecordCard.id)
        .join(Login, Login.record_card_id == RecordCard.id)
        .where(Login.id == login_id, within_reach(actor))
    )
    if found is None:
        raise NotFoundError(kind="login")
    return RecordCardId(found)


def concerns(session: Session, card_id: RecordCardId) -> ColumnElement[bool]:
    """The SQL condition that an event is of a card, its login, or a move about it."""
    # Single values, each found by its index: PostgreSQL reads the whole log for an OR
    # with lists that are still to be looked up.
    login = select(Login.id).where(Login.record_card_id == card_id).scalar_subquery()
    return or_(
        AuditEvent.record_card_id == card_id,
        AuditEvent.login_id == login,
        moves.is_about(session, card_id),
    )


def _read(
    session: Session, card_id: RecordCardId, before: int | None, limit: int
) -> list[TimelineEntry]:
    query = (
        select(AuditEvent, Administrator.team_id, Administrator.user_id)
        .outerjoin(Administrator, Administrator.id == AuditEvent.administrator_id)
        .where(concerns(session, card_id))
        .order_by(AuditEvent.id.desc())
    )
    if before is not None:
        query = query.where(AuditEvent.id < before)
    return [_entry(*row, card_id) for row in session.execute(query.limit(limit))]


def _entry(
    event: AuditEvent,
    team_id: str | None,
    user_id: str | None,
    card_id: RecordCardId,
) -> TimelineEntry:
    identity = SlackIdentity(team_id, user_id) if team_id and user_id else None
    return TimelineEntry(
        event_id=event.id,
        at=event.at,
        act=event.act,
        actor_kind=event.actor_kind,
        administrator=identity,
        surface=event.surface,
        details=event.details,
        run_id=event.run_id,
        came_here=event.details.get("to_card") == card_id,
    )
