"""The worker's part of a run: one claim at a time, whatever comes next."""

from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import and_, or_, select, update

from domain import administrators
from domain.actor import Actor, ActorKind, AdministratorId, Surface
from domain.errors import LeaseLostError
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.leases import claim, hold
from domain.runs.applying import apply_rows
from domain.runs.ending import fail_run
from domain.runs.model import Run, RunFailure, RunId, RunPhase
from domain.runs.posting import post_workbook
from domain.runs.preparing import TriedTooOftenError, prepare_rows
from domain.runs.reporting import report
from domain.runs.tools import RunTools, Step

_log = structlog.get_logger()
_LEASE: Final = timedelta(minutes=2)
# Rewriting messages is limited to 50 a minute for the whole app (Slack).
PROGRESS_EVERY: Final = timedelta(seconds=5)
_BATCHES_AT_A_TIME: Final = 8
_FIRST_RETRY: Final = timedelta(seconds=2)
_LONGEST_RETRY: Final = timedelta(minutes=5)
# More make a pause that no timedelta holds, and are never waited for.
_DOUBLINGS_AT_MOST: Final = 10
POSTING_GIVEN_UP_AFTER: Final = timedelta(hours=24)


def work_once(tools: RunTools) -> bool:
    """Do the next piece of work of any run; says whether there was any.

    A piece takes a few seconds at most, but for the upload of a workbook.
    """
    run = _claim_run(tools)
    if run is not None:
        _work_on(tools, run)
        return True
    return any(_prepare(tools, run_id) for run_id in _preparing(tools))


def _claim_run(tools: RunTools) -> Run | None:
    now = tools.clock()
    is_to_announce = and_(Run.phase == RunPhase.PREPARING, Run.message_ts.is_(None))
    is_to_report = and_(Run.ended_at.is_not(None), Run.result_shown.is_(False))
    with tools.database.transaction() as session:
        claimed = claim(
            session,
            Run,
            Run.due_at <= now,
            or_(
                is_to_announce,
                Run.phase.in_([RunPhase.POSTING, RunPhase.APPLYING]),
                is_to_report,
            ),
            order_by=(Run.due_at, Run.id),
            now=now,
            life=_LEASE,
        )
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
        _release(tools, run, **_shown(tools, run), result_shown=True)
        tools.reached(Step.RESULT_SHOWN)
    elif run.phase is RunPhase.PREPARING:
        _release(tools, run, **_shown(tools, run))
        tools.reached(Step.ANNOUNCED)
    elif run.phase is RunPhase.POSTING:
        tools.reached(Step.POSTING_CLAIMED)
        post_workbook(tools, run, _starter(tools, run))
        _release(tools, run, attempts=0, due_at=tools.clock())
    else:
        apply_rows(tools, run, _starter(tools, run))
        _release(tools, run)


def _starter(tools: RunTools, run: Run) -> Actor:
    """Who started the run, with today's rights; a dismissed one has none."""
    administrator_id = AdministratorId(run.started_by)
    with tools.database.reading() as session:
        actor = administrators.actor_of(session, administrator_id)
    return actor or Actor(
        ActorKind.ADMINISTRATOR, Surface.SLACK, administrator_id, None
    )


def _shown(tools: RunTools, run: Run) -> dict[str, str]:
    """Show how the run stands; what to remember of the message."""
    with tools.database.reading() as session:
        run_report = report(session, RunId(run.id))
    place = tools.show(run_report)
    return {"message_channel_id": place.channel_id, "message_ts": place.ts}


def _release(tools: RunTools, run: Run, **columns: object) -> None:
    with tools.database.transaction() as session:
        hold(session, Run, run.id, run.lease_number, until=None)
        if columns:
            values: dict[str, Any] = dict(columns)
            session.execute(update(Run).where(Run.id == run.id).values(values))


def _postpone(
    tools: RunTools, run: Run, code: str, retry_after: timedelta | None
) -> None:
    now = tools.clock()
    _log.warning("run.postponed", run_id=run.id, phase=run.phase.value, code=code)
    if run.phase is RunPhase.POSTING and now > run.created_at + POSTING_GIVEN_UP_AFTER:
        _give_up(tools, run, code)
        return
    wait = retry_after or _pause_after(run.attempts)
    try:
        _release(tools, run, attempts=run.attempts + 1, due_at=now + wait)
    except LeaseLostError:
        _log.warning("run.lease_lost", run_id=run.id)


def _pause_after(attempts: int) -> timedelta:
    doublings = min(attempts, _DOUBLINGS_AT_MOST)
    return min(_FIRST_RETRY * (1 << doublings), _LONGEST_RETRY)


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
        _release(tools, run, result_shown=True)
    else:
        _release(tools, run, attempts=run.attempts + 1, due_at=now + _LONGEST_RETRY)


def _preparing(tools: RunTools) -> list[RunId]:
    with tools.database.reading() as session:
        return [
            RunId(run_id)
            for run_id in session.scalars(
                select(Run.id).where(Run.phase == RunPhase.PREPARING).order_by(Run.id)
            )
        ]


def _prepare(tools: RunTools, run_id: RunId) -> bool:
    try:
        was_any = prepare_rows(tools, run_id, batches=_BATCHES_AT_A_TIME)
        if was_any:
            _show_progress(tools, run_id, tools.clock())
    except TriedTooOftenError:
        return _give_up_preparing(tools, run_id)
    except Exception:  # noqa: BLE001 (others are prepared all the same)
        _log.exception("run.failed", run_id=run_id, phase=RunPhase.PREPARING.value)
        return False
    return was_any


def _give_up_preparing(tools: RunTools, run_id: RunId) -> bool:
    """The passwords can't be made here: end the run, unless it moved on meanwhile."""
    _log.error("run.not_prepared", run_id=run_id)
    with tools.database.transaction() as session:
        run = session.scalars(
            select(Run)
            .where(Run.id == run_id, Run.phase == RunPhase.PREPARING)
            .with_for_update()
        ).one_or_none()
        if run is None:
            return False
        actor, now = _starter(tools, run), tools.clock()
        fail_run(session, run, RunFailure.NOT_PREPARED, actor=actor, now=now)
    return True


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
            life=_LEASE,
        )
        for run in claimed:
            run.progress_shown_at = now
    for run in claimed:
        try:
            _shown(tools, run)
        except (DeliveryPostponedError, DeliveryRefusedError) as error:
            _log.warning("run.progress_unseen", run_id=run_id, code=error.code)
        _release(tools, run)
