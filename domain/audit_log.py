"""The audit log as one reads it: names looked up at the moment they are shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.actor import Actor, ActorKind, Surface
from domain.administrators import Administrator
from domain.audit import AuditAct, AuditEvent
from domain.branches import Branch
from domain.logins.model import Login
from domain.permissions import Act, require
from domain.record_cards.model import RecordCard
from domain.slack_users import SlackIdentity, SlackUser

_ROWS_AT_A_TIME: Final = 1_000


@dataclass(frozen=True)
class AuditEntry:
    """One event; who and what it is about are None when it is about none.

    `administrator_name` is what Slack last called the administrator.
    """

    event_id: int
    at: datetime
    act: AuditAct
    actor_kind: ActorKind
    administrator: SlackIdentity | None
    administrator_name: str | None
    surface: Surface
    branch_name: str | None
    number: str | None
    person_name: str | None
    run_id: int | None
    details: Mapping[str, Any]


def entries(session: Session, *, actor: Actor) -> Iterator[AuditEntry]:
    """Every event, oldest first, read a thousand at a time."""
    require(actor, Act.SEE_AUDIT_LOG)
    card_id = func.coalesce(AuditEvent.record_card_id, Login.record_card_id)
    rows = session.execute(
        select(AuditEvent, Administrator, SlackUser.display_name, Branch, RecordCard)
        .outerjoin(Administrator, Administrator.id == AuditEvent.administrator_id)
        .outerjoin(
            SlackUser,
            (SlackUser.team_id == Administrator.team_id)
            & (SlackUser.user_id == Administrator.user_id),
        )
        .outerjoin(Branch, Branch.id == AuditEvent.branch_id)
        .outerjoin(Login, Login.id == AuditEvent.login_id)
        .outerjoin(RecordCard, RecordCard.id == card_id)
        .order_by(AuditEvent.id)
        .execution_options(yield_per=_ROWS_AT_A_TIME)
    )
    for row in rows:
        yield _entry(*row)


def _entry(
    event: AuditEvent,
    administrator: Administrator | None,
    administrator_name: str | None,
    branch: Branch | None,
    card: RecordCard | None,
) -> AuditEntry:
    identity = None
    if administrator is not None:
        identity = SlackIdentity(administrator.team_id, administrator.user_id)
    return AuditEntry(
        event_id=event.id,
        at=event.at,
        act=event.act,
        actor_kind=event.actor_kind,
        administrator=identity,
        administrator_name=administrator_name,
        surface=event.surface,
        branch_name=branch.name if branch else None,
        number=card.number if card else None,
        person_name=card.full_name if card else None,
        run_id=event.run_id,
        details=event.details,
    )
