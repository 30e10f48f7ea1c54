from contextlib import contextmanager

from domain import outbox
from domain.audit import AuditAct
from domain.errors import DatabaseBusyError
from domain.outbox import OutboxMessage
from domain.secret import Keyring, Secret
from domain.sign_in import recovery, recovery_letters
from domain.sign_in.model import RecoveryRequest
from tests.domain.sign_in.people import NOBODY, later
from tests.domain.sign_in.recovering import (
    ask,
    letters,
    together,
    waiting,
    work,
)


def test_a_hundred_workers_at_once_send_each_letter_once(desk):
    desk.add_employee()
    for _ in range(5):
        ask(desk)
    together(20, lambda _number: work(desk))
    assert len(letters(desk)) == 3
    assert all(message.delivered for message in waiting(desk))


def test_a_request_whose_key_is_lost_is_dropped(desk):
    desk.add_employee()
    ask(desk)
    other = Keyring.from_setting(Secret("another key of 32 characters at the least"))
    answered = recovery_letters.answer_next(desk.tools.transaction, other, desk.clock)
    assert answered
    assert letters(desk) == []
    assert waiting(desk)[0].delivered


def test_a_request_that_waited_longer_than_a_link_lives_gets_no_letter(desk):
    desk.add_employee()
    ask(desk)
    later(desk.clock, minutes=1)
    ask(desk)
    later(desk.clock, minutes=29)
    assert work(desk) == 2
    assert len(letters(desk)) == 1
    assert all(message.delivered for message in waiting(desk))
    assert len(desk.office.events(AuditAct.LINK_ASKED_FOR)) == 1


def test_a_request_that_can_not_be_read_stops_no_other(desk):
    desk.add_employee()
    ask(desk, NOBODY)
    ask(desk)
    with desk.tools.transaction() as session:
        broken = session.get_one(OutboxMessage, waiting(desk)[0].id)
        broken.payload = {"by": "magic"}
    assert work(desk) == 2
    assert len(letters(desk)) == 1
    assert waiting(desk)[0].last_error == "KeyError"
    later(desk.clock, days=3)
    work(desk)
    assert waiting(desk)[0].payload == {}


def test_a_request_whose_worker_died_is_answered_by_another_a_minute_later(desk):
    desk.add_employee()
    ask(desk)
    with desk.tools.transaction() as session:
        assert outbox.claim_due(session, kinds=[recovery.KIND], now=desk.clock())
    assert work(desk) == 0
    later(desk.clock, minutes=1)
    assert work(desk) == 1
    assert len(letters(desk)) == 1


def test_a_worker_that_slept_too_long_sends_no_second_letter(desk):
    desk.add_employee()
    ask(desk)
    turns = iter(["claims", "sleeps, and answers too late"])

    def sleepy():
        if next(turns) != "claims":
            later(desk.clock, minutes=2)
            assert work(desk) == 1
        return desk.tools.transaction()

    assert recovery_letters.answer_next(sleepy, desk.tools.keyring, desk.clock)
    assert len(letters(desk)) == 1
    assert len(desk.office.events(AuditAct.LINK_ASKED_FOR)) == 1
    assert waiting(desk)[0].delivered


def test_a_database_that_fails_sends_nothing_and_is_tried_again(desk):
    desk.add_employee()
    ask(desk)
    turns = iter([False, True, False])

    @contextmanager
    def failing():
        with desk.tools.transaction() as session:
            yield session
            if next(turns):
                raise DatabaseBusyError

    assert recovery_letters.answer_next(failing, desk.tools.keyring, desk.clock)
    assert letters(desk) == []
    assert desk.number_of(RecoveryRequest) == 1
    later(desk.clock, seconds=5)
    assert work(desk) == 1
    assert len(letters(desk)) == 1


def test_a_worker_that_failed_and_slept_too_long_leaves_the_request_as_it_is(desk):
    desk.add_employee()
    ask(desk)
    turns = iter(["claims", "fails", "comes back too late"])

    @contextmanager
    def failing():
        turn = next(turns)
        if turn == "comes back too late":
            later(desk.clock, minutes=2)
            assert work(desk) == 1
        with desk.tools.transaction() as session:
            yield session
            if turn == "fails":
                raise DatabaseBusyError

    assert recovery_letters.answer_next(failing, desk.tools.keyring, desk.clock)
    assert len(letters(desk)) == 1
    (request,) = waiting(desk)
    assert (request.delivered, request.attempts) == (True, 0)
