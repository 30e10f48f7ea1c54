import threading
from datetime import UTC, datetime, timedelta, timezone

from domain.scheduled_ticks import claim_in, claim_tick, forget_old, give_back

DUE = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def test_of_ten_processes_at_once_one_does_the_job(database, now):
    start = threading.Barrier(10)
    answers = []

    def tick():
        start.wait()
        answers.append(claim_in(database, "close_leavers", DUE, now=now))

    threads = [threading.Thread(target=tick) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 9 + [True]


def test_each_job_and_each_due_moment_is_claimed_by_itself(database, now):
    assert claim_in(database, "close_leavers", DUE, now=now)
    assert claim_in(database, "delete_exports", DUE, now=now)
    assert claim_in(database, "close_leavers", DUE + timedelta(days=1), now=now)
    assert not claim_in(database, "close_leavers", DUE, now=now)


def test_the_same_moment_told_in_another_zone_is_the_same_tick(database, now):
    assert claim_in(database, "close_leavers", DUE, now=now)
    in_amsterdam = DUE.astimezone(timezone(timedelta(hours=1)))
    assert not claim_in(database, "close_leavers", in_amsterdam, now=now)


def test_a_claim_that_is_rolled_back_leaves_the_tick_to_others(database, now):
    with database.transaction() as session:
        assert claim_tick(session, "close_leavers", DUE, now=now)
        session.rollback()
    assert claim_in(database, "close_leavers", DUE, now=now)


def test_a_tick_that_is_given_back_is_done_by_the_next(database, now):
    assert claim_in(database, "close_leavers", DUE, now=now)
    with database.transaction() as session:
        give_back(session, "close_leavers", DUE)
    assert claim_in(database, "close_leavers", DUE, now=now)


def test_ticks_of_a_month_ago_are_forgotten_and_newer_ones_are_not(database, now):
    old = now - timedelta(days=31)
    assert claim_in(database, "close_leavers", old, now=old)
    assert claim_in(database, "close_leavers", DUE, now=now)
    with database.transaction() as session:
        forget_old(session, now=now)
    assert claim_in(database, "close_leavers", old, now=now)
    assert not claim_in(database, "close_leavers", DUE, now=now)
