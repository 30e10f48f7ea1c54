from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import outbox
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.outbox import OutboxMessage
from sleutelbos.delivering import deliver_next


@pytest.fixture
def queue(database, clock):
    def put(kind, **payload):
        with database.transaction() as session:
            outbox.queue(session, kind, payload, now=clock())

    return put


def _messages(database):
    with database.reading() as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def _deliver_all(database, handlers, clock):
    count = 0
    while deliver_next(database, handlers, clock):
        count += 1
    return count


def test_each_message_goes_once_to_whom_its_kind_names(database, clock, queue):
    told = []
    queue("notice", n=1)
    queue("notice", n=2)
    assert _deliver_all(database, {"notice": told.append}, clock) == 2
    assert told == [{"n": 1}, {"n": 2}]
    assert all(message.delivered for message in _messages(database))


def test_a_poison_message_holds_up_no_other(database, clock, queue):
    told = []

    def poison(_payload):
        raise ZeroDivisionError

    queue("poison")
    queue("notice", n=1)
    handlers = {"poison": poison, "notice": told.append}
    assert _deliver_all(database, handlers, clock) == 2
    assert told == [{"n": 1}]
    first, second = _messages(database)
    assert (first.delivered, first.last_error) == (False, "ZeroDivisionError")
    assert second.delivered


def test_a_kind_that_nobody_delivers_yet_waits(database, clock, queue):
    queue("of a newer version")
    assert _deliver_all(database, {"notice": lambda _: None}, clock) == 0
    (message,) = _messages(database)
    assert (message.ended_at, message.attempts) == (None, 0)


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (DeliveryPostponedError("ratelimited", timedelta(seconds=30)), 30),
        (DeliveryPostponedError("timeout"), 5),
        (DeliveryRefusedError("channel_not_found"), 5),
    ],
)
def test_an_undelivered_message_is_tried_again_when_slack_says(
    database, clock, queue, error, wait
):
    def fails(_payload):
        raise error

    queue("notice", n=1)
    assert deliver_next(database, {"notice": fails}, clock)
    told = []
    clock.forward(timedelta(seconds=wait - 1))
    assert not deliver_next(database, {"notice": told.append}, clock)
    clock.forward(timedelta(seconds=1))
    assert deliver_next(database, {"notice": told.append}, clock)
    assert told == [{"n": 1}]


def test_who_slept_through_the_lease_settles_nothing(database, clock, queue):
    """The second worker's delivery counts; the first's failure does not undo it."""
    queue("notice", n=1)

    def sleeps(_payload):
        clock.forward(outbox.LEASE)
        assert deliver_next(database, {"notice": lambda _: None}, clock)
        raise DeliveryPostponedError("timeout")

    assert deliver_next(database, {"notice": sleeps}, clock)
    (message,) = _messages(database)
    assert message.delivered
