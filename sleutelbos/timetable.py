"""When timed jobs are due, the same on every replica whenever it was started."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, Protocol

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from domain.record_cards.employment import OFFICE_ZONE

_EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)


class Rhythm(Protocol):
    """How often something is due."""

    def latest(self, now: datetime) -> datetime:
        """The latest due moment that is not in the future, in UTC."""

    def trigger(self) -> object:
        """The same for APScheduler."""


@dataclass(frozen=True)
class Every:
    """Due at multiples of a period since one fixed moment."""

    period: timedelta

    def latest(self, now: datetime) -> datetime:
        """The latest due moment that is not in the future, in UTC."""
        return _EPOCH + (now - _EPOCH) // self.period * self.period

    def trigger(self) -> object:
        """The same for APScheduler."""
        return IntervalTrigger(
            seconds=int(self.period.total_seconds()), start_date=_EPOCH, timezone=UTC
        )


@dataclass(frozen=True)
class Nightly:
    """Due once a day on the office's clock; by 03:00 summer time has begun or ended."""

    at: time

    def latest(self, now: datetime) -> datetime:
        """The latest due moment that is not in the future, in UTC."""
        today = now.astimezone(OFFICE_ZONE).date()
        moments = (
            datetime.combine(today - timedelta(days=back), self.at, OFFICE_ZONE)
            for back in (0, 1)
        )
        due = next(moment for moment in moments if moment <= now)
        return due.astimezone(UTC)

    def trigger(self) -> object:
        """The same for APScheduler."""
        return CronTrigger(
            hour=self.at.hour, minute=self.at.minute, timezone=OFFICE_ZONE
        )


@dataclass(frozen=True)
class Weekly:
    """Due once a week on the office's clock; `weekday` is 0 on Monday."""

    weekday: int
    at: time

    def latest(self, now: datetime) -> datetime:
        """The latest due moment that is not in the future, in UTC."""
        today = now.astimezone(OFFICE_ZONE).date()
        day = today - timedelta(days=(today.weekday() - self.weekday) % 7)
        moments = (
            datetime.combine(day - timedelta(weeks=back), self.at, OFFICE_ZONE)
            for back in (0, 1)
        )
        due = next(moment for moment in moments if moment <= now)
        return due.astimezone(UTC)

    def trigger(self) -> object:
        """The same for APScheduler."""
        return CronTrigger(
            day_of_week=self.weekday,
            hour=self.at.hour,
            minute=self.at.minute,
            timezone=OFFICE_ZONE,
        )


GoOn = Callable[[], None]


@dataclass(frozen=True)
class TimedJob:
    """Something to do in a rhythm, by one process each time.

    `work` calls what it is handed before each of its steps: that keeps the job
    this process' own, and raises when it is not to go on.
    """

    name: str
    rhythm: Rhythm
    work: Callable[[GoOn], None]
