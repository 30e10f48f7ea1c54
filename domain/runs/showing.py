"""A run's one message, and the lease under which it is written."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain import administrators
from domain.actor import Actor, ActorKind, AdministratorId, Surface
from domain.leases import hold
from domain.runs.model import Run, RunId
from domain.runs.reporting import report
from domain.runs.tools import RunTools

LEASE: Final = timedelta(minutes=2)
# Rewriting messages is limited to 50 a minute for the whole app (Slack).
PROGRESS_EVERY: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(minutes=5)
_FIRST_PAUSE: Final = timedelta(seconds=2)
# More make a pause that no timedelta holds, and are never waited for.
_DOUBLINGS_AT_MOST: Final = 10


def show_run(tools: RunTools, run: Run) -> dict[str, str]:
    """Show how the run stands; what to remember of the message."""
    with tools.database.reading() as session:
        run_report = report(session, RunId(run.id))
    place = tools.show(run_report)
    return {"message_channel_id": place.channel_id, "message_ts": place.ts}


def release(tools: RunTools, run: Run, **columns: object) -> None:
    """Give the run back, with what is to be remembered of it.

    Raises LeaseLostError when another worker has it by now.
    """
    with tools.database.transaction() as session:
        hold(session, Run, run.id, run.lease_number, until=None)
        if columns:
            values: dict[str, Any] = dict(columns)
            session.execute(update(Run).where(Run.id == run.id).values(values))


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: from two seconds to five minutes."""
    doublings = min(attempts, _DOUBLINGS_AT_MOST)
    return min(_FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def starter(session: Session, run: Run) -> Actor:
    """Who started the run, with today's rights; a dismissed one has none."""
    administrator_id = AdministratorId(run.started_by)
    return administrators.actor_of(session, administrator_id) or Actor(
        ActorKind.ADMINISTRATOR, Surface.SLACK, administrator_id, None
    )
