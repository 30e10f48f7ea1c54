"""The week of each branch: who got in, kept each Monday and told where it is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, literal, select
from sqlalchemy.orm import Session

from domain import branches, outbox
from domain.actor import Actor, BranchId
from domain.administrators import managers
from domain.branches import Branch
from domain.database import insert_selected
from domain.logins import states
from domain.logins.branch_weeks import BranchWeek
from domain.logins.model import Login, LoginState
from domain.permissions import Act, require
from domain.record_cards.employment import OFFICE_ZONE, office_day
from domain.record_cards.model import RecordCard, full_name
from domain.record_cards.register import employed_on, is_kept

# The outbox kind of the digest of one branch.
DIGEST: Final = "weekly_digest"
# The same for one manager, where the branch has no channel for it.
DIRECT: Final = "weekly_digest_direct"
TOLD_AT: Final = time(8)
WEEKS_TOLD: Final = 8
NAMED: Final = 15
KEPT_FOR: Final = timedelta(days=366)
# Later it would say of Monday what is so by now.
_NOT_LATER_THAN: Final = timedelta(days=2)


@dataclass(frozen=True)
class Week:
    """On one Monday: how many had a login, and how many of them had got in."""

    monday: date
    login_count: int
    signed_in_count: int


@dataclass(frozen=True)
class NeverSignedIn:
    """Somebody with an active login who never got in."""

    name: str
    number: str


@dataclass(frozen=True)
class BranchWeeks:
    """What the digest tells of a branch; `named` are the first of `never_count`."""

    branch_id: BranchId
    branch_name: str
    weeks: Sequence[Week]
    named: Sequence[NeverSignedIn]
    never_count: int


def due_monday(now: datetime) -> date:
    """The latest Monday on which it was 08:00 on the office's clock."""
    local = now.astimezone(OFFICE_ZONE)
    monday = local.date() - timedelta(days=local.weekday())
    is_too_early = local < datetime.combine(monday, TOLD_AT, OFFICE_ZONE)
    return monday - timedelta(days=7) if is_too_early else monday


def close_week(session: Session, *, actor: Actor, now: datetime) -> int:
    """Keep how every branch stands, and queue the digests; gives how many branches.

    A branch's Monday is kept once, and its digest is queued in the same
    transaction, so that it goes out once however often this is done.
    """
    require(actor, Act.SEND_DIGESTS)
    monday = due_monday(now)
    begun_at = datetime.combine(monday, TOLD_AT, OFFICE_ZONE)
    if now > begun_at + _NOT_LATER_THAN:
        return 0
    kept = insert_selected(
        session,
        BranchWeek,
        ["branch_id", "monday", "login_count", "signed_in_count"],
        _standing(monday, office_day(now)),
        returning=[BranchWeek.branch_id],
    )
    told = session.scalars(
        select(Branch.id).where(
            Branch.weekly_digest, Branch.id.in_([row.branch_id for row in kept])
        )
    )
    for branch_id in told:
        digest = {"branch_id": branch_id, "monday": monday.isoformat()}
        until = now + _NOT_LATER_THAN
        outbox.queue(session, DIGEST, digest, expires_at=until, now=now)
    return len(kept)


def tell_managers(
    session: Session, payload: Mapping[str, Any], *, actor: Actor, now: datetime
) -> int:
    """Queue a digest for each manager instead; gives how many.

    `payload` is that of the digest, with what they are to be told besides.
    """
    require(actor, Act.SEND_DIGESTS)
    told = managers(session)
    for manager in told:
        whom = {"team_id": manager.team_id, "user_id": manager.user_id}
        until = now + _NOT_LATER_THAN
        outbox.queue(session, DIRECT, {**payload, **whom}, expires_at=until, now=now)
    return len(told)


def read(
    session: Session, branch_id: BranchId, monday: date, *, actor: Actor, now: datetime
) -> BranchWeeks:
    """What the digest of that Monday tells, the weeks from old to new.

    Weeks of which nothing is known are left out. Raises NotFoundError for a branch
    that is gone.
    """
    require(actor, Act.SEND_DIGESTS, branch_id)
    branch = branches.get(session, branch_id, actor=actor)
    since = monday - timedelta(weeks=WEEKS_TOLD - 1)
    weeks = session.scalars(
        select(BranchWeek)
        .where(
            BranchWeek.branch_id == branch_id, BranchWeek.monday.between(since, monday)
        )
        .order_by(BranchWeek.monday)
    )
    never = _never_signed_in(branch_id, office_day(now))
    count = session.scalar(select(func.count()).select_from(never.subquery())) or 0
    named = session.execute(
        never.order_by(RecordCard.name_key, RecordCard.id).limit(NAMED)
    )
    return BranchWeeks(
        branch_id,
        branch.name,
        [Week(week.monday, week.login_count, week.signed_in_count) for week in weeks],
        [
            NeverSignedIn(
                full_name(row.first_name, row.prefix, row.last_name), row.number
            )
            for row in named
        ],
        count,
    )


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop weeks of more than a year ago, and end digests that came too late."""
    before = office_day(now) - KEPT_FOR
    session.execute(delete(BranchWeek).where(BranchWeek.monday < before))
    outbox.end_expired(session, (DIGEST, DIRECT), now=now)


def _standing(monday: date, day: date) -> Select[*tuple[Any, ...]]:
    """Of who is employed that day and may sign in, or could but for a lockout."""
    has_login = and_(
        employed_on(day), Login.state.in_([LoginState.ACTIVE, LoginState.LOCKED])
    )
    return (
        select(
            Branch.id,
            literal(monday, BranchWeek.monday.type),
            _count(has_login),
            _count(and_(has_login, Login.sign_in_count > 0)),
        )
        .select_from(Branch)
        .outerjoin(RecordCard, and_(RecordCard.branch_id == Branch.id, is_kept()))
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .group_by(Branch.id)
        .order_by(Branch.id)
    )


def _never_signed_in(branch_id: BranchId, day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            RecordCard.first_name,
            RecordCard.prefix,
            RecordCard.last_name,
            RecordCard.number,
        )
        .join(Login, Login.record_card_id == RecordCard.id)
        .where(
            RecordCard.branch_id == branch_id,
            is_kept(),
            states.counted_as(day) == LoginState.ACTIVE,
            Login.sign_in_count == 0,
        )
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
