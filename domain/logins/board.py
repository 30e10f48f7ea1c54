"""How far each branch is with its logins, and the one thing to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.branches import Branch
from domain.logins import states
from domain.logins.eligibility import why_none
from domain.logins.model import INACTIVE_STATES, Login, LoginState
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.record_cards.register import employed_on, is_kept


class NextStep(StrEnum):
    """What a branch needs next, in the order in which it is asked.

    First what can be done at once, then what waits for other people: a single
    missing address would otherwise hide forty people who can have a login. Who was
    handed something and does not sign in waits for nobody but themselves, and comes
    last.
    """

    IMPORT = "import"
    CREATE = "create"
    ACTIVATE = "activate"
    SHOW_LOCKED = "show_locked"
    HAND_OUT = "hand_out"
    ADD_ADDRESSES = "add_addresses"
    READY = "ready"


# What comes below the branches in which somebody waits.
_LAST: Final = {NextStep.IMPORT: 1, NextStep.READY: 2}


@dataclass(frozen=True)
class BranchState:
    """What the board tells of one branch; `next_step` is the one thing to do.

    `without_email` and `without_login` are of people who are employed today, as on
    the branch screen; `never_signed_in` is of active logins, who could have.
    """

    branch_id: BranchId
    name: str
    cards: int
    without_email: int
    without_login: int
    inactive: int
    never_signed_in: int
    active: int
    locked: int
    next_step: NextStep


def read(session: Session, *, actor: Actor, now: datetime) -> Sequence[BranchState]:
    """All branches within reach, in one statement; those that need something first."""
    require(actor, Act.SEE_LOGINS)
    query = _counted(office_day(now))
    if not actor.reaches_every_branch:
        query = query.where(Branch.id.in_(actor.branch_ids))
    found = [_state_of(row) for row in session.execute(query)]
    return sorted(found, key=lambda branch: _LAST.get(branch.next_step, 0))


def next_step(
    *,
    kept: int,
    creatable: int,
    new: int,
    locked: int,
    empty_handed: int,
    without_email: int,
    never_signed_in: int,
) -> NextStep:
    """The first step for which there is anybody; numbers of people.

    `kept` counts all record cards, also of who left; without any there is nobody.
    `empty_handed` are those of `never_signed_in` who were never handed anything.
    """
    if not kept:
        return NextStep.IMPORT
    asked = (
        (NextStep.CREATE, creatable),
        (NextStep.ACTIVATE, new),
        (NextStep.SHOW_LOCKED, locked),
        (NextStep.HAND_OUT, empty_handed),
        (NextStep.ADD_ADDRESSES, without_email),
        (NextStep.HAND_OUT, never_signed_in),
    )
    return next((step for step, count in asked if count), NextStep.READY)


def _counted(day: date) -> Select[*tuple[Any, ...]]:
    """Each branch by name, with its people of that day counted."""
    state = states.counted_as(day)
    is_employed = and_(RecordCard.id.is_not(None), employed_on(day))
    has_none = and_(is_employed, Login.id.is_(None))
    waits = and_(state == LoginState.ACTIVE, Login.sign_in_count == 0)
    return (
        select(
            Branch.id,
            Branch.name,
            func.count(RecordCard.id).label("kept"),
            _count(is_employed).label("cards"),
            _count(is_employed, RecordCard.email_key.is_(None)).label("without_email"),
            _count(has_none).label("without_login"),
            _count(has_none, RecordCard.email_key.is_(None)).label("addressless"),
            _count(state.in_(INACTIVE_STATES)).label("inactive"),
            _count(waits).label("waits"),
            _count(waits, Login.password_set_at.is_(None)).label("empty_handed"),
            _count(state == LoginState.ACTIVE).label("active"),
            _count(state == LoginState.LOCKED).label("locked"),
            _count(state == LoginState.NEW).label("new"),
            # Asked of who has no login only: it looks for others with that address.
            func.count(case((has_none, case((why_none(day).is_(None), 1))))).label(
                "creatable"
            ),
        )
        .select_from(Branch)
        .outerjoin(RecordCard, and_(RecordCard.branch_id == Branch.id, is_kept()))
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .group_by(Branch.id)
        .order_by(Branch.name_key)
    )


def _state_of(row: Row[*tuple[Any, ...]]) -> BranchState:
    return BranchState(
        branch_id=BranchId(row.id),
        name=row.name,
        cards=row.cards,
        without_email=row.without_email,
        without_login=row.without_login,
        inactive=row.inactive,
        never_signed_in=row.waits,
        active=row.active,
        locked=row.locked,
        next_step=next_step(
            kept=row.kept,
            creatable=row.creatable,
            new=row.new,
            locked=row.locked,
            empty_handed=row.empty_handed,
            without_email=row.addressless,
            never_signed_in=row.waits,
        ),
    )


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((and_(*conditions), 1)))
