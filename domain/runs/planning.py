"""Whom a reset of a branch would meet, and who is left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from domain.actor import Actor, AdministratorId, BranchId
from domain.logins import states
from domain.logins.model import Login, LoginState, PasswordKind
from domain.logins.paging import Page, PageKey, of_branch, read_page
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.runs.model import RowState, Run, RunRow

# So long what was handed out before is surely still on its way to people.
RECENTLY: Final = timedelta(hours=24)


class ResetScope(StrEnum):
    """Whom a reset is for: those who never got in, or everybody of the branch."""

    NEVER_SIGNED_IN = "never_signed_in"
    WHOLE_BRANCH = "whole_branch"


class ResetLeftOut(StrEnum):
    """Why a login of the branch gets no new password."""

    HAS_SIGNED_IN = "has_signed_in"
    NEW = "new"
    SWITCHED_OFF = "switched_off"
    EMPLOYMENT_ENDED = "employment_ended"
    LOCKED = "locked"


LEFT_OUT_BY_STATE: Final[Mapping[LoginState, ResetLeftOut]] = {
    state: ResetLeftOut(state.value)
    for state in LoginState
    if state is not LoginState.ACTIVE
}


@dataclass(frozen=True)
class ResetChoice:
    """What HR chose: the scope, and which states besides active are taken along."""

    scope: ResetScope = ResetScope.NEVER_SIGNED_IN
    also: frozenset[LoginState] = field(default_factory=frozenset)

    @property
    def states(self) -> frozenset[LoginState]:
        """The states whose logins get a new password."""
        return self.also | {LoginState.ACTIVE}


@dataclass(frozen=True)
class ResetPlan:
    """What a reset would do.

    Of the `count` people whom it meets, `at_work` have a password of their own by
    now, and `again` were given a new one in the last day.
    """

    count: int
    at_work: int
    again: int
    left_out: Mapping[ResetLeftOut, int]


@dataclass(frozen=True)
class RecentReset:
    """The last task that gave people of a branch new passwords; `at` is its end."""

    started_by: AdministratorId
    at: datetime
    count: int


@dataclass(frozen=True)
class LeftOutPerson:
    """Somebody who is left out, as the list shows them."""

    login_id: int
    number: str
    name: str


def plan_reset(
    session: Session,
    branch_id: BranchId,
    choice: ResetChoice,
    *,
    actor: Actor,
    now: datetime,
) -> ResetPlan:
    """Count whom this choice meets; writes nothing, one statement."""
    require(actor, Act.RESET_PASSWORDS, branch_id)
    counted_as = states.counted_as(office_day(now))
    has_signed_in = (Login.sign_in_count > 0).label("has_signed_in")
    is_again = and_(
        Login.password_kind == PasswordKind.INITIAL,
        Login.password_set_at > now - RECENTLY,
    )
    rows = session.execute(
        select(counted_as, has_signed_in, func.count(), func.count(case((is_again, 1))))
        .select_from(Login)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(RecordCard.branch_id == branch_id)
        .group_by(counted_as, has_signed_in)
    ).all()
    count = at_work = again = 0
    left_out: dict[ResetLeftOut, int] = {}
    for state, signed_in, number, given_lately in rows:
        reason = _why_left_out(choice, state, has_signed_in=bool(signed_in))
        if reason is not None:
            left_out[reason] = left_out.get(reason, 0) + number
            continue
        count += number
        at_work += number if signed_in else 0
        again += given_lately
    return ResetPlan(count, at_work, again, left_out)


def recent_reset(
    session: Session, branch_id: BranchId, *, actor: Actor, now: datetime
) -> RecentReset | None:
    """The branch's last task of less than a day ago that changed anybody's password."""
    require(actor, Act.RESET_PASSWORDS, branch_id)
    last = session.execute(
        select(Run.started_by, Run.ended_at, func.count().label("number"))
        .join(RunRow, RunRow.run_id == Run.id)
        .where(
            Run.branch_id == branch_id,
            Run.ended_at > now - RECENTLY,
            RunRow.state == RowState.APPLIED,
        )
        .group_by(Run.id)
        .order_by(Run.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None or last.ended_at is None:
        return None
    return RecentReset(AdministratorId(last.started_by), last.ended_at, last.number)


def _why_left_out(
    choice: ResetChoice, state: LoginState, *, has_signed_in: bool
) -> ResetLeftOut | None:
    """The reason why a login is left out of this choice, or None: it is met."""
    if state not in choice.states:
        return LEFT_OUT_BY_STATE[state]
    if choice.scope is ResetScope.NEVER_SIGNED_IN and has_signed_in:
        return ResetLeftOut.HAS_SIGNED_IN
    return None


def list_left_out(
    session: Session,
    branch_id: BranchId,
    choice: ResetChoice,
    reason: ResetLeftOut,
    *,
    after: PageKey | None = None,
    limit: int,
    actor: Actor,
    now: datetime,
) -> Page[LeftOutPerson]:
    """Who is left out for this reason, by name, a page at a time."""
    require(actor, Act.RESET_PASSWORDS, branch_id)
    query = people().where(
        RecordCard.branch_id == branch_id,
        _left_out_for(choice, reason, office_day(now)),
    )
    here = of_branch(branch_id)
    return read_page(session, query, here, left_out_person, at=after, limit=limit)


def people() -> Select[*tuple[Any, ...]]:
    """The logins with their cards, for lists of who is left out."""
    return select(Login.id, RecordCard).join(
        RecordCard, RecordCard.id == Login.record_card_id
    )


def left_out_person(row: Any) -> LeftOutPerson:
    """A row of `people` as the list shows it."""
    card = row.RecordCard
    return LeftOutPerson(row.id, card.number, card.full_name)


def met_by(
    branch_id: BranchId, choice: ResetChoice, *, now: datetime
) -> Select[int, int]:
    """The logins (id, credential version) that this choice meets.

    Somebody who left is met with that group, also while the schedule has not
    closed the login yet.
    """
    state = states.counted_as(office_day(now))
    met = select(Login.id, Login.credential_version).join(
        RecordCard, RecordCard.id == Login.record_card_id
    )
    met = met.where(RecordCard.branch_id == branch_id, state.in_(choice.states))
    if choice.scope is ResetScope.NEVER_SIGNED_IN:
        met = met.where(Login.sign_in_count == 0)
    return met.order_by(RecordCard.name_key, RecordCard.id)


def _left_out_for(
    choice: ResetChoice, reason: ResetLeftOut, day: date
) -> ColumnElement[bool]:
    state = states.counted_as(day)
    if reason is ResetLeftOut.HAS_SIGNED_IN:
        return and_(state.in_(choice.states), Login.sign_in_count > 0)
    return and_(state == LoginState(reason.value), state.not_in(choice.states))
