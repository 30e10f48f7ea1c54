import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain import scheduled_ticks
from domain.errors import LeaseLostError
from domain.leases import release_every_lease
from domain.scheduled_ticks import LEASE, TickHeldError, claim_in, claim_tick

DUE = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def do(database, now):
    """Claim the tick, do nothing, and note that as done."""
    tick = claim_in(database, "close_leavers", DUE, now=now)
    with database.transaction() as session:
        scheduled_ticks.note_done(session, tick, now=now)


def test_of_ten_processes_at_once_one_does_the_job(database, now):
    start = threading.Barrier(10)
    answers = []

    def tick():
        start.wait()
        try:
            answers.append(claim_in(database, "close_leavers", DUE, now=now))
        except TickHeldError as held:
            answers.append(held.until)

    threads = [threading.Thread(target=tick) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(now + LEASE) == 9
    assert len({tick.id for tick in answers if tick != now + LEASE}) == 1


def test_each_job_and_each_due_moment_is_claimed_by_itself(database, now):
    ticks = [
        claim_in(database, "close_leavers", DUE, now=now),
        claim_in(database, "delete_exports", DUE, now=now),
        claim_in(database, "close_leavers", DUE + timedelta(days=1), now=now),
    ]
    assert len({tick.id for tick in ticks}) == 3


def test_a_tick_that_is_done_is_done_for_good(database, now):
    do(database, now)
    later = now + timedelta(days=1)
    assert claim_in(database, "close_leavers", DUE, now=later) is None


def test_the_same_moment_told_in_another_zone_is_the_same_tick(database, now):
    do(database, now)
    in_amsterdam = DUE.astimezone(timezone(timedelta(hours=1)))
    assert claim_in(database, "close_leavers", in_amsterdam, now=now) is None


def test_a_claim_that_is_rolled_back_leaves_the_tick_to_others(database, now):
    with database.transaction() as session:
        assert claim_tick(session, "close_leavers", DUE, now=now)
        session.rollback()
    assert claim_in(database, "close_leavers", DUE, now=now)


def test_a_tick_that_is_given_back_is_done_by_the_next(database, now):
    tick = claim_in(database, "close_leavers", DUE, now=now)
    with database.transaction() as session:
        scheduled_ticks.give_back(session, tick)
    do(database, now)


def test_the_tick_of_a_killed_process_is_taken_up_when_its_lease_has_run_out(
    database, now
):
    killed = claim_in(database, "close_leavers", DUE, now=now)
    with pytest.raises(TickHeldError) as held:
        claim_in(database, "close_leavers", DUE, now=now + LEASE - timedelta(seconds=1))
    do(database, held.value.until)
    for write in (scheduled_ticks.renew, scheduled_ticks.note_done):
        with pytest.raises(LeaseLostError), database.transaction() as session:
            write(session, killed, now=held.value.until)
    with pytest.raises(LeaseLostError), database.transaction() as session:
        scheduled_ticks.give_back(session, killed)


def test_where_one_process_works_its_next_start_frees_the_tick_at_once(database, now):
    claim_in(database, "close_leavers", DUE, now=now)
    with database.transaction() as session:
        release_every_lease(session)
    do(database, now)


def test_a_job_that_renews_its_tick_keeps_it(database, now):
    tick = claim_in(database, "close_leavers", DUE, now=now)
    halfway, later = now + LEASE / 2, now + LEASE
    with database.transaction() as session:
        scheduled_ticks.renew(session, tick, now=halfway)
    with pytest.raises(TickHeldError) as held:
        claim_in(database, "close_leavers", DUE, now=later)
    assert held.value.until == halfway + LEASE


def test_ticks_of_a_month_ago_are_forgotten_and_newer_ones_are_not(database, now):
    old = now - timedelta(days=31)
    assert claim_in(database, "close_leavers", old, now=old)
    do(database, now)
    with database.transaction() as session:
        scheduled_ticks.forget_old(session, now=now)
    assert claim_in(database, "close_leavers", old, now=now)
    assert claim_in(database, "close_leavers", DUE, now=now) is None
