"""Drives the timed jobs: APScheduler says when, a claimed tick says by whom."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from domain import scheduled_ticks
from domain.clock import Clock
from domain.database import Database
from domain.errors import LeaseLostError
from domain.scheduled_ticks import ScheduledTick, TickHeldError
from sleutelbos.timetable import TimedJob

_log = structlog.get_logger()
RETRY_AFTER: Final = timedelta(minutes=5)


class CutShortError(Exception):
    """The process is stopping and the job is not done."""


class Schedule:
    """The timed jobs of this process; other processes may have the same.

    `stopping` ends a long job between two of its steps.
    """

    def __init__(
        self,
        database: Database,
        jobs: Sequence[TimedJob],
        clock: Clock,
        stopping: threading.Event,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._clock = clock
        self._stopping = stopping
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                # However late, a due job is done: ticks keep it from being done twice.
                "misfire_grace_time": None,
            },
        )

    def start(self) -> None:
        """Do what fell due while nobody was there, then go by the timetable."""
        for job in self._jobs:
            self._scheduler.add_job(self.run_if_due, args=[job])
            self._scheduler.add_job(self.run_if_due, job.rhythm.trigger(), args=[job])
        self._scheduler.start()

    def stop(self) -> None:
        """Start nothing more and wait for what is under way."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def run_if_due(self, job: TimedJob) -> bool:
        """Do the job if nobody did its latest tick; whether it was done here.

        A job that fails gives its tick back and is tried again; one that another
        process is at is looked at again when that one's lease is over.
        """
        now = self._clock()
        due_at = job.rhythm.latest(now)
        try:
            tick = scheduled_ticks.claim_in(self._database, job.name, due_at, now=now)
        except TickHeldError as held:
            self._try_again(job, held.until)
            return False
        except Exception:  # noqa: BLE001 (one job's failure ends no other)
            _log.exception("timed_job.unclaimed", job=job.name)
            self._try_again(job, now + RETRY_AFTER)
            return False
        return tick is not None and self._do(job, tick)

    def _do(self, job: TimedJob, tick: ScheduledTick) -> bool:
        try:
            job.work(partial(self._go_on, tick))
            self._write(scheduled_ticks.note_done, tick, now=self._clock())
        except LeaseLostError:
            _log.warning("timed_job.lease_lost", job=job.name)
        except CutShortError:
            _log.info("timed_job.cut_short", job=job.name)
            self._write(scheduled_ticks.give_back, tick)
        except Exception:  # noqa: BLE001 (as above)
            _log.exception("timed_job.failed", job=job.name)
            self._try_again(job, self._clock() + RETRY_AFTER)
            self._write(scheduled_ticks.give_back, tick)
        else:
            return True
        return False

    def _go_on(self, tick: ScheduledTick) -> None:
        if self._stopping.is_set():
            raise CutShortError
        self._write(scheduled_ticks.renew, tick, now=self._clock())

    def _write(
        self, write: Callable[..., None], tick: ScheduledTick, **given: Any
    ) -> None:
        with self._database.transaction() as session:
            write(session, tick, **given)

    def _try_again(self, job: TimedJob, at: datetime) -> None:
        if self._scheduler.running:
            self._scheduler.add_job(
                self.run_if_due,
                "date",
                run_date=at,
                args=[job],
                id=f"{job.name} again",
                replace_existing=True,
            )
