import threading
from datetime import UTC, datetime, time, timedelta

import pytest

from domain import scheduled_ticks
from domain.scheduled_ticks import TickHeldError
from sleutelbos.schedule import Schedule
from sleutelbos.timetable import Every, Nightly, TimedJob, Weekly

PATIENCE = 60
NIGHTLY = Nightly(time(3))
WEEKLY = Weekly(0, time(8))


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


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (_utc(2026, 11, 23, 6, 59, 59), _utc(2026, 11, 16, 7)),
        (_utc(2026, 11, 23, 7), _utc(2026, 11, 23, 7)),
        (_utc(2026, 11, 29, 23), _utc(2026, 11, 23, 7)),
        (_utc(2026, 7, 6, 6), _utc(2026, 7, 6, 6)),
        # The clock goes forward on 29 March and back on 25 October.
        (_utc(2026, 3, 30, 5, 59), _utc(2026, 3, 23, 7)),
        (_utc(2026, 3, 30, 6), _utc(2026, 3, 30, 6)),
        (_utc(2026, 10, 26, 6, 59), _utc(2026, 10, 19, 6)),
        (_utc(2026, 10, 26, 7), _utc(2026, 10, 26, 7)),
    ],
)
def test_eight_on_monday_is_that_of_the_office_in_summer_and_winter(now, due):
    assert WEEKLY.latest(now) == due


def test_a_period_is_due_at_the_same_moments_on_every_replica():
    rhythm = Every(timedelta(minutes=5))
    assert rhythm.latest(_utc(2026, 11, 20, 9, 34, 59)) == _utc(2026, 11, 20, 9, 30)
    assert rhythm.latest(_utc(2026, 11, 20, 9, 35)) == _utc(2026, 11, 20, 9, 35)


@pytest.mark.parametrize("rhythm", [NIGHTLY, WEEKLY, Every(timedelta(minutes=5))])
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
    return TimedJob("count", NIGHTLY, lambda _go_on: done.append(1))


@pytest.fixture
def schedule(database, clock):
    """A process' schedule of these jobs; whatever it does ends with the test."""
    started = []

    def of(*jobs):
        started.append(Schedule(database, jobs, clock, threading.Event()))
        return started[-1]

    yield of
    for each in started:
        each.stop()


def test_of_three_replicas_one_does_the_job_each_night(schedule, clock, job, done):
    replicas = [schedule(job) for _ in range(3)]
    assert sum(replica.run_if_due(job) for replica in replicas) == 1
    clock.forward(timedelta(days=1))
    assert sum(replica.run_if_due(job) for replica in replicas) == 1
    assert done == [1, 1]


def fails_once(done):
    def work(_go_on):
        done.append(1)
        if len(done) == 1:
            raise RuntimeError

    return TimedJob("fails once", NIGHTLY, work)


def test_a_job_that_fails_is_done_by_the_next_who_comes(schedule, done):
    job = fails_once(done)
    first = schedule(job)
    assert not first.run_if_due(job)
    assert first.run_if_due(job)
    assert not first.run_if_due(job)
    assert done == [1, 1]


def test_a_job_that_fails_is_tried_again_by_itself(schedule, done):
    was_done = threading.Event()
    job = fails_once(done)

    def work(go_on):
        job.work(go_on)
        was_done.set()

    schedule(TimedJob(job.name, NIGHTLY, work)).start()
    assert was_done.wait(PATIENCE)
    assert done == [1, 1]


def test_a_tick_of_another_replica_is_not_given_back(database, clock, schedule, job):
    """A database that fails while the tick is claimed gives nobody's tick back."""
    due_at = NIGHTLY.latest(clock())
    assert scheduled_ticks.claim_in(database, "count", due_at, now=clock())
    with database.transaction() as session:
        session.connection().exec_driver_sql(
            "ALTER TABLE scheduled_tick RENAME TO elsewhere"
        )
    assert not schedule(job).run_if_due(job)
    with database.transaction() as session:
        session.connection().exec_driver_sql(
            "ALTER TABLE elsewhere RENAME TO scheduled_tick"
        )
    with pytest.raises(TickHeldError):
        scheduled_ticks.claim_in(database, "count", due_at, now=clock())


def test_what_another_process_began_and_left_is_done_once_its_lease_is_over(
    database, clock, schedule
):
    scheduled_ticks.claim_in(database, "job", NIGHTLY.latest(clock()), now=clock())
    was_done = threading.Event()
    process = schedule(TimedJob("job", NIGHTLY, lambda _go_on: was_done.set()))
    process.start()
    clock.forward(scheduled_ticks.LEASE)
    assert was_done.wait(PATIENCE)


def test_a_job_that_goes_on_keeps_its_tick_as_long_as_it_takes(schedule, clock, done):
    def work(go_on):
        for _ in range(3):
            clock.forward(scheduled_ticks.LEASE * 0.9)
            go_on()
            assert not schedule(other).run_if_due(other)

    job = TimedJob("long", NIGHTLY, work)
    other = TimedJob("long", NIGHTLY, lambda _go_on: done.append(1))
    assert schedule(job).run_if_due(job)
    assert done == []


def test_a_job_that_slept_past_its_lease_ends_where_it_is(schedule, clock, done):
    def work(go_on):
        clock.forward(scheduled_ticks.LEASE)
        assert schedule(other).run_if_due(other)
        go_on()
        done.append("too late")

    job = TimedJob("long", NIGHTLY, work)
    other = TimedJob("long", NIGHTLY, lambda _go_on: done.append("in time"))
    assert not schedule(job).run_if_due(job)
    assert done == ["in time"]


def test_what_fell_due_meanwhile_is_done_at_the_start(schedule):
    was_done = threading.Event()
    schedule(TimedJob("job", NIGHTLY, lambda _go_on: was_done.set())).start()
    assert was_done.wait(PATIENCE)


def test_stopping_waits_for_the_job_under_way(schedule):
    begun, finishing, finished = (threading.Event() for _ in range(3))

    def work(_go_on):
        begun.set()
        assert finishing.wait(PATIENCE)
        finished.set()

    process = schedule(TimedJob("job", NIGHTLY, work))
    process.start()
    assert begun.wait(PATIENCE)
    finishing.set()
    process.stop()
    assert finished.is_set()


def test_a_job_that_is_cut_short_is_left_to_the_next_start(
    database, clock, schedule, done
):
    stopping = threading.Event()

    def work(go_on):
        done.append("begun")
        stopping.set()
        go_on()
        done.append("finished")

    job = TimedJob("count", NIGHTLY, work)
    assert not Schedule(database, [job], clock, stopping).run_if_due(job)
    assert done == ["begun"]
    again = TimedJob("count", NIGHTLY, lambda _go_on: done.append("done"))
    assert schedule(again).run_if_due(again)
    assert done == ["begun", "done"]
