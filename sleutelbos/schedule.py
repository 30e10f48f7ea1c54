"""Drives the timed jobs: APScheduler says when, a claimed tick says by whom."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from domain import scheduled_ticks
from domain.clock import Clock
from domain.database import Database
from sleutelbos.timetable import TimedJob

_log = structlog.get_logger()
RETRY_AFTER: Final = timedelta(minutes=5)


class Schedule:
    """The timed jobs of this process; other processes may have the same."""

    def __init__(
        self, database: Database, jobs: Sequence[TimedJob], clock: Clock
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._clock = clock
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

        A job that fails gives its tick back and is tried again.
        """
        now = self._clock()
        due_at = job.rhythm.latest(now)
        is_ours = False
        try:
            is_ours = scheduled_ticks.claim_in(
                self._database, job.name, due_at, now=now
            )
            if is_ours:
                job.work()
        except Exception:  # noqa: BLE001 (one job's failure ends no other)
            _log.exception("timed_job.failed", job=job.name)
            self._try_again_later(job)
            if is_ours:
                self._give_back(job, due_at)
            return False
        return is_ours

    def _try_again_later(self, job: TimedJob) -> None:
        if self._scheduler.running:
            self._scheduler.add_job(
                self.run_if_due,
                "date",
                run_date=self._clock() + RETRY_AFTER,
                args=[job],
                id=f"{job.name} again",
                replace_existing=True,
            )

    def _give_back(self, job: TimedJob, due_at: datetime) -> None:
        with self._database.transaction() as session:
            scheduled_ticks.give_back(session, job.name, due_at)
