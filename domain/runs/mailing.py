"""The worker's part of a mailing: what becomes valid, and what became of the letters.

Each pass is one transaction that holds the run, so any number of workers share it.
Passwords are made and the message is written beside it: neither hashing nor Slack
keeps a letter waiting.
"""

from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, update
from sqlalchemy.orm import Session

from domain.branches import Branch
from domain.errors import DatabaseBusyError
from domain.letters import email_templates
from domain.letters.model import AccessLetter, LetterOutcome, TemplateVersionId
from domain.outbox import OutboxMessage
from domain.runs.ending import end_run, fail_run, show_again
from domain.runs.mail_applying import apply_batch
from domain.runs.mail_settling import settle_rows
from domain.runs.model import (
    RowState,
    Run,
    RunFailure,
    RunId,
    RunKind,
    RunPhase,
    RunRow,
)
from domain.runs.permitted import find_denial
from domain.runs.preparing import prepare_next
from domain.runs.showing import starter
from domain.runs.tools import RunTools, Step

_log = structlog.get_logger()
# So many letters may wait for the mail server: one that is away strands no more.
AHEAD: Final = 100
_PUT_OFF_PER_LETTER: Final = 10
# A batch costs about the same however small it is.
_SMALLEST_ROOM: Final = 25
# The mail server took none for so long: whoever was not reached keeps what they had.
GIVEN_UP_AFTER: Final = timedelta(hours=24)
# A letter put off so often (21 minutes) holds up no other task of the branch.
_TRIES_WAITED_FOR: Final = 3
# Letters are given up within this time, also those of a mailing that ended.
_LETTERS_END_WITHIN: Final = timedelta(days=31)
_AFTER_FAILURE: Final = 5.0


def mail_once(tools: RunTools) -> bool:
    """Take every mailing a step further; says whether more may be done at once.

    Settles the rows of letters that went out or never will, hands out to the next
    rows as long as there is room, and ends the run.
    """
    done = [_mail(tools, run_id) for run_id in _to_look_after(tools)]
    return any(done)


def prepare_once(tools: RunTools) -> bool:
    """Make some passwords of every mailing that hands out any; whether there were."""
    is_to_prepare = and_(Run.phase == RunPhase.MAILING, _has(RowState.WAITING))
    done = [prepare_next(tools, run_id) for run_id in _find(tools, is_to_prepare)]
    return any(done)


def _to_look_after(tools: RunTools) -> list[RunId]:
    lately = Run.ended_at > tools.clock() - _LETTERS_END_WITHIN
    is_left = and_(lately, _has(RowState.APPLIED))
    return _find(tools, or_(Run.phase == RunPhase.MAILING, is_left))


def _find(tools: RunTools, condition: ColumnElement[bool]) -> list[RunId]:
    query = select(Run.id).where(Run.kind == RunKind.MAIL, condition)
    with tools.database.reading() as session:
        return [RunId(run_id) for run_id in session.scalars(query.order_by(Run.id))]


def _has(*states: RowState) -> ColumnElement[bool]:
    return exists().where(RunRow.run_id == Run.id, RunRow.state.in_(states))


def _mail(tools: RunTools, run_id: RunId) -> bool:
    try:
        with tools.database.transaction() as session:
            run = _hold(session, run_id)
            steps = _advance(session, tools, run) if run else []
    except DatabaseBusyError:
        return False
    except Exception:  # noqa: BLE001 (other mailings go on)
        _log.exception("run.failed", run_id=run_id, phase=RunPhase.MAILING.value)
        tools.wait(_AFTER_FAILURE)
        return False
    for step in steps:
        tools.reached(step)
    return Step.LETTERS_QUEUED in steps


def _hold(session: Session, run_id: RunId) -> Run | None:
    """The run, unless another worker is at it."""
    query = select(Run).where(Run.id == run_id)
    held = query.with_for_update(skip_locked=True, key_share=True)
    return session.scalars(held).one_or_none()


def _advance(session: Session, tools: RunTools, run: Run) -> list[Step]:
    """Settle, then hand out; gives what happened."""
    is_settled = settle_rows(session, run) > 0
    steps = [Step.LETTERS_SETTLED] if is_settled else []
    if run.ended_at is not None:
        if is_settled:
            show_again(session, run.id, now=tools.clock())
        return steps
    if run.phase is not RunPhase.MAILING:
        return steps
    step = _hand_out(session, tools, run)
    if step is not None:
        steps.append(step)
    if steps and step is not Step.RUN_ENDED:
        changed = {"due_at": tools.clock(), "attempts": 0}
        session.execute(update(Run).where(Run.id == run.id).values(changed))
    return steps


def _hand_out(session: Session, tools: RunTools, run: Run) -> Step | None:
    """Hand out to the next rows, or end the run when there are none."""
    actor, now = starter(session, run), tools.clock()
    if not _is_any(session, run, RowState.WAITING, RowState.PREPARED):
        if not _is_any_letter_waited_for(session, run):
            end_run(session, run, RunPhase.DONE, actor=actor, now=now)
            return Step.RUN_ENDED
        return None
    room = AHEAD - _in_flight(session, run)
    failure = _find_failure(session, tools, run, room)
    if failure is not None:
        fail_run(session, run, failure, actor=actor, now=now)
        return Step.RUN_ENDED
    if room < _SMALLEST_ROOM or not _is_any(session, run, RowState.PREPARED):
        return None
    _set_expiry(session, tools, run)
    version_id = TemplateVersionId(run.template_version_id or 0)
    template = email_templates.read_version(session, version_id)
    limit = min(room, tools.apply_at_once)
    apply_batch(session, tools, run, template, limit=limit, actor=actor, now=now)
    return Step.LETTERS_QUEUED


def _find_failure(
    session: Session, tools: RunTools, run: Run, room: int
) -> RunFailure | None:
    """Why nobody else may get a letter, by today's rights and the mail server."""
    denial = find_denial(session, run)
    if denial is not None:
        return denial
    now = tools.clock()
    if run.password_expires_at is not None and run.password_expires_at <= now:
        return RunFailure.MAIL_SERVER_AWAY
    if room < _SMALLEST_ROOM:
        newest = session.scalar(
            select(func.max(AccessLetter.queued_at)).where(_is_in_flight(run))
        )
        if newest is not None and newest < now - GIVEN_UP_AFTER:
            return RunFailure.MAIL_SERVER_AWAY
    return None


def _set_expiry(session: Session, tools: RunTools, run: Run) -> None:
    """Once for the run, so that all its letters say the same."""
    if run.password_expires_at is None:
        branch = session.get_one(Branch, run.branch_id)
        run.password_expires_at = tools.clock() + branch.initial_password_life
        session.flush()


def _is_any(session: Session, run: Run, *states: RowState) -> bool:
    is_one = and_(RunRow.run_id == run.id, RunRow.state.in_(states))
    return bool(session.scalar(select(exists().where(is_one))))


def _in_flight(session: Session, run: Run) -> int:
    """How many letters count as ahead of the mail server.

    One that was put off for its own sake counts a tenth: some full mailboxes keep
    nobody else waiting, and a server that puts off every letter stops the mailing.
    """
    is_put_off = case((OutboxMessage.attempts > 0, 1), else_=0)
    query = (
        select(func.count(), func.coalesce(func.sum(is_put_off), 0))
        .select_from(RunRow)
        .outerjoin(AccessLetter, AccessLetter.run_row_id == RunRow.id)
        .outerjoin(OutboxMessage, OutboxMessage.id == AccessLetter.message_id)
        .where(RunRow.run_id == run.id, RunRow.state == RowState.APPLIED)
    )
    count, put_off = session.execute(query).one()
    return int(count) - int(put_off) + int(put_off) // _PUT_OFF_PER_LETTER


def _is_in_flight(run: Run) -> ColumnElement[bool]:
    return and_(
        AccessLetter.run_row_id == RunRow.id,
        RunRow.run_id == run.id,
        RunRow.state == RowState.APPLIED,
        AccessLetter.outcome == LetterOutcome.QUEUED,
    )


def _is_any_letter_waited_for(session: Session, run: Run) -> bool:
    """Whether a letter is under way, but for those that are put off again and again.

    One that was settled since this pass began is, until the next pass sees it.
    """
    is_put_off = exists().where(
        AccessLetter.run_row_id == RunRow.id,
        AccessLetter.outcome == LetterOutcome.QUEUED,
        OutboxMessage.id == AccessLetter.message_id,
        OutboxMessage.attempts >= _TRIES_WAITED_FOR,
    )
    is_one = and_(RunRow.run_id == run.id, RunRow.state == RowState.APPLIED)
    return bool(session.scalar(select(exists().where(is_one, ~is_put_off))))
