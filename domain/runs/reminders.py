"""Reminders: a mailing repeated by schedule for who has not signed in yet.

Each is a run like any other, in the name of who chose them, with rights as they are
by then.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, update
from sqlalchemy.orm import Session

from domain import administrators, audit, branches
from domain.actor import SCHEDULE, Actor, AdministratorId, BranchId
from domain.audit import AuditAct, Concerning
from domain.letters.model import AccessLetter
from domain.logins import states
from domain.logins.model import Login, LoginState, PasswordKind
from domain.permissions import Act, may, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.runs.beginning import (
    RunUnderWayError,
    begin_run,
    count_of,
    refuse_beside_open_run,
)
from domain.runs.choosing import is_mailed_lately
from domain.runs.ending import show_again
from domain.runs.ledger import get_run
from domain.runs.model import Reminder, Run, RunId, RunKind, RunRow
from domain.runs.template_use import TemplateGoneError, hold_newest_version_of

_LATER: Final = timedelta(hours=1)


class Outcome(StrEnum):
    """What became of a reminder that was due."""

    BEGUN = "begun"
    POSTPONED = "postponed"
    NEEDLESS = "needless"


def begin_next(session: Session, *, now: datetime) -> Outcome | None:
    """Deal with the reminder that is due longest; None when none is.

    It begins a run, waits an hour while another run of the branch is open, or is
    needless: nobody can be reminded now. With all later ones of its mailing it ends
    when nobody is left who never signed in.
    """
    due = _due_longest(session, now)
    if due is None:
        return None
    run = session.get_one(Run, due.run_id)
    branch_id = BranchId(run.branch_id)
    # Whoever begins or stops a reminder holds the branch first.
    branches.lock(session, branch_id, actor=SCHEDULE)
    session.refresh(due)
    if due.ended_at is not None or due.due_at > now:
        return begin_next(session, now=now)
    try:
        refuse_beside_open_run(session, branch_id)
    except RunUnderWayError:
        due.due_at = now + _LATER
        return Outcome.POSTPONED
    begun = _begin(session, run, due, now=now)
    due.ended_at = now
    if not _is_anybody_out(session, run, now) or not _may_go_on(session, run):
        _end_all(session, run, now=now)
    show_again(session, run.id, now=now)
    return Outcome.NEEDLESS if begun is None else Outcome.BEGUN


def _due_longest(session: Session, now: datetime) -> Reminder | None:
    return session.scalars(
        select(Reminder)
        .where(Reminder.ended_at.is_(None), Reminder.due_at <= now)
        .order_by(Reminder.due_at, Reminder.id)
        .limit(1)
        .execution_options(populate_existing=True)
    ).one_or_none()


def stop(session: Session, run_id: RunId, *, actor: Actor, now: datetime) -> bool:
    """Let no more reminders of a mailing begin; whether there were any.

    Raises NotFoundError for a run out of reach.
    """
    run = get_run(session, run_id, actor=actor)
    branch_id = BranchId(run.branch_id)
    require(actor, Act.MAIL_PASSWORDS, branch_id)
    branches.lock(session, branch_id, actor=actor)
    did = _end_all(session, run, now=now)
    if did:
        concerning = Concerning(branch_id=branch_id, run_id=run_id)
        audit.record(
            session, AuditAct.REMINDERS_STOPPED, concerning, actor=actor, now=now
        )
        show_again(session, run_id, now=now)
    return did


def _begin(session: Session, run: Run, due: Reminder, *, now: datetime) -> RunId | None:
    """The run of this reminder, or None when there is nobody or nothing to send."""
    branch_id = BranchId(run.branch_id)
    met = _still_out(run, now)
    count = count_of(session, met)
    if not count:
        return None
    try:
        version_id = hold_newest_version_of(
            session, run.template_version_id or 0, branch_id
        )
    except TemplateGoneError:
        return None
    columns = {
        "kind": RunKind.MAIL,
        "started_by": run.started_by,
        "channel_id": run.channel_id,
        "row_count": count,
        "template_version_id": version_id,
        "reminds_of_run_id": run.id,
    }
    details = {"reminds_of": run.id, "after_days": due.after_days}
    begun = begin_run(
        session, branch_id, met, columns, details, actor=SCHEDULE, now=now
    )
    due.ended_at, due.reminder_run_id = now, begun
    return begun


def _still_out(run: Run, now: datetime) -> Select[int, int]:
    """Whom the mailing met and who never got in; but for those on their way in.

    Who chose a password has only to use it; who got a letter a moment ago, that; and
    a reminder would end a password that somebody was handed otherwise.
    """
    return (
        select(Login.id, Login.credential_version)
        .join(RunRow, RunRow.login_id == Login.id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(
            RunRow.run_id == run.id,
            RecordCard.branch_id == run.branch_id,
            Login.sign_in_count == 0,
            Login.password_kind != PasswordKind.OWN,
            states.counted_as(office_day(now)) == LoginState.ACTIVE,
            ~is_mailed_lately(now),
            ~_has_password_of_elsewhere(now),
        )
        .order_by(RecordCard.name_key, RecordCard.id)
    )


def _is_anybody_out(session: Session, run: Run, now: datetime) -> bool:
    """Whether anybody whom the mailing met may yet need a later reminder."""
    state = states.counted_as(office_day(now))
    query = (
        select(Login.id)
        .join(RunRow, RunRow.login_id == Login.id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(
            RunRow.run_id == run.id,
            RecordCard.branch_id == run.branch_id,
            Login.sign_in_count == 0,
            state != LoginState.EMPLOYMENT_ENDED,
        )
        .limit(1)
    )
    return session.scalar(query) is not None


def _has_password_of_elsewhere(now: datetime) -> ColumnElement[bool]:
    """Whether an initial password still works that is newer than any letter."""
    newest_letter = (
        select(func.max(AccessLetter.queued_at))
        .where(AccessLetter.login_id == Login.id)
        .scalar_subquery()
    )
    return and_(
        Login.password_kind == PasswordKind.INITIAL,
        func.coalesce(Login.initial_password_expires_at > now, false()),
        or_(newest_letter.is_(None), Login.password_set_at > newest_letter),
    )


def _may_go_on(session: Session, run: Run) -> bool:
    """Whether who chose the reminders may still mail; else the run will say so."""
    starter = administrators.actor_of(session, AdministratorId(run.started_by))
    branch_id = BranchId(run.branch_id)
    return starter is not None and may(starter, Act.MAIL_PASSWORDS, branch_id)


def _end_all(session: Session, run: Run, *, now: datetime) -> bool:
    ended: Any = session.execute(
        update(Reminder)
        .where(Reminder.run_id == run.id, Reminder.ended_at.is_(None))
        .values(ended_at=now)
    )
    return int(ended.rowcount) > 0
