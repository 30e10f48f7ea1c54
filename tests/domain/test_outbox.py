from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import outbox
from domain.outbox import OutboxMessage

HOUR = timedelta(hours=1)
KINDS = {"now", "later"}


def _claimed(database, at):
    with database.transaction() as session:
        message = outbox.claim_due(session, kinds=KINDS, now=at)
        return message and message.payload


def test_a_message_for_later_waits_for_its_time(database, now):
    with database.transaction() as session:
        outbox.queue(session, "later", {"n": 1}, due_at=now + HOUR, now=now)
        outbox.queue(session, "now", {"n": 2}, now=now)
    assert _claimed(database, now) == {"n": 2}
    assert _claimed(database, now + HOUR - timedelta(seconds=1)) != {"n": 1}
    assert _claimed(database, now + HOUR) == {"n": 1}


def test_a_withdrawn_message_never_goes_out_and_is_wiped(database, now):
    with database.transaction() as session:
        message_id = outbox.queue(
            session, "later", {"n": 1}, due_at=now + HOUR, now=now
        )
        outbox.withdraw(session, message_id, now=now)
    assert _claimed(database, now + HOUR) is None
    with database.reading() as session:
        row = session.get_one(OutboxMessage, message_id)
    assert (row.payload, row.delivered, row.ended_at) == ({}, False, now)


def test_what_was_delivered_is_not_withdrawn(database, now):
    with database.transaction() as session:
        message_id = outbox.queue(session, "now", {"n": 1}, now=now)
        message = outbox.claim_due(session, kinds={"now"}, now=now)
        outbox.delivered(session, message, now=now)
    with database.transaction() as session:
        outbox.withdraw(session, message_id, now=now + HOUR)
    with database.reading() as session:
        row = session.get_one(OutboxMessage, message_id)
    assert (row.delivered, row.ended_at) == (True, now)


def test_a_commit_that_leaves_a_message_is_told_of(database, now):
    told = []
    database.when_queued(lambda: told.append(waiting(database)))
    with database.transaction() as session:
        outbox.queue(session, "notice", {}, now=now)
        assert told == []
    assert told == [1]
    with database.transaction() as session:
        outbox.claim_due(session, kinds=["notice"], now=now)
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        outbox.queue(session, "notice", {}, now=now)
        raise ZeroDivisionError
    assert told == [1]
    database.when_queued(None)
    with database.transaction() as session:
        outbox.queue(session, "notice", {}, now=now)
    assert told == [1]


def waiting(database):
    """How many messages another transaction sees at this moment."""
    with database.reading() as session:
        return len(session.scalars(select(OutboxMessage.id)).all())
