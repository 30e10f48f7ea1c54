"""The audit log as one reads it: names looked up at the moment they are shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor, AdministratorId, BranchId
from domain.administrators import Administrator
from domain.audit import AuditAct, AuditEvent, Concerning
from domain.audit_entries import AuditEntry, branch_names, entry, looked_up
from domain.errors import DomainError, NotFoundError
from domain.logins.timeline import concerns
from domain.permissions import Act, require
from domain.record_cards.employment import OFFICE_ZONE
from domain.record_cards.model import RecordCardId
from domain.slack_users import SlackUser

# What one workbook of the screen holds; the command line writes them all.
MOST_EXPORTED: Final = 50_000
_ROWS_AT_A_TIME: Final = 1_000
_DAY: Final = timedelta(days=1)
# Any day can be chosen; beyond these the calendar of datetime ends.
_DAYS: Final = (date(1970, 1, 1), date(9000, 1, 1))


class TooManyEventsError(DomainError):
    """More events than one workbook takes; a shorter period has fewer."""

    code = "too_many_events"

    def __init__(self) -> None:
        super().__init__(most=MOST_EXPORTED)


@dataclass(frozen=True)
class LogFilter:
    """Which events are meant; what is left out stands for all.

    Days are days in the Netherlands, both included.
    """

    branch_id: BranchId | None = None
    record_card_id: RecordCardId | None = None
    acts: frozenset[AuditAct] = frozenset()
    administrator_id: AdministratorId | None = None
    since: date | None = None
    until: date | None = None


EVERYTHING: Final = LogFilter()


@dataclass(frozen=True)
class KnownAdministrator:
    """Somebody who administers, or did, as Slack last called them."""

    administrator_id: AdministratorId
    name: str


def entries(
    session: Session, wanted: LogFilter = EVERYTHING, *, actor: Actor
) -> Iterator[AuditEntry]:
    """Every event that is meant, oldest first, read a thousand at a time."""
    require(actor, Act.SEE_AUDIT_LOG)
    query = looked_up().where(*_conditions(session, wanted)).order_by(AuditEvent.id)
    rows = session.execute(query.execution_options(yield_per=_ROWS_AT_A_TIME))
    names = branch_names(session)
    for row in rows:
        yield entry(row, names)


def page(
    session: Session,
    wanted: LogFilter,
    *,
    before: int | None = None,
    limit: int,
    actor: Actor,
) -> Sequence[AuditEntry]:
    """The events that are meant, newest first; `before` is the last id seen."""
    require(actor, Act.SEE_AUDIT_LOG)
    query = (
        looked_up().where(*_conditions(session, wanted)).order_by(AuditEvent.id.desc())
    )
    if before is not None:
        query = query.where(AuditEvent.id < before)
    names = branch_names(session)
    rows = session.execute(query.limit(limit))
    return [entry(row, names) for row in rows]


def count(session: Session, *, actor: Actor) -> int:
    """How many events there are."""
    require(actor, Act.SEE_AUDIT_LOG)
    return session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def count_exported(session: Session, wanted: LogFilter, *, actor: Actor) -> int:
    """How many events a workbook of these would have.

    Raises TooManyEventsError; nothing is counted beyond what a workbook takes.
    """
    require(actor, Act.SEE_AUDIT_LOG)
    met = (
        select(AuditEvent.id)
        .where(*_conditions(session, wanted))
        .limit(MOST_EXPORTED + 1)
    )
    number = session.scalar(select(func.count()).select_from(met.subquery())) or 0
    if number > MOST_EXPORTED:
        raise TooManyEventsError
    return number


def record_export(
    session: Session, wanted: LogFilter, number: int, *, actor: Actor, now: datetime
) -> None:
    """Write down that somebody takes so many of these events along."""
    require(actor, Act.SEE_AUDIT_LOG)
    about = Concerning(
        branch_id=wanted.branch_id,
        record_card_id=wanted.record_card_id,
        details={"count": number, **_codes(wanted)},
    )
    audit.record(session, AuditAct.AUDIT_LOG_EXPORTED, about, actor=actor, now=now)


def find_administrators(
    session: Session, part: str, *, limit: int, actor: Actor
) -> Sequence[KnownAdministrator]:
    """Who administers or did, with `part` in the name that Slack shows."""
    require(actor, Act.SEE_AUDIT_LOG)
    named = [_known(row) for row in session.execute(_administrators())]
    typed = part.strip().casefold()
    return [each for each in named if typed in each.name.casefold()][:limit]


def name_administrator(
    session: Session, administrator_id: AdministratorId, *, actor: Actor
) -> KnownAdministrator:
    """What somebody who administers, or did, is called. Raises NotFoundError."""
    require(actor, Act.SEE_AUDIT_LOG)
    query = _administrators().where(Administrator.id == administrator_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(kind="administrator")
    return _known(row)


def _administrators() -> Select[int, str, str]:
    return (
        select(Administrator.id, Administrator.user_id, SlackUser.display_name)
        .outerjoin(
            SlackUser,
            (SlackUser.team_id == Administrator.team_id)
            & (SlackUser.user_id == Administrator.user_id),
        )
        .order_by(Administrator.id)
    )


def _known(row: Any) -> KnownAdministrator:
    return KnownAdministrator(AdministratorId(row.id), row.display_name or row.user_id)


def _conditions(session: Session, wanted: LogFilter) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.branch_id is not None:
        conditions.append(AuditEvent.branch_id == wanted.branch_id)
    if wanted.record_card_id is not None:
        conditions.append(concerns(session, wanted.record_card_id))
    if wanted.acts:
        conditions.append(AuditEvent.act.in_(wanted.acts))
    if wanted.administrator_id is not None:
        conditions.append(AuditEvent.administrator_id == wanted.administrator_id)
    if wanted.since is not None:
        conditions.append(AuditEvent.at >= _midnight(_known_day(wanted.since)))
    if wanted.until is not None:
        conditions.append(AuditEvent.at < _midnight(_known_day(wanted.until) + _DAY))
    return conditions


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_ZONE)


def _known_day(day: date) -> date:
    earliest, latest = _DAYS
    return min(max(day, earliest), latest)


def _codes(wanted: LogFilter) -> dict[str, Any]:
    codes = {
        "acts": sorted(act.value for act in wanted.acts) or None,
        "administrator_id": wanted.administrator_id,
        "since": wanted.since.isoformat() if wanted.since else None,
        "until": wanted.until.isoformat() if wanted.until else None,
    }
    return {name: code for name, code in codes.items() if code is not None}
