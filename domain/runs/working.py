"""The worker's part of an export: one claim at a time, whatever comes next."""

from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import and_, or_, select

from domain.actor import Actor
from domain.errors import LeaseLostError
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.leases import claim, hold
from domain.runs.applying import apply_rows
from domain.runs.approving import expire_once
from domain.runs.ending import fail_run
from domain.runs.model import Run, RunFailure, RunId, RunKind, RunPhase
from domain.runs.permitted import find_denial
from domain.runs.posting import post_files
from domain.runs.preparing import prepare_next
from domain.runs.showing import (
    LEASE,
    LONGEST_PAUSE,
    PROGRESS_EVERY,
    pause_after,
    release,
    show_run,
    starter,
)
from domain.runs.tools import RunTools, Step

_log = structlog.get_logger()
POSTING_GIVEN_UP_AFTER: Final = timedelta(hours=24)


def work_once(tools: RunTools) -> bool:
    """Do the next piece of work of any export; says whether there was any.

    A piece takes a few seconds at most, but for the upload of a workbook.
    """
    if expire_once(tools.database, now=tools.clock()):
        return True
    run = _claim_run(tools)
    if run is not None:
        _work_on(tools, run)
        return True
    return any(_prepare(tools, run_id) for run_id in _preparing(tools))


def _claim_run(tools: RunTools) -> Run | None:
    now = tools.clock()
    to_announce = (RunPhase.AWAITING_APPROVAL, RunPhase.PREPARING)
    is_to_announce = and_(Run.phase.in_(to_announce), Run.message_ts.is_(None))
    is_approved_now = and_(
        Run.phase == RunPhase.PREPARING,
        Run.approved_at.is_not(None),
        Run.progress_shown_at.is_(None),
    )
    is_to_report = and_(Run.ended_at.is_not(None), Run.result_shown.is_(False))
    with tools.database.transaction() as session:
        claimed = claim(
            session,
            Run,
            Run.kind == RunKind.EXPORT,
            Run.due_at <= now,
            or_(
                is_to_announce,
                is_approved_now,
                Run.phase.in_([RunPhase.POSTING, RunPhase.APPLYING]),
                is_to_report,
            ),
            order_by=(Run.due_at, Run.id),
            now=now,
            life=LEASE,
        )
        for run in claimed:
            if run.approved_at is not None and run.phase is RunPhase.PREPARING:
                run.progress_shown_at = now
        return claimed[0] if claimed else None


def _work_on(tools: RunTools, run: Run) -> None:
    try:
        _take_next_step(tools, run)
    except LeaseLostError:
        _log.warning("run.lease_lost", run_id=run.id)
    except DeliveryPostponedError as error:
        _postpone(tools, run, error.code, error.retry_after)
    except DeliveryRefusedError as error:
        _give_up(tools, run, error.code)
    except Exception as error:  # noqa: BLE001 (a run that fails holds no branch for ever)
        _log.exception("run.failed", run_id=run.id, phase=run.phase.value)
        _postpone(tools, run, type(error).__name__, None)


def _take_next_step(tools: RunTools, run: Run) -> None:
    if run.ended_at is not None:
        release(tools, run, **show_run(tools, run), result_shown=True)
        tools.reached(Step.RESULT_SHOWN)
    elif run.phase is RunPhase.PREPARING and _fail_denied(tools, run):
        tools.reached(Step.RUN_ENDED)
    elif run.phase in (RunPhase.AWAITING_APPROVAL, RunPhase.PREPARING):
        release(tools, run, **show_run(tools, run))
        tools.reached(Step.ANNOUNCED)
    elif run.phase is RunPhase.POSTING:
        tools.reached(Step.POSTING_CLAIMED)
        post_files(tools, run, _starter(tools, run))
        release(tools, run, attempts=0, due_at=tools.clock())
    else:
        apply_rows(tools, run, _starter(tools, run))
        release(tools, run)


def _fail_denied(tools: RunTools, run: Run) -> bool:
    """End a run that may not hand out anything, before any password is made."""
    with tools.database.transaction() as session:
        hold(session, Run, run.id, run.lease_number, until=run.leased_until)
        denial = find_denial(session, run)
        if denial is not None:
            actor, now = starter(session, run), tools.clock()
            fail_run(session, run, denial, actor=actor, now=now)
    return denial is not None


def _starter(tools: RunTools, run: Run) -> Actor:
    with tools.database.reading() as session:
        return starter(session, run)


def _postpone(
    tools: RunTools, run: Run, code: str, retry_after: timedelta | None
) -> None:
    now = tools.clock()
    _log.warning("run.postponed", run_id=run.id, phase=run.phase.value, code=code)
    if run.phase is RunPhase.POSTING and now > _since(run) + POSTING_GIVEN_UP_AFTER:
        _give_up(tools, run, code)
        return
    wait = retry_after or pause_after(run.attempts)
    try:
        release(tools, run, attempts=run.attempts + 1, due_at=now + wait)
    except LeaseLostError:
        _log.warning("run.lease_lost", run_id=run.id)


def _since(run: Run) -> datetime:
    """Since when it may go on: the wait for an approval takes nothing from its time."""
    return run.approved_at or run.created_at


def _give_up(tools: RunTools, run: Run, code: str) -> None:
    """Slack says no for good: fail what was not posted, stop telling what can't be."""
    _log.error("run.refused", run_id=run.id, phase=run.phase.value, code=code)
    now = tools.clock()
    if run.phase is RunPhase.POSTING:
        actor = _starter(tools, run)
        with tools.database.transaction() as session:
            hold(session, Run, run.id, run.lease_number, until=None)
            fail_run(session, run, RunFailure.NOT_POSTED, actor=actor, now=now)
    elif run.ended_at is not None:
        release(tools, run, result_shown=True)
    else:
        release(tools, run, attempts=run.attempts + 1, due_at=now + LONGEST_PAUSE)


def _preparing(tools: RunTools) -> list[RunId]:
    with tools.database.reading() as session:
        return [
            RunId(run_id)
            for run_id in session.scalars(
                select(Run.id).where(Run.phase == RunPhase.PREPARING).order_by(Run.id)
            )
        ]


def _prepare(tools: RunTools, run_id: RunId) -> bool:
    was_any = prepare_next(tools, run_id)
    if was_any:
        _show_progress(tools, run_id, tools.clock())
    return was_any


def _show_progress(tools: RunTools, run_id: RunId, now: datetime) -> None:
    """Rewrite the message every few seconds; nothing depends on its arriving."""
    with tools.database.transaction() as session:
        # Under the lease, so that no older count overwrites a newer message.
        claimed = claim(
            session,
            Run,
            Run.id == run_id,
            Run.message_ts.is_not(None),
            Run.ended_at.is_(None),
            or_(
                Run.progress_shown_at.is_(None),
                Run.progress_shown_at <= now - PROGRESS_EVERY,
            ),
            order_by=(Run.id,),
            now=now,
            life=LEASE,
        )
        for run in claimed:
            run.progress_shown_at = now
    for run in claimed:
        try:
            show_run(tools, run)
        except (DeliveryPostponedError, DeliveryRefusedError) as error:
            _log.warning("run.progress_unseen", run_id=run_id, code=error.code)
        release(tools, run)
