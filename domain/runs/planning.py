"""What a reset or mailing of a branch would do, and who is left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.logins import states
from domain.logins.model import Login
from domain.logins.paging import Page, PageKey, of_branch, read_page
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.runs.choosing import (
    LEFT_OUT_BY_STATE,
    ONLY_OF_MAILINGS,
    WITHOUT_LOGIN,
    ResetChoice,
    ResetLeftOut,
    ResetScope,
    has_no_login_for,
    is_given_lately,
    is_left_out_for,
    is_mailed_lately,
    met_by,
    met_by_mail,
    why_left_out,
    works_without_login,
)

__all__ = [
    "LEFT_OUT_BY_STATE",
    "ONLY_OF_MAILINGS",
    "LeftOutPerson",
    "MailingPlan",
    "ResetChoice",
    "ResetLeftOut",
    "ResetPlan",
    "ResetScope",
    "left_out_person",
    "list_left_out",
    "met_by",
    "met_by_mail",
    "people",
    "plan_mailing",
    "plan_reset",
]


@dataclass(frozen=True)
class ResetPlan:
    """What a reset would do.

    Of the `count` people whom it meets, `at_work` have a password of their own by
    now, and `again` were given a new one in the last day, or a letter
    that nobody signed in with yet.
    """

    count: int
    at_work: int
    again: int
    left_out: Mapping[ResetLeftOut, int]


@dataclass(frozen=True)
class MailingPlan:
    """What a mailing would do.

    Of the `count` people who get a letter, `at_work` have signed in before, and `again`
    were given a new password or a letter in the last day. `lately` got a letter then:
    they are among the `count` only when taken along.
    """

    count: int
    at_work: int
    again: int
    left_out: Mapping[ResetLeftOut, int]
    lately: int


@dataclass(frozen=True)
class LeftOutPerson:
    """Somebody who is left out, as the list shows them; some have no login."""

    login_id: int | None
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
    unused = and_(is_mailed_lately(now), Login.sign_in_count == 0)
    is_again = case((or_(is_given_lately(now), unused), 1))
    rows = session.execute(
        select(counted_as, has_signed_in, func.count(), func.count(is_again))
        .select_from(Login)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(RecordCard.branch_id == branch_id)
        .group_by(counted_as, has_signed_in)
    ).all()
    count = at_work = again = 0
    left_out: dict[ResetLeftOut, int] = {}
    for state, signed_in, number, given_lately in rows:
        reason = why_left_out(choice, state, has_signed_in=bool(signed_in))
        if reason is not None:
            left_out[reason] = left_out.get(reason, 0) + number
            continue
        count += number
        at_work += number if signed_in else 0
        again += given_lately
    return ResetPlan(count, at_work, again, left_out)


def plan_mailing(
    session: Session,
    branch_id: BranchId,
    choice: ResetChoice,
    *,
    again: bool,
    actor: Actor,
    now: datetime,
) -> MailingPlan:
    """Count whom a mailing of this choice meets; writes nothing, two statements.

    Who got a letter in the last day, or has one waiting, is left out unless `again`.
    """
    require(actor, Act.RESET_PASSWORDS, branch_id)
    require(actor, Act.MAIL_PASSWORDS, branch_id)
    day = office_day(now)
    counted_as = states.counted_as(day)
    has_signed_in = (Login.sign_in_count > 0).label("has_signed_in")
    mailed_lately = is_mailed_lately(now)
    rows = session.execute(
        select(
            counted_as,
            has_signed_in,
            func.count(),
            func.count(case((mailed_lately, 1))),
            func.count(case((and_(is_given_lately(now), ~mailed_lately), 1))),
        )
        .select_from(Login)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(RecordCard.branch_id == branch_id)
        .group_by(counted_as, has_signed_in)
    ).all()
    count = at_work = lately = given_lately = 0
    left_out: dict[ResetLeftOut, int] = {}
    for state, signed_in, number, mailed, given in rows:
        reason = why_left_out(choice, state, has_signed_in=bool(signed_in))
        if reason is not None:
            left_out[reason] = left_out.get(reason, 0) + number
            continue
        met = number if again else number - mailed
        count += met
        at_work += met if signed_in else 0
        lately += mailed
        given_lately += given
    if lately and not again:
        left_out[ResetLeftOut.MAILED_LATELY] = lately
    left_out |= _without_login(session, branch_id, day)
    is_again = given_lately + (lately if again else 0)
    return MailingPlan(count, at_work, is_again, left_out, lately)


def _without_login(
    session: Session, branch_id: BranchId, day: date
) -> dict[ResetLeftOut, int]:
    """How many who work here no letter can reach, by reason."""
    reasons = sorted(WITHOUT_LOGIN)
    counts = session.execute(
        select(*(func.count(case((has_no_login_for(each), 1))) for each in reasons))
        .select_from(RecordCard)
        .where(works_without_login(branch_id, day))
    ).one()
    return {
        reason: count for reason, count in zip(reasons, counts, strict=True) if count
    }


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
    if reason in WITHOUT_LOGIN:
        no_login = literal(None, Integer).label("id")
        query = select(no_login, RecordCard).where(
            works_without_login(branch_id, office_day(now)), has_no_login_for(reason)
        )
    else:
        query = people().where(
            RecordCard.branch_id == branch_id, is_left_out_for(choice, reason, now)
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
