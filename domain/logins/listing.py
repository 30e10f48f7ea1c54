"""The logins of a branch: counted, paged, and one by one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.branches import Branch
from domain.errors import NotFoundError
from domain.logins import states
from domain.logins.model import (
    INACTIVE_STATES,
    Login,
    LoginId,
    LoginState,
    PasswordKind,
    SecondFactor,
)
from domain.logins.paging import Page, PageKey, of_branch, read_page
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard, RecordCardId, full_name
from domain.record_cards.register import (
    employed_on,
    is_kept,
    is_open,
    within_reach,
)

PAGE: Final = 10


@dataclass(frozen=True)
class BranchCounts:
    """What the branch screen counts; closed cards count nowhere.

    `cards`, `without_email` and `without_login` are of people who are employed
    today, `no_longer_employed` is the cards of the others. The rest counts logins,
    those of people who left included: `never_signed_in` whatever their state;
    `inactive` is new, switched off or of somebody who left, whether the schedule
    has closed it yet or not.
    """

    cards: int
    without_email: int
    without_login: int
    inactive: int
    never_signed_in: int
    active: int
    locked: int
    no_longer_employed: int


@dataclass(frozen=True)
class LoginLine:
    """One login as a list shows it; `state` as HR is told it."""

    login_id: LoginId
    name: str
    number: str
    user_name: str
    state: LoginState
    sign_in_count: int
    password_kind: PasswordKind
    initial_password_expires_at: datetime | None


@dataclass(frozen=True)
class LoginDetails(LoginLine):
    """One login as its own screen shows it; `second_factor` is of own choice."""

    branch_id: BranchId
    branch_name: str
    record_card_id: RecordCardId
    last_sign_in_at: datetime | None
    credential_version: int
    second_factor: SecondFactor
    second_factor_required: bool


LoginPage = Page[LoginLine]


def counts(
    session: Session, branch_id: BranchId, *, actor: Actor, now: datetime
) -> BranchCounts:
    """Count the cards and logins of a branch, in one statement.

    Raises NotFoundError for a branch out of reach.
    """
    require(actor, Act.SEE_LOGINS, branch_id)
    day = office_day(now)
    state = states.counted_as(day)
    is_employed = and_(RecordCard.id.is_not(None), employed_on(day))
    row = session.execute(
        select(
            _number_of(is_employed),
            _number_of(and_(is_employed, RecordCard.email_key.is_(None))),
            _number_of(and_(is_employed, Login.id.is_(None))),
            _number_of(state.in_(INACTIVE_STATES)),
            _number_of(Login.sign_in_count == 0),
            _number_of(state == LoginState.ACTIVE),
            _number_of(state == LoginState.LOCKED),
            _number_of(and_(RecordCard.id.is_not(None), is_open(), ~employed_on(day))),
        )
        .select_from(Branch)
        .outerjoin(RecordCard, and_(RecordCard.branch_id == Branch.id, is_kept()))
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .where(Branch.id == branch_id)
        .group_by(Branch.id)
    ).one_or_none()
    if row is None:
        raise NotFoundError(kind="branch")
    return BranchCounts(*row)


def page(
    session: Session,
    branch_id: BranchId,
    *,
    at: PageKey | None = None,
    backwards: bool = False,
    limit: int = PAGE,
    actor: Actor,
    now: datetime,
) -> LoginPage:
    """The logins of a branch by name, a page at a time, in one statement.

    `at` is the `next` of the page before, or with `backwards` the `previous` of the
    page after. Raises NotFoundError for a branch out of reach.
    """
    require(actor, Act.SEE_LOGINS, branch_id)
    query = _lines(now).where(RecordCard.branch_id == branch_id, is_kept())
    return read_page(
        session,
        query,
        of_branch(branch_id),
        _line,
        at=at,
        backwards=backwards,
        limit=limit,
    )


def locked(
    session: Session,
    branch_id: BranchId,
    *,
    at: PageKey | None = None,
    backwards: bool = False,
    limit: int = PAGE,
    actor: Actor,
    now: datetime,
) -> LoginPage:
    """Like `page`, of the locked logins only."""
    require(actor, Act.SEE_LOGINS, branch_id)
    state = states.counted_as(office_day(now))
    query = _lines(now).where(
        RecordCard.branch_id == branch_id, state == LoginState.LOCKED
    )
    return read_page(
        session,
        query,
        of_branch(branch_id),
        _line,
        at=at,
        backwards=backwards,
        limit=limit,
    )


def get(
    session: Session, login_id: LoginId, *, actor: Actor, now: datetime
) -> LoginDetails:
    """One login within the actor's reach.

    Raises NotFoundError otherwise, the same for a foreign login as for none.
    """
    require(actor, Act.SEE_LOGINS)
    row = session.execute(
        _lines(now)
        .add_columns(
            Branch.id.label("branch_id"),
            Branch.name.label("branch_name"),
            Login.record_card_id,
            Login.last_sign_in_at,
            Login.credential_version,
            Login.second_factor,
            Branch.second_factor_required,
        )
        .join(Branch, Branch.id == RecordCard.branch_id)
        .where(Login.id == login_id, within_reach(actor))
    ).one_or_none()
    if row is None:
        raise NotFoundError(kind="login")
    return LoginDetails(
        **vars(_line(row)),
        branch_id=row.branch_id,
        branch_name=row.branch_name,
        record_card_id=row.record_card_id,
        last_sign_in_at=row.last_sign_in_at,
        credential_version=row.credential_version,
        second_factor=row.second_factor,
        second_factor_required=row.second_factor_required,
    )


def find_of_card(
    session: Session, card_id: RecordCardId, *, actor: Actor
) -> LoginId | None:
    """The login of a card within the actor's reach, or None where it has none."""
    require(actor, Act.SEE_LOGINS)
    found = session.scalar(
        select(Login.id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(RecordCard.id == card_id, within_reach(actor))
    )
    return None if found is None else LoginId(found)


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _lines(now: datetime) -> Select[*tuple[Any, ...]]:
    return select(
        Login.id.label("login_id"),
        RecordCard.first_name,
        RecordCard.prefix,
        RecordCard.last_name,
        RecordCard.number,
        Login.user_name,
        states.counted_as(office_day(now)).label("state"),
        Login.sign_in_count,
        Login.password_kind,
        Login.initial_password_expires_at,
    ).join(RecordCard, RecordCard.id == Login.record_card_id)


def _line(row: Any) -> LoginLine:
    return LoginLine(
        login_id=row.login_id,
        name=full_name(row.first_name, row.prefix, row.last_name),
        number=row.number,
        user_name=row.user_name,
        state=row.state,
        sign_in_count=row.sign_in_count,
        password_kind=row.password_kind,
        initial_password_expires_at=row.initial_password_expires_at,
    )
