"""Creating logins for the cards of a branch, and who gets none and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session

from domain import audit, branches
from domain.actor import Actor, BranchId
from domain.audit import AuditAct
from domain.database import insert_selected
from domain.errors import CountChangedError
from domain.logins import states
from domain.logins.eligibility import (
    LeftOutReason,
    address_is_in_use,
    address_is_shared,
    has_no_login,
    holder_number,
    rival_number,
    why_none,
)
from domain.logins.model import Login, LoginState, PasswordKind
from domain.logins.paging import Page, PageKey, of_branch, read_page
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard, RecordCardId, full_name
from domain.record_cards.register import employed_on, is_open

BATCH: Final = 500


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
    """Count what `create_logins` would do; writes nothing.

    Closed cards are nobody's any more, and count nowhere.
    """
    require(actor, Act.CREATE_LOGINS, branch_id)
    branches.get(session, branch_id, actor=actor)
    reason = why_none(office_day(now))
    rows = session.execute(
        select(reason, func.count())
        .where(RecordCard.branch_id == branch_id, is_open(), has_no_login(RecordCard))
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
        is_open(),
        has_no_login(RecordCard),
        why_none(office_day(now)) == reason.value,
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
        has_no_login(RecordCard),
        ~address_is_in_use(),
        ~address_is_shared(day),
    )


def _other_number(
    reason: LeftOutReason, day: date, actor: Actor
) -> ColumnElement[str | None]:
    if reason is LeftOutReason.ADDRESS_SHARED:
        return rival_number(day, actor)
    if reason is LeftOutReason.ADDRESS_IN_USE:
        return holder_number(actor)
    return literal(None, RecordCard.number.type)
