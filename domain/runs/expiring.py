"""After what a run handed out went astray: who was in it, and making it invalid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from domain import audit, branches, outbox
from domain.actor import Actor, BranchId
from domain.administrators import Administrator
from domain.audit import AuditAct, Concerning
from domain.branches import Branch
from domain.errors import NotFoundError
from domain.exports import handover
from domain.exports.model import PostedFile, PostingState
from domain.logins import states
from domain.logins.model import Login, LoginId, PasswordKind
from domain.permissions import Act, require
from domain.record_cards.model import RecordCard
from domain.runs.ending import end_reminders, fail_run
from domain.runs.model import Run, RunFailure, RunId, RunKind, RunRow
from domain.slack_users import SlackUser

BATCH: Final = 500
EXPIRED_NOTICE: Final = "export_expired"
_REFUSED: Final = frozenset(
    {
        RunFailure.DECLINED,
        RunFailure.WITHDRAWN,
        RunFailure.APPROVAL_EXPIRED,
        RunFailure.APPROVER_NOT_PERMITTED,
        RunFailure.APPROVER_STEP_UP_MISSING,
    }
)


@dataclass(frozen=True)
class HandedOut:
    """One run: `count` people, of whom `valid` can still get in by what it gave them.

    `by` is the name in Slack of who started it, or the Slack id where none is known.
    `files` is how many of its files are not deleted from Slack yet; of one that
    `was_refused` nobody got anything.
    """

    run_id: RunId
    kind: RunKind
    branch_name: str
    by: str
    created_at: datetime
    count: int
    valid: int
    files: int
    is_open: bool
    was_refused: bool


@dataclass(frozen=True)
class Member:
    """Somebody in a run; `is_valid`: what it gave them still lets them in.

    Number and name of who was erased say nothing.
    """

    number: str
    name: str
    is_erased: bool
    is_valid: bool
    has_own_password: bool


def list_runs(
    session: Session, *, run_id: RunId | None = None, actor: Actor, now: datetime
) -> Sequence[HandedOut]:
    """Every export and mailing, the newest first; or the one with this id."""
    require(actor, Act.SEE_EXPORTS)
    valid = (
        select(func.count())
        .select_from(RunRow)
        .join(Login, Login.id == RunRow.login_id)
        .where(RunRow.run_id == Run.id, _is_valid(now))
        .scalar_subquery()
    )
    files = (
        select(func.count())
        .select_from(PostedFile)
        .where(
            PostedFile.run_id == Run.id,
            PostedFile.posted_at.is_not(None),
            PostedFile.state != PostingState.DELETED,
        )
        .scalar_subquery()
    )
    query = (
        select(
            Run,
            Branch.name,
            func.coalesce(SlackUser.display_name, Administrator.user_id),
            valid,
            files,
        )
        .join(Branch, Branch.id == Run.branch_id)
        .join(Administrator, Administrator.id == Run.started_by)
        .outerjoin(
            SlackUser,
            and_(
                SlackUser.team_id == Administrator.team_id,
                SlackUser.user_id == Administrator.user_id,
            ),
        )
        .order_by(Run.id.desc())
    )
    if run_id is not None:
        query = query.where(Run.id == run_id)
    return [
        HandedOut(
            RunId(run.id),
            run.kind,
            branch_name,
            by,
            run.created_at,
            run.row_count,
            valid_count,
            file_count,
            run.ended_at is None,
            run.failure in _REFUSED and run.password_expires_at is None,
        )
        for run, branch_name, by, valid_count, file_count in session.execute(query)
    ]


def members(
    session: Session, run_id: RunId, *, actor: Actor, now: datetime
) -> Sequence[Member]:
    """Who was in a run, by number; nobody once its rows are forgotten.

    Raises NotFoundError for a run that there never was.
    """
    require(actor, Act.SEE_EXPORTS)
    _get(session, run_id)
    rows = session.execute(
        select(RecordCard, Login.password_kind, _is_valid(now))
        .select_from(RunRow)
        .join(Run, Run.id == RunRow.run_id)
        .join(Login, Login.id == RunRow.login_id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(RunRow.run_id == run_id)
        .order_by(RecordCard.number_key)
    )
    return [
        Member(
            card.number,
            card.full_name,
            is_erased=card.erased_at is not None,
            is_valid=bool(is_valid),
            has_own_password=kind is PasswordKind.OWN,
        )
        for card, kind, is_valid in rows
    ]


def begin(session: Session, run_id: RunId, *, actor: Actor, now: datetime) -> None:
    """End a run that is under way, and have its files deleted at once.

    Raises NotFoundError for a run that there never was.
    """
    require(actor, Act.EXPIRE_EXPORTS)
    run = _get(session, run_id)
    branches.lock(session, BranchId(run.branch_id), actor=actor)
    session.refresh(run)
    end_reminders(session, run, now)
    if run.ended_at is None:
        fail_run(session, run, RunFailure.WITHDRAWN, actor=actor, now=now)
        return
    for file in handover.find_files(session, run_id):
        is_later = file.delete_at is None or file.delete_at > now
        if file.state is not PostingState.DELETED and is_later:
            file.sealed_opening_password = None
            file.delete_at = now


def expire_batch(
    session: Session,
    run_id: RunId,
    *,
    limit: int = BATCH,
    actor: Actor,
    now: datetime,
) -> int:
    """Make the next passwords and links of a run invalid; how many, 0 at the end.

    Sessions and links end with the credential version. Whoever has another password
    by now keeps it.
    """
    require(actor, Act.EXPIRE_EXPORTS)
    held = (
        select(Login.id)
        .join(RunRow, RunRow.login_id == Login.id)
        .join(Run, Run.id == RunRow.run_id)
        .where(Run.id == run_id, _is_valid(now))
        .order_by(Login.id)
        .limit(limit)
        .with_for_update(of=Login)
    )
    login_ids = [LoginId(login_id) for login_id in session.scalars(held)]
    session.execute(
        update(Login)
        .where(Login.id.in_(login_ids))
        .values(
            password_hash=None,
            password_kind=PasswordKind.NONE,
            password_set_at=now,
            initial_password_expires_at=None,
            credential_version=Login.credential_version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    audit.record_selected(
        session,
        AuditAct.PASSWORD_EXPIRED,
        states.subjects(login_ids),
        run_id=run_id,
        actor=actor,
        now=now,
    )
    return len(login_ids)


def end(
    session: Session, run_id: RunId, count: int, *, actor: Actor, now: datetime
) -> None:
    """Write down that it was done, with how many, and tell the admin channel."""
    require(actor, Act.EXPIRE_EXPORTS)
    run = _get(session, run_id)
    about = Concerning(run.branch_id, run_id=run_id, details={"count": count})
    audit.record(session, AuditAct.EXPORT_EXPIRED, about, actor=actor, now=now)
    notice = {"branch_id": run.branch_id, "run_id": run_id, "count": count}
    outbox.queue(session, EXPIRED_NOTICE, notice, now=now)


def _get(session: Session, run_id: RunId) -> Run:
    run = session.get(Run, run_id)
    if run is None:
        raise NotFoundError(kind="run")
    return run


def _is_valid(now: datetime) -> ColumnElement[bool]:
    """The login has what the run gave it: that password, or that link and no password.

    The moment until which a run's passwords are valid is its alone; credential
    versions change with the state of a login too, under the same password.
    """
    has_password = and_(
        Login.password_kind == PasswordKind.INITIAL,
        Login.initial_password_expires_at == Run.password_expires_at,
    )
    has_link = and_(
        Run.kind == RunKind.MAIL,
        Login.password_kind == PasswordKind.NONE,
        Login.password_set_at == RunRow.applied_at,
        Login.credential_version == RunRow.credential_version + 1,
    )
    return and_(Run.password_expires_at > now, or_(has_password, has_link))
