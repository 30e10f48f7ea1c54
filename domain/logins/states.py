"""Bringing logins into another state: one way for every act that does it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, update
from sqlalchemy.orm import Session

from domain import audit, outbox
from domain.actor import Actor
from domain.audit import AuditAct
from domain.logins.model import Login, LoginId, LoginState
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.record_cards.register import employed_on

# What the rest of the office is told of logins that are locked no more.
UNLOCKED_NOTICE: Final = "logins_unlocked"


@dataclass(frozen=True)
class Transition:
    """Into which state, by what name in the log.

    `settles_end_date`: the schedule has no more to say about an employment that
    ended, until its end date changes.
    """

    state: LoginState
    act: AuditAct
    settles_end_date: bool


ACTIVATING: Final = Transition(
    LoginState.ACTIVE, AuditAct.LOGIN_ACTIVATED, settles_end_date=True
)
SWITCHING_OFF: Final = Transition(
    LoginState.SWITCHED_OFF, AuditAct.LOGIN_DEACTIVATED, settles_end_date=False
)
CLOSING: Final = Transition(
    LoginState.EMPLOYMENT_ENDED, AuditAct.LOGIN_CLOSED, settles_end_date=True
)


def counted_as(day: date) -> ColumnElement[LoginState]:
    """The state as HR is told it.

    Somebody who left counts as such from the day after, although the login is
    closed by the schedule in the night that follows.
    """
    return case(
        (is_to_be_closed(day), literal(LoginState.EMPLOYMENT_ENDED, Login.state.type)),
        else_=Login.state,
    )


def is_to_be_closed(day: date) -> ColumnElement[bool]:
    """The employment ended and the login was not closed for that end date yet."""
    return and_(
        ~employed_on(day),
        Login.state != LoginState.EMPLOYMENT_ENDED,
        Login.closed_for_end_on.is_distinct_from(RecordCard.end_on),
    )


def bring(
    session: Session,
    transition: Transition,
    *whom: ColumnElement[bool],
    of: Iterable[LoginState],
    limit: int,
    actor: Actor,
    now: datetime,
) -> list[LoginId]:
    """Bring some logins into another state, with an event for each; gives which.

    `whom` are conditions on login and record card, `of` the states they may be
    in. Links, codes and sessions die with the credential version.
    """
    changed: list[LoginId] = []
    for state in of:
        left = limit - len(changed)
        part = _bring_of(session, transition, whom, state, left, office_day(now))
        if not part:
            continue
        audit.record_selected(
            session,
            transition.act,
            subjects(part),
            details={"from": state.value},
            actor=actor,
            now=now,
        )
        if state is LoginState.LOCKED:
            outbox.queue(session, UNLOCKED_NOTICE, {"login_ids": part}, now=now)
        changed += part
        if len(changed) == limit:
            break
    return changed


def _bring_of(
    session: Session,
    transition: Transition,
    whom: Sequence[ColumnElement[bool]],
    state: LoginState,
    limit: int,
    day: date,
) -> list[LoginId]:
    some = (
        select(Login.id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(Login.state == state, *whom)
        .limit(limit)
    )
    # Held in one order by whoever changes many, so that no two wait for each other.
    held = (
        select(Login.id)
        .where(Login.id.in_(some), Login.state == state)
        .order_by(Login.id)
        .with_for_update()
    )
    values: dict[str, Any] = {
        "state": transition.state,
        "credential_version": Login.credential_version + 1,
    }
    if transition.settles_end_date:
        values["closed_for_end_on"] = func.coalesce(
            _end_before(day), Login.closed_for_end_on
        )
    changed = session.scalars(
        update(Login)
        .where(Login.id.in_(held))
        .values(values)
        .returning(Login.id)
        .execution_options(synchronize_session=False)
    )
    return [LoginId(login_id) for login_id in changed]


def _end_before(day: date) -> ColumnElement[date | None]:
    return (
        select(RecordCard.end_on)
        .where(RecordCard.id == Login.record_card_id, ~employed_on(day))
        .scalar_subquery()
    )


def subjects(login_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """What an audit event is about, for each of these logins."""
    return (
        select(RecordCard.branch_id, RecordCard.id, Login.id)
        .join(Login, Login.record_card_id == RecordCard.id)
        .where(Login.id.in_(login_ids))
        .order_by(Login.id)
    )
