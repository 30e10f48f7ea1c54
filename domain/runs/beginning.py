"""Beginning a run: beside no other of its branch, with a ledger row per login."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, literal, select
from sqlalchemy.orm import Session

from domain import administrators, audit
from domain.actor import Actor, AdministratorId, BranchId
from domain.audit import AuditAct, Concerning
from domain.branches import Branch
from domain.errors import CountChangedError, DomainError
from domain.letters import email_templates
from domain.letters.email_templates import HandsOver
from domain.letters.model import TemplateVersionId
from domain.runs.approving import APPROVAL_LIFE, needs_approval
from domain.runs.model import RowState, Run, RunId, RunKind, RunPhase, RunRow
from domain.step_ups import confirmed_at


class RunUnderWayError(DomainError):
    """A run of this branch is under way: `started_by` and `started_at` say whose.

    `awaits_approval` says whether it waits for another administrator, `count` is over
    how many people it is.
    """

    code = "run_under_way"


class NobodyToResetError(DomainError):
    """Nobody would get a new password."""

    code = "nobody_to_reset"


class ApprovalChannelMissingError(DomainError):
    """Another administrator has to approve, and no admin channel will do to ask in."""

    code = "approval_channel_missing"


def refuse_beside_open_run(session: Session, branch_id: BranchId) -> None:
    """Raises RunUnderWayError; ask under the branch's lock before beginning one."""
    under_way = session.scalars(
        select(Run).where(Run.branch_id == branch_id, Run.ended_at.is_(None))
    ).one_or_none()
    if under_way is not None:
        raise RunUnderWayError(
            started_by=under_way.started_by,
            started_at=under_way.created_at,
            awaits_approval=under_way.phase is RunPhase.AWAITING_APPROVAL,
            count=under_way.row_count,
        )


def count_of(session: Session, logins: Select[int, int]) -> int:
    """How many logins these are."""
    return session.scalar(select(func.count()).select_from(logins.subquery())) or 0


def require_count(session: Session, logins: Select[int, int], expected: int) -> int:
    """How many logins these are, which the dry run showed already.

    Raises NobodyToResetError or CountChangedError.
    """
    count = count_of(session, logins)
    if not count:
        raise NobodyToResetError
    if count != expected:
        raise CountChangedError(count=count)
    return count


def begin_run(
    session: Session,
    branch_id: BranchId,
    logins: Select[int, int],
    columns: Mapping[str, Any],
    details: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> RunId:
    """Write a run and its rows, one for each of `logins` (id, credential version).

    `columns` are further columns of the run, `row_count` and `channel_id` among them,
    and `started_by` when that is somebody else than the actor; `details` go into the
    audit event. A reset of more people than the branch says waits for another
    administrator. Raises CountChangedError when `logins` are not `row_count`, and
    ApprovalChannelMissingError.
    """
    values = {
        "started_by": actor.administrator_id,
        "starter_confirmed_at": confirmed_at(session, actor),
        "kind": RunKind.EXPORT,
    } | {**columns}
    awaits = _awaits_approval(session, branch_id, values)
    run = Run(
        branch_id=branch_id,
        phase=_first_phase(values["kind"], awaits=awaits),
        approval_until=now + APPROVAL_LIFE if awaits else None,
        due_at=now,
        created_at=now,
        **values,
    )
    session.add(run)
    session.flush()
    written = _write_rows(session, run, logins, _first_state(session, run))
    if written != run.row_count:
        raise CountChangedError(count=written)
    audit.record(
        session,
        AuditAct.RUN_STARTED,
        Concerning(
            branch_id=branch_id,
            run_id=run.id,
            details={**details, "count": run.row_count},
        ),
        actor=actor,
        now=now,
    )
    return RunId(run.id)


def _awaits_approval(
    session: Session, branch_id: BranchId, values: Mapping[str, Any]
) -> bool:
    """What the schedule repeats was approved with its mailing."""
    branch = session.get_one(Branch, branch_id)
    if values.get("reminds_of_run_id") is not None:
        return False
    if not needs_approval(branch, values["row_count"]):
        return False
    started_by = AdministratorId(values["started_by"])
    starter = administrators.slack_identity(session, started_by)
    if values["channel_id"] == starter.user_id:
        raise ApprovalChannelMissingError
    return True


def _first_phase(kind: RunKind, *, awaits: bool) -> RunPhase:
    if awaits:
        return RunPhase.AWAITING_APPROVAL
    return RunPhase.MAILING if kind is RunKind.MAIL else RunPhase.PREPARING


def _first_state(session: Session, run: Run) -> RowState:
    """A link needs no preparing; its rows are as far as others with a hash."""
    if run.template_version_id is None:
        return RowState.WAITING
    version_id = TemplateVersionId(run.template_version_id)
    template = email_templates.read_version(session, version_id)
    is_link = template.hands_over is HandsOver.LINK
    return RowState.PREPARED if is_link else RowState.WAITING


def _write_rows(
    session: Session, run: Run, logins: Select[int, int], state: RowState
) -> int:
    met = logins.subquery()
    written: Any = session.execute(
        insert(RunRow)
        .from_select(
            ["run_id", "login_id", "credential_version", "state", "lease_number"],
            select(
                literal(run.id),
                met.c.id,
                met.c.credential_version,
                literal(state.value),
                literal(0),
            ),
        )
        .execution_options(preserve_rowcount=True)
    )
    return int(written.rowcount)
