"""Activating the logins of a branch, and who is left and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from domain import branches
from domain.actor import Actor, BranchId
from domain.errors import CountChangedError, DomainError, NotFoundError
from domain.logins import states
from domain.logins.model import Login, LoginId, LoginState
from domain.logins.paging import Page, PageKey, of_branch, read_page
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard, full_name
from domain.record_cards.register import within_reach

BATCH: Final = 500
LEFT_UNLESS_TICKED: Final = (
    LoginState.SWITCHED_OFF,
    LoginState.EMPLOYMENT_ENDED,
    LoginState.LOCKED,
)


class StaleLoginError(DomainError):
    """Somebody changed the login after the screen was shown."""

    code = "stale_login"


@dataclass(frozen=True)
class ActivationPlan:
    """How many logins activating would activate, and how many it leaves, by state."""

    count: int
    left_out: Mapping[LoginState, int]


@dataclass(frozen=True)
class InactiveLogin:
    """A login that is left as it is."""

    login_id: LoginId
    number: str
    name: str
    state: LoginState


def plan_activation(
    session: Session,
    branch_id: BranchId,
    *,
    also: frozenset[LoginState] = frozenset(),
    actor: Actor,
    now: datetime,
) -> ActivationPlan:
    """Count what `activate_logins` would do; writes nothing."""
    require(actor, Act.ACTIVATE_LOGINS, branch_id)
    branches.get(session, branch_id, actor=actor)
    state = states.counted_as(office_day(now))
    rows = session.execute(
        select(state, func.count())
        .select_from(Login)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(RecordCard.branch_id == branch_id, state != LoginState.ACTIVE)
        .group_by(state)
    )
    counts = {LoginState(code): number for code, number in rows}
    wanted = _wanted(also)
    return ActivationPlan(
        count=sum(counts.get(state, 0) for state in wanted),
        left_out={s: n for s, n in counts.items() if s not in wanted},
    )


def activate_logins(
    session: Session,
    branch_id: BranchId,
    *,
    also: frozenset[LoginState] = frozenset(),
    expected_count: int | None = None,
    limit: int = BATCH,
    actor: Actor,
    now: datetime,
) -> int:
    """Activate one batch of logins; gives how many, 0 when all is done.

    Those that were never active (manual: "Maak werknemerslogins actief"), and
    each of the groups in `also`. Whoever presses at the same time waits for this
    batch and then finds its logins active. `expected_count` is what the dry run
    showed, for the first batch.
    Raises NotFoundError for a branch out of reach, CountChangedError when the
    number is another by now.
    """
    require(actor, Act.ACTIVATE_LOGINS, branch_id)
    branches.lock(session, branch_id, actor=actor)
    if expected_count is not None:
        plan = plan_activation(session, branch_id, also=also, actor=actor, now=now)
        if plan.count != expected_count:
            raise CountChangedError(count=plan.count)
    wanted = _wanted(also)
    # Somebody who left may be in any state until the schedule has been by.
    has_left = LoginState.EMPLOYMENT_ENDED in wanted
    activated = states.bring(
        session,
        states.ACTIVATING,
        RecordCard.branch_id == branch_id,
        states.counted_as(office_day(now)).in_(wanted),
        of=LoginState if has_left else sorted(wanted),
        limit=limit,
        actor=actor,
        now=now,
    )
    return len(activated)


def left_out_of_activation(
    session: Session,
    branch_id: BranchId,
    reason: LoginState,
    *,
    after: PageKey | None = None,
    limit: int,
    actor: Actor,
    now: datetime,
) -> Page[InactiveLogin]:
    """The logins that are left for this reason, by name, a page at a time."""
    require(actor, Act.ACTIVATE_LOGINS, branch_id)
    state = states.counted_as(office_day(now))
    query = (
        select(
            Login.id,
            RecordCard.number,
            RecordCard.first_name,
            RecordCard.prefix,
            RecordCard.last_name,
            state.label("state"),
        )
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(
            RecordCard.branch_id == branch_id,
            state != LoginState.ACTIVE,
            state == reason,
        )
    )
    here = of_branch(branch_id)
    return read_page(session, query, here, _inactive, at=after, limit=limit)


def set_active(
    session: Session,
    login_id: LoginId,
    active: bool,
    *,
    expected_version: int,
    actor: Actor,
    now: datetime,
) -> bool:
    """Tick or untick *Actief* on one login; gives whether that changed anything.

    Ticking also lifts a lock (tip 2 of the manual), and keeps the login of somebody
    who left. `expected_version` is the credential version that the screen was built
    from.
    Raises NotFoundError for a login out of reach, StaleLoginError when somebody
    changed it meanwhile.
    """
    act = Act.ACTIVATE_LOGINS if active else Act.DEACTIVATE_LOGIN
    require(actor, act)
    login = _hold(session, login_id, actor, now)
    require(actor, act, BranchId(login.branch_id))
    if (login.counted_as is LoginState.ACTIVE) == active:
        return False
    if login.credential_version != expected_version:
        raise StaleLoginError(login_id=login_id)
    states.bring(
        session,
        states.ACTIVATING if active else states.SWITCHING_OFF,
        Login.id == login_id,
        of=[login.state],
        limit=1,
        actor=actor,
        now=now,
    )
    return True


def _hold(
    session: Session, login_id: LoginId, actor: Actor, now: datetime
) -> Row[*tuple[Any, ...]]:
    held = session.execute(
        select(
            Login.state,
            states.counted_as(office_day(now)).label("counted_as"),
            Login.credential_version,
            RecordCard.branch_id,
        )
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(Login.id == login_id, within_reach(actor))
        .with_for_update(of=Login)
    ).one_or_none()
    if held is None:
        raise NotFoundError(kind="login")
    return held


def _wanted(also: frozenset[LoginState]) -> frozenset[LoginState]:
    return (also | {LoginState.NEW}) - {LoginState.ACTIVE}


def _inactive(row: Any) -> InactiveLogin:
    name = full_name(row.first_name, row.prefix, row.last_name)
    return InactiveLogin(row.id, row.number, name, row.state)
