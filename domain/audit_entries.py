"""Events of the audit log with the names of today for the ids that they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from domain.actor import ActorKind, Surface
from domain.administrators import Administrator
from domain.audit import AuditAct, AuditEvent
from domain.branches import Branch
from domain.logins.model import Login
from domain.record_cards.model import RecordCard
from domain.slack_users import SlackIdentity, SlackUser

_About: Final = aliased(Administrator)
_AboutUser: Final = aliased(SlackUser)
_OtherCard: Final = aliased(RecordCard)


@dataclass(frozen=True)
class AuditEntry:
    """One event; who and what it is about are None when it is about none.

    `administrator_name` is what Slack last called the administrator, `about_name` the
    one whom it is about. `other_number` is of the card that got moved data. Of an
    erased person there is neither number nor name.
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
    is_erased: bool = False
    about_name: str | None = None
    about_branches: Sequence[str] = ()
    other_number: str | None = None


def looked_up() -> Select[*tuple[Any, ...]]:
    """Events, each with what `entry` needs of it."""
    card_id = func.coalesce(AuditEvent.record_card_id, Login.record_card_id)
    return (
        select(
            AuditEvent,
            Administrator,
            SlackUser.display_name,
            Branch.name,
            RecordCard,
            _AboutUser.display_name,
            _About.user_id,
            _OtherCard,
        )
        .outerjoin(Administrator, Administrator.id == AuditEvent.administrator_id)
        .outerjoin(SlackUser, _is_same(SlackUser, Administrator))
        .outerjoin(Branch, Branch.id == AuditEvent.branch_id)
        .outerjoin(Login, Login.id == AuditEvent.login_id)
        .outerjoin(RecordCard, RecordCard.id == card_id)
        .outerjoin(_About, _is_about(_About.id, "administrator_id"))
        .outerjoin(_AboutUser, _is_same(_AboutUser, _About))
        .outerjoin(_OtherCard, _is_about(_OtherCard.id, "to_card"))
    )


def branch_names(session: Session) -> Mapping[int, str]:
    """What each branch is called."""
    return {row.id: row.name for row in session.execute(select(Branch.id, Branch.name))}


def entry(row: Row[*tuple[Any, ...]], names: Mapping[int, str]) -> AuditEntry:
    """What is told of a row of `looked_up`; `names` are of branches."""
    event, administrator, own_name, branch, card, about, about_id, other = row
    identity = None
    if administrator is not None:
        identity = SlackIdentity(administrator.team_id, administrator.user_id)
    is_erased = card is not None and card.erased_at is not None
    shown = None if is_erased else card
    # Of an export of the log it is whose events were looked for.
    has_about = event.act is not AuditAct.AUDIT_LOG_EXPORTED
    return AuditEntry(
        event_id=event.id,
        at=event.at,
        act=event.act,
        actor_kind=event.actor_kind,
        administrator=identity,
        administrator_name=own_name,
        surface=event.surface,
        branch_name=branch,
        number=shown.number if shown else None,
        person_name=shown.full_name if shown else None,
        run_id=event.run_id,
        details=event.details,
        is_erased=is_erased,
        about_name=(about or about_id) if has_about else None,
        about_branches=[
            names[each]
            for each in event.details.get("branch_ids") or ()
            if each in names
        ],
        other_number=other.number if other and not other.erased_at else None,
    )


def _is_same(user: Any, administrator: Any) -> ColumnElement[bool]:
    return and_(
        user.team_id == administrator.team_id, user.user_id == administrator.user_id
    )


def _is_about(key: Any, name: str) -> ColumnElement[bool]:
    met: ColumnElement[bool] = key == AuditEvent.details[name].as_integer()
    return met
