"""Posting the files of a run: built from the ledger, all seen, only then applied."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import exists, func, select, update

from domain import administrators
from domain.actor import Actor, AdministratorId, BranchId
from domain.branches import Branch
from domain.errors import LeaseLostError
from domain.exports import handover
from domain.exports.channel import DeliveryPostponedError, find_problem
from domain.exports.columns import letters_name, workbook_name
from domain.exports.handover import Posting
from domain.exports.model import FileKind
from domain.exports.workbook import new_opening_password
from domain.leases import hold
from domain.runs.ending import fail_run
from domain.runs.export_rows import (
    build_letters,
    build_workbook,
    can_make_letters,
    leave_out_overtaken,
)
from domain.runs.model import (
    RowState,
    Run,
    RunFailure,
    RunId,
    RunPhase,
    RunRow,
)
from domain.runs.permitted import find_denial
from domain.runs.reporting import RunReport, report
from domain.runs.tools import RunTools, Step
from domain.secret import Secret

# Slack shares a completed file a moment later; the pauses add up to half a minute.
_LOOK_AGAIN_AFTER: Final = (0.2, 0.4, 0.8, 1.6, 3.0, 4.0, 5.0, 5.0, 5.0, 5.0)
_UPLOAD_LEASE: Final = timedelta(minutes=2)
_SHARE_UNSEEN: Final = "share_unseen"
_NAMED: Final = {FileKind.WORKBOOK: workbook_name, FileKind.LETTERS: letters_name}
_BUILT: Final = {FileKind.WORKBOOK: build_workbook, FileKind.LETTERS: build_letters}


@dataclass(frozen=True)
class _File:
    kind: FileKind
    name: str
    slack_file_id: str | None
    opening_password: Secret


def post_files(tools: RunTools, run: Run, actor: Actor) -> None:
    """Post the workbook, and letters if they were asked for, and move on to applying.

    Or fail the run for good. No password works before every file is in the channel.

    Raises DeliveryPostponedError when it may work later, DeliveryRefusedError
    when Slack says no.
    """
    failure = _find_failure(tools, run)
    if failure is not None:
        with tools.database.transaction() as session:
            hold(session, Run, run.id, run.lease_number, until=run.leased_until)
            fail_run(session, run, failure, actor=actor, now=tools.clock())
        return
    for kind in _kinds(run):
        _post_file(tools, run, kind)
    with tools.database.transaction() as session:
        hold(session, Run, run.id, run.lease_number, until=run.leased_until)
        handover.note_posted(session, run.id, actor=actor, now=tools.clock())
        session.execute(
            update(Run).where(Run.id == run.id).values(phase=RunPhase.APPLYING)
        )
    tools.reached(Step.POSTED_NOTED)


def _kinds(run: Run) -> list[FileKind]:
    """The workbook first: whom it can't hold gets no letter either."""
    letters = [FileKind.LETTERS] if run.ready_letters else []
    return [FileKind.WORKBOOK, *letters]


def _post_file(tools: RunTools, run: Run, kind: FileKind) -> None:
    file = _ensure_file(tools, run, kind)
    tools.reached(Step.FILE_ENSURED)
    if file.slack_file_id is None or not _is_in_channel_after_all(
        tools, run, kind, file.slack_file_id
    ):
        file_id = _upload(tools, run, file)
        if not _wait_for_share(tools, run, file_id):
            raise DeliveryPostponedError(_SHARE_UNSEEN)
    tools.reached(Step.SHARE_SEEN)


def _find_failure(tools: RunTools, run: Run) -> RunFailure | None:
    with tools.database.reading() as session:
        denial = find_denial(session, run)
        if denial is not None:
            return denial
        identity = administrators.slack_identity(
            session, AdministratorId(run.started_by)
        )
    look = tools.channel.look(run.channel_id, identity)
    if find_problem(run.channel_id, look) is not None:
        return RunFailure.CHANNEL_UNSUITABLE
    if not can_make_letters(tools, run):
        return RunFailure.TEMPLATE_UNUSABLE
    with tools.database.transaction() as session:
        leave_out_overtaken(session, run)
        is_anybody_left = session.scalar(
            select(
                exists().where(
                    RunRow.run_id == run.id, RunRow.state == RowState.PREPARED
                )
            )
        )
    return None if is_anybody_left else RunFailure.NOBODY_LEFT


def _ensure_file(tools: RunTools, run: Run, kind: FileKind) -> _File:
    now = tools.clock()
    with tools.database.transaction() as session:
        hold(session, Run, run.id, run.lease_number, until=run.leased_until)
        branch = session.get_one(Branch, run.branch_id)
        first = now + branch.initial_password_life
        run.password_expires_at = session.scalar(
            update(Run)
            .where(Run.id == run.id)
            .values(password_expires_at=func.coalesce(Run.password_expires_at, first))
            .returning(Run.password_expires_at)
            .execution_options(synchronize_session=False)
        )
        posting = Posting(
            run_id=run.id,
            branch_id=BranchId(run.branch_id),
            requested_by=AdministratorId(run.started_by),
            file_name=handover.unused_name(
                session, _NAMED[kind](branch.name, run.created_at)
            ),
            channel_id=run.channel_id,
            kind=kind,
        )
        file = handover.ensure_file(
            session, posting, new_opening_password(), keyring=tools.keyring, now=now
        )
        password = handover.open_sealed(file, tools.keyring)
        return _File(kind, file.file_name, file.slack_file_id, password)


def _is_in_channel_after_all(
    tools: RunTools, run: Run, kind: FileKind, file_id: str
) -> bool:
    """Whether an upload that was interrupted did arrive; else it is taken away."""
    if _wait_for_share(tools, run, file_id):
        return True
    if tools.stopping.is_set():
        raise DeliveryPostponedError(_SHARE_UNSEEN)
    tools.channel.delete(file_id)
    with tools.database.transaction() as session:
        hold(session, Run, run.id, run.lease_number, until=run.leased_until)
        handover.note_reserved(session, run.id, None, kind)
    return False


def _wait_for_share(tools: RunTools, run: Run, file_id: str) -> bool:
    for seconds in _LOOK_AGAIN_AFTER:
        if tools.channel.is_posted(file_id, run.channel_id):
            return True
        if tools.wait(seconds):
            return False
    return tools.channel.is_posted(file_id, run.channel_id)


def _upload(tools: RunTools, run: Run, file: _File) -> str:
    content = _BUILT[file.kind](tools, run, file.opening_password)
    tools.reached(Step.FILE_BUILT)
    reserved = tools.channel.reserve(file.name, len(content))
    tools.reached(Step.UPLOAD_RESERVED)
    with tools.database.transaction() as session:
        until = tools.clock() + _UPLOAD_LEASE
        hold(session, Run, run.id, run.lease_number, until=until)
        handover.note_reserved(session, run.id, reserved.file_id, file.kind)
        comment = _comment(tools, file.kind)(report(session, RunId(run.id)))
    tools.reached(Step.RESERVATION_NOTED)
    tools.channel.send(reserved.upload_url, content)
    tools.reached(Step.BYTES_SENT)
    with tools.database.transaction() as session:
        # Whoever took over meanwhile posts a file of its own.
        until = tools.clock() + _UPLOAD_LEASE
        hold(session, Run, run.id, run.lease_number, until=until)
    tools.channel.complete(reserved.file_id, file.name, run.channel_id, comment)
    _take_away_unless_ours(tools, run, file.kind, reserved.file_id)
    tools.reached(Step.UPLOAD_COMPLETED)
    return reserved.file_id


def _comment(tools: RunTools, kind: FileKind) -> Callable[[RunReport], str]:
    return tools.letters_comment if kind is FileKind.LETTERS else tools.comment


def _take_away_unless_ours(
    tools: RunTools, run: Run, kind: FileKind, file_id: str
) -> None:
    """Delete what came too late; nobody else knows of it.

    Raises LeaseLostError then.
    """
    with tools.database.reading() as session:
        file = handover.find_file(session, run.id, kind)
    if file is None or file.slack_file_id != file_id:
        tools.channel.delete(file_id)
        raise LeaseLostError(record=Run.__name__, id=run.id)
