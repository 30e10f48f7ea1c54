"""Making posted passwords valid, in short transactions with a version check."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor
from domain.audit import AuditAct
from domain.exports import handover
from domain.leases import hold
from domain.logins import states
from domain.logins.model import Login, PasswordKind
from domain.record_cards.model import RecordCard
from domain.runs.ending import end_run, fail_run
from domain.runs.model import (
    RowReason,
    RowState,
    Run,
    RunFailure,
    RunPhase,
    RunRow,
)
from domain.runs.tools import RunTools, Step


def apply_rows(tools: RunTools, run: Run, actor: Actor) -> None:
    """Apply every prepared row of a posted run, then end it.

    A login that is not as it was when its password was made is left as it is and
    named in the result. Once the file is due to be deleted nobody can read the
    passwords any more: what was not applied by then fails.
    """
    while not tools.wait(0):
        with tools.database.transaction() as session:
            hold(session, Run, run.id, run.lease_number, until=run.leased_until)
            if handover.is_over(session, run.id, now=tools.clock()):
                failure, now = RunFailure.FILE_GONE, tools.clock()
                fail_run(session, run, failure, actor=actor, now=now)
                return
            is_done = _apply_batch(session, tools, run, actor) < tools.apply_at_once
            if is_done:
                end_run(session, run, RunPhase.DONE, actor=actor, now=tools.clock())
        tools.reached(Step.BATCH_APPLIED)
        if is_done:
            tools.reached(Step.RUN_ENDED)
            return


def _apply_batch(session: Session, tools: RunTools, run: Run, actor: Actor) -> int:
    rows = session.execute(
        select(RunRow.id, RunRow.login_id)
        .where(RunRow.run_id == run.id, RunRow.state == RowState.PREPARED)
        .order_by(RunRow.id)
        .limit(tools.apply_at_once)
    ).all()
    row_ids = [row.id for row in rows]
    changed = _change_logins(session, tools, run, row_ids)
    applied = [row.id for row in rows if row.login_id in changed]
    overtaken = [row.id for row in rows if row.login_id not in changed]
    _settle(session, applied, RowState.APPLIED, None)
    _settle(session, overtaken, RowState.LEFT_OUT, RowReason.CHANGED_MEANWHILE)
    audit.record_selected(
        session,
        AuditAct.PASSWORD_RESET,
        states.subjects(sorted(changed)),
        run_id=run.id,
        actor=actor,
        now=tools.clock(),
    )
    return len(rows)


def _change_logins(
    session: Session, tools: RunTools, run: Run, row_ids: list[int]
) -> set[int]:
    """Give the logins their new passwords; the ids of those that had not changed."""
    of_this_branch = select(RecordCard.id).where(RecordCard.branch_id == run.branch_id)
    changed = session.scalars(
        update(Login)
        .where(
            RunRow.id.in_(row_ids),
            Login.id == RunRow.login_id,
            Login.credential_version == RunRow.credential_version,
            Login.record_card_id.in_(of_this_branch),
        )
        .values(
            password_hash=RunRow.password_hash,
            password_kind=PasswordKind.INITIAL,
            password_set_at=tools.clock(),
            initial_password_expires_at=run.password_expires_at,
            credential_version=Login.credential_version + 1,
        )
        .returning(Login.id)
        .execution_options(synchronize_session=False)
    )
    return set(changed)


def _settle(
    session: Session, row_ids: list[int], state: RowState, reason: RowReason | None
) -> None:
    wiped: dict[str, Any] = {"sealed_password": None, "password_hash": None}
    session.execute(
        update(RunRow)
        .where(RunRow.id.in_(row_ids))
        .values(state=state, reason=reason, leased_until=None, **wiped)
        .execution_options(synchronize_session=False)
    )
