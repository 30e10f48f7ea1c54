"""The letters' loop: from the outbox to a mailbox, whatever the mail server does."""

import email
import threading
from contextlib import ExitStack
from datetime import timedelta
from email import policy

import pytest
from sqlalchemy import select

from bot.office import Office
from domain import outbox
from domain.letters import settling
from domain.letters.composing import Office as LettersOffice
from domain.letters.mail_server import MailServer, Sender
from domain.letters.queueing import KIND, LetterKind, Recipient, queue_letter
from domain.letters.wording.words import Letterhead
from domain.outbox import OutboxMessage
from domain.secret import Keyring, Secret
from sandbox.mailbox import Mailbox
from sleutelbos.letter_delivery import LetterDelivery
from sleutelbos.mail import Mail
from tests.domain.letters.test_composing import HEADERS, NAMES

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def mailbox():
    with Mailbox().serve() as served:
        yield served


@pytest.fixture
def queue(database, keyring, clock):
    def put(number=1, kind=LetterKind.LOCKED_OUT, **more):
        to = Recipient(
            more.pop("address", f"person{number}@example.nl"),
            more.pop("first_name", "Sanne"),
            None,
            record_card_id=number,
        )
        with database.transaction() as session:
            return queue_letter(session, kind, to, keyring=keyring, now=clock(), **more)

    return put


@pytest.fixture
def stopping():
    return threading.Event()


@pytest.fixture
def new_delivery(database, keyring, clock, mailbox, stopping):
    """One more worker's share of the letters."""
    with ExitStack() as ends:

        def make(keys=keyring, url=mailbox.smtp_url) -> LetterDelivery:
            letters = LettersOffice(
                Sender.from_text("hr@example.nl"),
                Letterhead("De Gouden Lepel", "https://inloggen.example.nl"),
                "nl",
            )
            mail = Mail(MailServer.from_url(url), letters)
            office = Office(database, clock, keys, "De Gouden Lepel", "nl")
            (delivery,) = mail.deliveries(office, stopping, 1)
            ends.callback(delivery.close)
            return delivery

        yield make


@pytest.fixture
def delivery(new_delivery):
    return new_delivery()


@pytest.fixture
def drop_expired(database, clock):
    def drop() -> int:
        with database.transaction() as session:
            return settling.drop_expired(session, now=clock())

    return drop


@pytest.fixture
def rows(database):
    def look() -> list[OutboxMessage]:
        with database.reading() as session:
            query = select(OutboxMessage).order_by(OutboxMessage.id)
            return list(session.scalars(query))

    return look


def _recipients(mailbox):
    return [recipient for letter in mailbox.letters for recipient in letter.to]


def test_letters_go_in_the_order_in_which_they_were_queued(mailbox, delivery, queue):
    for number in (1, 2, 3):
        queue(number)
    assert delivery.deliver_due()
    assert _recipients(mailbox) == [f"person{n}@example.nl" for n in (1, 2, 3)]
    assert len(mailbox.conversations) == 1
    assert not delivery.deliver_due()


def test_a_delivered_letter_leaves_nothing_of_itself(delivery, queue, rows):
    queue(kind=LetterKind.CODE, values={"code": Secret("482913")})
    delivery.deliver_due()
    (row,) = rows()
    assert (row.delivered, row.payload, row.last_error) == (True, {}, None)


def test_a_refused_recipient_ends_that_letter_and_the_rest_goes_on(
    mailbox, delivery, queue, rows
):
    mailbox.faults.refuse("person1@example.nl")
    queue(1)
    queue(2)
    delivery.deliver_due()
    assert _recipients(mailbox) == ["person2@example.nl"]
    refused, delivered = rows()
    assert (refused.delivered, refused.ended_at is not None) == (False, True)
    assert refused.last_error == "recipient_refused_550"
    assert refused.payload == {"letter": "locked_out", "record_card_id": 1}
    assert delivered.delivered


def test_an_address_that_is_none_ends_that_letter(mailbox, delivery, queue, rows):
    queue(1, address="a@example.nl, b@example.nl")
    queue(2)
    delivery.deliver_due()
    assert _recipients(mailbox) == ["person2@example.nl"]
    assert rows()[0].last_error == "address_unusable"


def test_hostile_names_reach_one_recipient_each(mailbox, delivery, queue):
    for number, name in enumerate(NAMES):
        queue(number, first_name=name)
    delivery.deliver_due()
    assert len(mailbox.letters) == len(NAMES)
    for number, letter in enumerate(mailbox.letters):
        assert letter.to == (f"person{number}@example.nl",)
        read = email.message_from_bytes(letter.raw, policy=policy.default)
        # The mailbox adds where a letter came from.
        assert set(read.keys()) - {"X-Peer", "X-MailFrom", "X-RcptTo"} == HEADERS


def test_a_deferred_letter_waits_a_minute_and_then_longer(
    mailbox, delivery, queue, clock, now, rows
):
    mailbox.faults.refuse("person1@example.nl", answer="450 4.2.1 Later")
    queue(1)
    waits = []
    while not rows()[0].ended_at:
        assert delivery.deliver_due()
        row = rows()[0]
        if row.ended_at is None:
            waits.append(row.due_at - clock())
            clock.forward(waits[-1])
    assert waits[:5] == [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR]
    assert set(waits[5:]) == {6 * HOUR}
    assert clock() <= now + timedelta(hours=48) < clock() + 6 * HOUR
    assert rows()[0].payload == {"letter": "locked_out", "record_card_id": 1}


def test_a_server_that_is_away_is_asked_again_with_the_oldest_letter_first(
    mailbox, delivery, queue, clock, rows
):
    queue(1)
    mailbox.go_down()
    assert not delivery.deliver_due()
    clock.forward(timedelta(seconds=1))
    queue(2)
    assert not delivery.deliver_due()
    (first, _second) = rows()
    assert (first.attempts, first.last_error) == (0, "connection_refused")
    mailbox.come_up()
    clock.forward(timedelta(seconds=3))
    assert not delivery.deliver_due(), "it pauses for five seconds"
    clock.forward(timedelta(seconds=1))
    assert delivery.deliver_due()
    assert _recipients(mailbox) == ["person1@example.nl", "person2@example.nl"]


def test_pauses_grow_to_a_minute_and_begin_anew_after_a_letter(
    mailbox, delivery, queue, clock
):
    def seconds_until_it_asks():
        asked = len(mailbox.conversations)
        for second in range(100):
            delivery.deliver_due()
            if len(mailbox.conversations) > asked:
                return second
            clock.forward(timedelta(seconds=1))
        return None

    queue(1)
    mailbox.faults.be_busy(at="CONNECT", answer="421 4.3.2 Away", times=5)
    assert [seconds_until_it_asks() for _ in range(5)] == [0, 5, 15, 60, 60]
    assert seconds_until_it_asks() == 60
    mailbox.wait_for(lambda: mailbox.letters)
    mailbox.faults.be_busy(at="MAIL", times=1)
    queue(2)
    delivery.deliver_due()
    clock.forward(timedelta(seconds=5))
    assert delivery.deliver_due()


@pytest.mark.parametrize("step", ["RCPT", "LETTER"])
def test_a_letter_over_which_the_server_hangs_up_lets_others_go_first(
    mailbox, delivery, queue, clock, rows, step
):
    queue(1)
    queue(2)
    mailbox.faults.be_busy(at=step, answer="421 4.7.0 Not this one", times=1)
    delivery.deliver_due()
    assert _recipients(mailbox) == []
    assert not delivery.deliver_due(), "it leaves the server alone for a moment"
    clock.forward(timedelta(seconds=5))
    delivery.deliver_due()
    assert _recipients(mailbox) == ["person2@example.nl"]
    clock.forward(MINUTE)
    delivery.deliver_due()
    assert _recipients(mailbox) == ["person2@example.nl", "person1@example.nl"]
    assert [row.attempts for row in rows()] == [1, 0]


def test_a_letter_that_was_taken_is_settled_once_the_database_is_free_again(
    mailbox, delivery, queue, clock, database, rows
):
    queue(1)
    held = mailbox.faults.hold()
    sending = threading.Thread(target=delivery.deliver_due)
    sending.start()
    mailbox.wait_for(lambda: mailbox.letters)
    with database.transaction() as session:
        session.execute(select(OutboxMessage).with_for_update())
        held.release()
        # Longer than a transaction waits for its turn.
        sending.join(timeout=6)
    sending.join()
    clock.forward(HOUR)
    delivery.deliver_due()
    assert len(mailbox.letters) == 1
    assert [row.delivered for row in rows()] == [True]


def test_a_refused_password_is_not_tried_every_minute(new_delivery, queue, clock):
    """Many servers lock an account after a few wrong ones."""
    with Mailbox(login=("hr@example.nl", "right")).serve() as guarded:
        wrong = guarded.smtp_url.replace("right", "wrong")
        delivery = new_delivery(url=wrong)
        queue(1)
        delivery.deliver_due()
        for _ in range(4):
            clock.forward(MINUTE)
            delivery.deliver_due()
        assert len(guarded.conversations) == 1
        clock.forward(MINUTE)
        delivery.deliver_due()
        assert len(guarded.conversations) == 2


def test_a_clock_that_is_set_back_makes_no_pause_longer(
    mailbox, delivery, queue, clock
):
    queue(1)
    mailbox.go_down()
    delivery.deliver_due()
    mailbox.come_up()
    clock.forward(-HOUR)
    queue(2)
    assert delivery.deliver_due()
    assert _recipients(mailbox) == ["person2@example.nl"]


@pytest.mark.parametrize(
    "letter",
    [
        (LetterKind.CODE, {"code": "482913"}, 10 * MINUTE),
        (LetterKind.RECOVERY_LINK, {"token": "t" * 43}, 30 * MINUTE),
        (LetterKind.LOCKED_OUT, {}, 48 * HOUR),
    ],
)
def test_a_letter_that_makes_no_sense_any_more_is_not_sent(
    mailbox, delivery, queue, clock, drop_expired, rows, letter
):
    kind, values, life = letter
    queue(1, kind=kind, values=values)
    clock.forward(life - timedelta(seconds=1))
    queue(2, kind=kind, values=values)
    clock.forward(timedelta(seconds=1))
    delivery.deliver_due()
    assert _recipients(mailbox) == ["person2@example.nl"]
    assert (drop_expired(), drop_expired()) == (1, 0)
    dropped = rows()[0]
    assert (dropped.delivered, dropped.last_error) == (False, "expired")
    assert dropped.payload == {
        "letter": kind.value,
        "record_card_id": 1,
        "expired": True,
    }


def test_what_kept_a_letter_until_it_expired_is_remembered(
    mailbox, delivery, queue, clock, drop_expired, rows
):
    mailbox.go_down()
    queue(1, kind=LetterKind.CODE, values={"code": "482913"})
    delivery.deliver_due()
    clock.forward(10 * MINUTE)
    drop_expired()
    assert rows()[0].last_error == "connection_refused"


def test_a_letter_of_a_lost_key_is_given_up(new_delivery, mailbox, queue, rows):
    queue(1)
    other = Keyring.from_setting(Secret("another key for tests only of 32 characters"))
    new_delivery(other).deliver_due()
    assert rows()[0].last_error == "key_lost"
    assert mailbox.letters == ()


def test_a_letter_in_doubt_is_repeated_to_the_byte(
    mailbox, delivery, queue, clock, rows
):
    mailbox.faults.drop_after_letter(keeping=True)
    queue(1, kind=LetterKind.CODE, values={"code": "482913"})
    delivery.deliver_due()
    clock.forward(MINUTE)
    delivery.deliver_due()
    first, second = mailbox.letters
    assert first.raw == second.raw
    assert rows()[0].delivered


def test_two_workers_send_each_letter_once(new_delivery, mailbox, queue, database):
    for number in range(20):
        queue(number)
    barrier = threading.Barrier(2)

    def work(delivery):
        barrier.wait()
        while delivery.deliver_due():
            pass

    threads = [threading.Thread(target=work, args=(new_delivery(),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(_recipients(mailbox)) == sorted(
        f"person{number}@example.nl" for number in range(20)
    )


def test_who_slept_through_the_lease_settles_nothing(
    new_delivery, mailbox, queue, clock, rows
):
    """The first worker hangs after DATA; the second has the letter delivered."""
    held = mailbox.faults.hold(at="LETTER")
    queue(1)
    first = threading.Thread(target=new_delivery().deliver_due)
    first.start()
    mailbox.wait_for(lambda: mailbox.letters)
    clock.forward(outbox.LEASE)
    second = threading.Thread(target=new_delivery().deliver_due)
    second.start()
    mailbox.wait_for(lambda: len(mailbox.letters) == 2)
    held.release()
    first.join()
    second.join()
    (row,) = rows()
    assert row.delivered
    assert mailbox.letters[0].raw == mailbox.letters[1].raw


def test_a_worker_that_is_stopped_finishes_the_letter_in_hand_only(
    delivery, mailbox, queue, stopping
):
    queue(1)
    queue(2)
    stopping.set()
    delivery.deliver_due()
    assert _recipients(mailbox) == ["person1@example.nl"]


def test_other_messages_are_left_alone(delivery, database, clock, rows):
    with database.transaction() as session:
        outbox.queue(session, "notice", {"n": 1}, now=clock())
    assert not delivery.deliver_due()
    assert rows()[0].kind != KIND
    assert rows()[0].lease_number == 0
