"""What happened to one login, newest first; ids and codes, worded elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.actor import Actor, ActorKind, Surface
from domain.administrators import Administrator
from domain.audit import AuditAct, AuditEvent
from domain.errors import NotFoundError
from domain.logins.model import Login, LoginId
from domain.permissions import Act, require
from domain.record_cards.model import RecordCard
from domain.record_cards.register import within_reach
from domain.slack_users import SlackIdentity


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened; `administrator` is None when nobody in Slack did it."""

    event_id: int
    at: datetime
    act: AuditAct
    actor_kind: ActorKind
    administrator: SlackIdentity | None
    surface: Surface
    details: Mapping[str, Any]


def timeline(
    session: Session,
    login_id: LoginId,
    *,
    before: int | None = None,
    limit: int = 20,
    actor: Actor,
) -> list[TimelineEntry]:
    """What happened to a login, newest first; `before` is the last event id seen.

    Raises NotFoundError for a login out of reach.
    """
    require(actor, Act.SEE_TIMELINE)
    _require_within_reach(session, login_id, actor)
    query = (
        select(AuditEvent, Administrator.team_id, Administrator.user_id)
        .outerjoin(Administrator, Administrator.id == AuditEvent.administrator_id)
        .where(AuditEvent.login_id == login_id)
        .order_by(AuditEvent.id.desc())
    )
    if before is not None:
        query = query.where(AuditEvent.id < before)
    rows = session.execute(query.limit(limit))
    return [_entry(event, team_id, user_id) for event, team_id, user_id in rows]


def _require_within_reach(session: Session, login_id: LoginId, actor: Actor) -> None:
    found = session.scalar(
        select(Login.id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(Login.id == login_id, within_reach(actor))
    )
    if found is None:
        raise NotFoundError(kind="login")


def _entry(
    event: AuditEvent, team_id: str | None, user_id: str | None
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
    )
