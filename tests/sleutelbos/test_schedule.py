import threading
from datetime import UTC, datetime, time, timedelta

import pytest

from domain import scheduled_ticks
from sleutelbos.schedule import Schedule
from sleutelbos.timetable import Every, Nightly, TimedJob

PATIENCE = 10
NIGHTLY = Nightly(time(3))


def _utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (_utc(2026, 11, 20, 9, 30), _utc(2026, 11, 20, 2)),
        (_utc(2026, 11, 20, 1, 59, 59), _utc(2026, 11, 19, 2)),
        (_utc(2026, 11, 20, 2), _utc(2026, 11, 20, 2)),
        (_utc(2026, 7, 20, 12), _utc(2026, 7, 20, 1)),
        (_utc(2026, 3, 29, 0, 59), _utc(2026, 3, 28, 2)),
        (_utc(2026, 3, 29, 1), _utc(2026, 3, 29, 1)),
        (_utc(2026, 10, 25, 1, 59), _utc(2026, 10, 24, 1)),
        (_utc(2026, 10, 25, 2), _utc(2026, 10, 25, 2)),
    ],
)
def test_three_at_night_is_that_of_the_office_in_summer_and_winter(now, due):
    assert NIGHTLY.latest(now) == due


def test_a_period_is_due_at_the_same_moments_on_every_replica():
    rhythm = Every(timedelta(minutes=5))
    assert rhythm.latest(_utc(2026, 11, 20, 9, 34, 59)) == _utc(2026, 11, 20, 9, 30)
    assert rhythm.latest(_utc(2026, 11, 20, 9, 35)) == _utc(2026, 11, 20, 9, 35)


@pytest.mark.parametrize("rhythm", [NIGHTLY, Every(timedelta(minutes=5))])
@pytest.mark.parametrize("now", [_utc(2026, 3, 28, 9), _utc(2026, 10, 24, 20, 3)])
def test_apscheduler_fires_at_the_moments_that_are_claimed(rhythm, now):
    trigger, previous = rhythm.trigger(), None
    for _ in range(3):
        fires_at = trigger.get_next_fire_time(previous, now)
        assert rhythm.latest(fires_at) == fires_at
        assert rhythm.latest(fires_at - timedelta(microseconds=1)) != fires_at
        previous = now = fires_at


@pytest.fixture
def done():
    return []


@pytest.fixture
def job(done):
    return TimedJob("count", NIGHTLY, lambda: done.append(1))


def test_of_three_replicas_one_does_the_job_each_night(database, clock, job, done):
    replicas = [Schedule(database, [job], clock) for _ in range(3)]
    assert sum(replica.run_if_due(job) for replica in replicas) == 1
    clock.forward(timedelta(days=1))
    assert sum(replica.run_if_due(job) for replica in replicas) == 1
    assert done == [1, 1]


def test_a_job_that_fails_is_done_by_the_next_who_comes(database, clock, done):
    def fails_once():
        done.append(1)
        if len(done) == 1:
            raise RuntimeError

    job = TimedJob("fails once", NIGHTLY, fails_once)
    schedule = Schedule(database, [job], clock)
    assert not schedule.run_if_due(job)
    assert schedule.run_if_due(job)
    assert not schedule.run_if_due(job)
    assert done == [1, 1]


def test_a_tick_of_another_replica_is_not_given_back(database, clock, job, done):
    """A database that fails while the tick is claimed gives nobody's tick back."""
    due_at = NIGHTLY.latest(clock())
    assert scheduled_ticks.claim_in(database, "count", due_at, now=clock())
    with database.transaction() as session:
        session.connection().exec_driver_sql(
            "ALTER TABLE scheduled_tick RENAME TO elsewhere"
        )
    assert not Schedule(database, [job], clock).run_if_due(job)
    with database.transaction() as session:
        session.connection().exec_driver_sql(
            "ALTER TABLE elsewhere RENAME TO scheduled_tick"
        )
    assert not scheduled_ticks.claim_in(database, "count", due_at, now=clock())
    assert done == []


def test_what_fell_due_meanwhile_is_done_at_the_start(database, clock):
    was_done = threading.Event()
    schedule = Schedule(database, [TimedJob("job", NIGHTLY, was_done.set)], clock)
    schedule.start()
    assert was_done.wait(PATIENCE)
    schedule.stop()


def test_stopping_waits_for_the_job_under_way(database, clock):
    begun, go_on, finished = (threading.Event() for _ in range(3))

    def work():
        begun.set()
        assert go_on.wait(PATIENCE)
        finished.set()

    schedule = Schedule(database, [TimedJob("job", NIGHTLY, work)], clock)
    schedule.start()
    assert begun.wait(PATIENCE)
    go_on.set()
    schedule.stop()
    assert finished.is_set()
