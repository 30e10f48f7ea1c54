"""Creating logins for the cards of a branch, and who gets none and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    Case,
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session, aliased

from domain import audit, branches
from domain.actor import Actor, BranchId
from domain.audit import AuditAct
from domain.database import insert_selected
from domain.errors import CountChangedError
from domain.logins import states
from domain.logins.model import Login, LoginState, PasswordKind
from domain.logins.paging import Page, PageKey, of_branch, read_page
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard, RecordCardId, full_name
from domain.record_cards.register import employed_on, within_reach

BATCH: Final = 500


class LeftOutReason(StrEnum):
    """Why a card without login gets none."""

    NO_ADDRESS = "no_address"
    EMPLOYMENT_ENDED = "employment_ended"
    ADDRESS_SHARED = "address_shared"
    ADDRESS_IN_USE = "address_in_use"


@dataclass(frozen=True)
class CreationPlan:
    """How many logins creating would make, and how many cards it leaves out."""

    count: int
    left_out: Mapping[LeftOutReason, int]


@dataclass(frozen=True)
class CardWithoutLogin:
    """A card that is left out.

    `other_number` is the card that has the same address, as far as the actor
    may see it.
    """

    record_card_id: RecordCardId
    number: str
    name: str
    other_number: str | None


def plan_creation(
    session: Session, branch_id: BranchId, *, actor: Actor, now: datetime
) -> CreationPlan:
    """Count what `create_logins` would do; writes nothing."""
    require(actor, Act.CREATE_LOGINS, branch_id)
    branches.get(session, branch_id, actor=actor)
    reason = _reason(office_day(now))
    rows = session.execute(
        select(reason, func.count())
        .where(RecordCard.branch_id == branch_id, _has_no_login(RecordCard))
        .group_by(reason)
    )
    numbers: dict[str | None, int] = {row[0]: row[1] for row in rows}
    return CreationPlan(
        count=numbers.get(None, 0),
        left_out={LeftOutReason(code): n for code, n in numbers.items() if code},
    )


def create_logins(
    session: Session,
    branch_id: BranchId,
    *,
    expected_count: int | None = None,
    limit: int = BATCH,
    actor: Actor,
    now: datetime,
) -> int:
    """Create one batch of inactive logins; gives how many, 0 when all is done.

    One for each employed card of the branch that has an address and no login
    (manual: "Maak werknemerslogins aan"). Whoever presses at the same time
    waits for this batch and then finds its cards served. `expected_count` is what
    the dry run showed, for the first batch.
    Raises NotFoundError for a branch out of reach, CountChangedError when the
    number is another by now.
    """
    require(actor, Act.CREATE_LOGINS, branch_id)
    branches.lock(session, branch_id, actor=actor)
    if expected_count is not None:
        count = plan_creation(session, branch_id, actor=actor, now=now).count
        if count != expected_count:
            raise CountChangedError(count=count)
    day = office_day(now)
    created = _insert_batch(session, branch_id, day, limit, now)
    # An address that another branch's login took a moment ago is left at the
    # insert; asked again, its card is no candidate any more.
    while not created and _is_anybody_left(session, branch_id, day):
        created = _insert_batch(session, branch_id, day, limit, now)
    audit.record_selected(
        session,
        AuditAct.LOGIN_CREATED,
        states.subjects(created),
        actor=actor,
        now=now,
    )
    return len(created)


def left_out_of_creation(
    session: Session,
    branch_id: BranchId,
    reason: LeftOutReason,
    *,
    after: PageKey | None = None,
    limit: int,
    actor: Actor,
    now: datetime,
) -> Page[CardWithoutLogin]:
    """The cards that are left out for this reason, by name, a page at a time."""
    require(actor, Act.CREATE_LOGINS, branch_id)
    query = select(
        RecordCard.id,
        RecordCard.number,
        RecordCard.first_name,
        RecordCard.prefix,
        RecordCard.last_name,
        _other_number(reason, office_day(now), actor).label("other_number"),
    ).where(
        RecordCard.branch_id == branch_id,
        _has_no_login(RecordCard),
        _reason(office_day(now)) == reason.value,
    )
    here = of_branch(branch_id)
    return read_page(session, query, here, _card_without_login, at=after, limit=limit)


def _card_without_login(row: Any) -> CardWithoutLogin:
    name = full_name(row.first_name, row.prefix, row.last_name)
    return CardWithoutLogin(row.id, row.number, name, row.other_number)


def _insert_batch(
    session: Session, branch_id: BranchId, day: date, limit: int, now: datetime
) -> list[int]:
    batch = _candidates(branch_id, day).limit(limit).subquery()
    values = {
        "record_card_id": batch.c.id,
        "user_name": batch.c.email,
        "user_name_key": batch.c.email_key,
        "state": literal(LoginState.NEW, Login.state.type),
        "password_kind": literal(PasswordKind.NONE, Login.password_kind.type),
        "credential_version": literal(1),
        "sign_in_count": literal(0),
        "created_at": literal(now, Login.created_at.type),
    }
    # In one order everywhere, so that two branches never wait for each other.
    selected = select(*values.values()).order_by(batch.c.email_key)
    rows = insert_selected(
        session,
        Login,
        list(values),
        selected,
        returning=[Login.id],
    )
    return [row.id for row in rows]


def _is_anybody_left(session: Session, branch_id: BranchId, day: date) -> bool:
    return bool(session.scalar(select(_candidates(branch_id, day).exists())))


def _candidates(branch_id: BranchId, day: date) -> Select[*tuple[Any, ...]]:
    return select(RecordCard.id, RecordCard.email, RecordCard.email_key).where(
        RecordCard.branch_id == branch_id,
        RecordCard.email_key.is_not(None),
        employed_on(day),
        _has_no_login(RecordCard),
        ~_address_is_in_use(),
        ~_address_is_shared(day),
    )


def _reason(day: date) -> Case[str | None]:
    """Why a card without login gets none, or NULL for one that gets it."""
    return case(
        (~employed_on(day), LeftOutReason.EMPLOYMENT_ENDED.value),
        (RecordCard.email_key.is_(None), LeftOutReason.NO_ADDRESS.value),
        (_address_is_in_use(), LeftOutReason.ADDRESS_IN_USE.value),
        (_address_is_shared(day), LeftOutReason.ADDRESS_SHARED.value),
        else_=None,
    )


def _has_no_login(card: type[RecordCard]) -> ColumnElement[bool]:
    login = aliased(Login)
    return ~exists().where(login.record_card_id == card.id)


def _address_is_in_use() -> ColumnElement[bool]:
    login = aliased(Login)
    return exists().where(login.user_name_key == RecordCard.email_key)


def _address_is_shared(day: date) -> ColumnElement[bool]:
    other = aliased(RecordCard)
    return exists().where(_is_rival(other, day))


def _is_rival(other: type[RecordCard], day: date) -> ColumnElement[bool]:
    """Another card that could get a login by the same address."""
    return and_(
        other.email_key == RecordCard.email_key,
        other.id != RecordCard.id,
        employed_on(day, other),
        _has_no_login(other),
    )


def _other_number(
    reason: LeftOutReason, day: date, actor: Actor
) -> ColumnElement[str | None]:
    other = aliased(RecordCard)
    if reason is LeftOutReason.ADDRESS_SHARED:
        query = select(func.min(other.number)).where(_is_rival(other, day))
    elif reason is LeftOutReason.ADDRESS_IN_USE:
        query = (
            select(func.min(other.number))
            .join(Login, Login.record_card_id == other.id)
            .where(Login.user_name_key == RecordCard.email_key)
        )
    else:
        return literal(None, RecordCard.number.type)
    query = query.where(within_reach(actor, other)).correlate(RecordCard)
    return query.scalar_subquery()
