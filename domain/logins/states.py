"""Bringing logins into another state: one way for every act that does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, literal, select, update
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor, BranchId
from domain.audit import AuditAct
from domain.logins.model import Login, LoginId, LoginState
from domain.record_cards.employment import is_employed, office_day
from domain.record_cards.model import RecordCard, RecordCardId
from domain.record_cards.register import employed_on


@dataclass(frozen=True)
class LoginStanding:
    """What must be known of a login to bring it into another state."""

    login_id: LoginId
    record_card_id: RecordCardId
    branch_id: BranchId
    state: LoginState
    credential_version: int
    end_on: date | None


def standings() -> Select[*tuple[Any, ...]]:
    """The columns of `LoginStanding`, to be narrowed down by the caller."""
    return select(
        Login.id,
        Login.record_card_id,
        RecordCard.branch_id,
        Login.state,
        Login.credential_version,
        RecordCard.end_on,
    ).join(RecordCard, RecordCard.id == Login.record_card_id)


def hold(
    session: Session, query: Select[*tuple[Any, ...]], limit: int
) -> list[LoginStanding]:
    """Some of these logins, held until the transaction ends, in one order always."""
    held = query.order_by(Login.id).limit(limit).with_for_update(of=Login)
    return [LoginStanding(*row) for row in session.execute(held)]


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


def activate(
    session: Session, held: Sequence[LoginStanding], *, actor: Actor, now: datetime
) -> None:
    """Let these logins sign in, and have them keep that until another end date."""
    _change(session, held, LoginState.ACTIVE)
    day = office_day(now)
    _close_for_end_date(
        session, [login for login in held if not is_employed(login.end_on, day)]
    )
    _record(session, AuditAct.LOGIN_ACTIVATED, held, actor, now)


def switch_off(
    session: Session, held: Sequence[LoginStanding], *, actor: Actor, now: datetime
) -> None:
    """Let these logins sign in no more, because an administrator says so."""
    _change(session, held, LoginState.SWITCHED_OFF)
    _record(session, AuditAct.LOGIN_DEACTIVATED, held, actor, now)


def close(
    session: Session, held: Sequence[LoginStanding], *, actor: Actor, now: datetime
) -> None:
    """Let these logins sign in no more, because the employment ended."""
    _change(session, held, LoginState.EMPLOYMENT_ENDED)
    _close_for_end_date(session, held)
    _record(session, AuditAct.LOGIN_CLOSED, held, actor, now)


def _change(session: Session, held: Sequence[LoginStanding], state: LoginState) -> None:
    if not held:
        return
    session.execute(
        update(Login)
        .where(Login.id.in_([login.login_id for login in held]))
        .values(state=state, credential_version=Login.credential_version + 1)
        .execution_options(synchronize_session=False)
    )


def _close_for_end_date(session: Session, held: Sequence[LoginStanding]) -> None:
    if not held:
        return
    end_on = (
        select(RecordCard.end_on)
        .where(RecordCard.id == Login.record_card_id)
        .scalar_subquery()
    )
    session.execute(
        update(Login)
        .where(Login.id.in_([login.login_id for login in held]))
        .values(closed_for_end_on=end_on)
        .execution_options(synchronize_session=False)
    )


def _record(
    session: Session,
    act: AuditAct,
    held: Sequence[LoginStanding],
    actor: Actor,
    now: datetime,
) -> None:
    for state, logins in groupby(sorted(held, key=_state), key=_state):
        audit.record_selected(
            session,
            act,
            subjects([login.login_id for login in logins]),
            details={"from": state.value},
            actor=actor,
            now=now,
        )


def _state(login: LoginStanding) -> LoginState:
    return login.state


def subjects(login_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """What an audit event is about, for each of these logins."""
    return (
        select(RecordCard.branch_id, RecordCard.id, Login.id)
        .join(Login, Login.record_card_id == RecordCard.id)
        .where(Login.id.in_(login_ids))
        .order_by(Login.id)
    )
