import threading
from datetime import timedelta

from domain import slack_deliveries


def test_of_twenty_deliveries_at_once_one_is_the_first(database, now):
    start = threading.Barrier(20)
    answers = []

    def deliver():
        start.wait()
        with database.transaction(timedelta(seconds=60)) as session:
            answers.append(slack_deliveries.is_first(session, "Ev01", now=now))

    threads = [threading.Thread(target=deliver) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 19 + [True]


def test_deliveries_with_other_ids_are_first_too(database, now):
    with database.transaction() as session:
        assert slack_deliveries.is_first(session, "Ev01", now=now)
        assert slack_deliveries.is_first(session, "Ev02", now=now)
        assert not slack_deliveries.is_first(session, "Ev01", now=now)


def test_a_delivery_whose_effect_was_rolled_back_is_first_again(database, now):
    with database.transaction() as session:
        assert slack_deliveries.is_first(session, "Ev01", now=now)
        session.rollback()
    with database.transaction() as session:
        assert slack_deliveries.is_first(session, "Ev01", now=now)


def test_deliveries_are_forgotten_long_after_slack_stops_repeating_them(database, now):
    five_minutes = now + timedelta(minutes=6)
    with database.transaction() as session:
        slack_deliveries.is_first(session, "Ev01", now=now)
        slack_deliveries.forget_old(session, now=five_minutes)
        assert not slack_deliveries.is_first(session, "Ev01", now=five_minutes)
        later = now + slack_deliveries.REMEMBERED_FOR + timedelta(seconds=1)
        slack_deliveries.forget_old(session, now=later)
        assert slack_deliveries.is_first(session, "Ev01", now=later)
