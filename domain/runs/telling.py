"""The message of a mailing: posted, rewritten as it goes on, and at its end.

Apart from the mailing itself, so that Slack keeps no letter waiting.
"""

from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import or_

from domain.errors import LeaseLostError
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.leases import claim
from domain.runs.model import Run, RunKind
from domain.runs.showing import (
    LEASE,
    LONGEST_PAUSE,
    PROGRESS_EVERY,
    pause_after,
    release,
    show_run,
)
from domain.runs.tools import RunTools, Step

_log = structlog.get_logger()


def tell_once(tools: RunTools) -> bool:
    """Show how the next mailing stands; says whether there was one to show.

    What changed is shown within seconds; while nothing does, ever less often, since
    what keeps the mail server may have changed.
    """
    run = _claim(tools)
    if run is None:
        return False
    try:
        _tell(tools, run)
    except LeaseLostError:
        _log.warning("run.lease_lost", run_id=run.id)
    return True


def _claim(tools: RunTools) -> Run | None:
    now = tools.clock()
    with tools.database.transaction() as session:
        claimed = claim(
            session,
            Run,
            Run.kind == RunKind.MAIL,
            Run.due_at <= now,
            or_(Run.ended_at.is_(None), Run.result_shown.is_(False)),
            or_(
                Run.ended_at.is_not(None),
                Run.progress_shown_at.is_(None),
                Run.progress_shown_at <= now - PROGRESS_EVERY,
            ),
            order_by=(Run.due_at, Run.id),
            now=now,
            life=LEASE,
        )
        for run in claimed:
            # What changes from here on makes it due again.
            run.due_at = now + max(pause_after(run.attempts), PROGRESS_EVERY)
            run.progress_shown_at = now
            run.attempts += 1
    return claimed[0] if claimed else None


def _tell(tools: RunTools, run: Run) -> None:
    try:
        place: dict[str, Any] = dict(show_run(tools, run))
    except DeliveryPostponedError as error:
        _put_off(tools, run, error.code, error.retry_after)
    except DeliveryRefusedError as error:
        _put_off(tools, run, error.code, LONGEST_PAUSE, is_for_good=True)
    except Exception as error:  # noqa: BLE001 (other messages are shown all the same)
        _log.exception("run.failed", run_id=run.id, phase=run.phase.value)
        _put_off(tools, run, type(error).__name__, None)
    else:
        if run.ended_at is not None:
            release(tools, run, **place, result_shown=True)
            tools.reached(Step.RESULT_SHOWN)
            return
        release(tools, run, **place)
        if run.message_ts is None:
            tools.reached(Step.ANNOUNCED)


def _put_off(
    tools: RunTools,
    run: Run,
    code: str,
    retry_after: timedelta | None,
    *,
    is_for_good: bool = False,
) -> None:
    """Not before the pause that Slack asked for, whatever changes meanwhile."""
    _log.warning("run.untold", run_id=run.id, phase=run.phase.value, code=code)
    if run.ended_at is not None and is_for_good:
        release(tools, run, result_shown=True)
        return
    again = tools.clock() + (retry_after or pause_after(run.attempts))
    release(tools, run, due_at=again, progress_shown_at=again - PROGRESS_EVERY)
