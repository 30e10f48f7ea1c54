"""Letters that did not arrive: who is told, when, and how often."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.letters.kinds import LetterKind
from domain.letters.queueing import Recipient, queue_letter
from domain.letters.refusals import Cause, LetterRefusedError, ServerAwayError, cause_of
from domain.letters.settling import claim_letter, drop_expired, settle
from domain.letters.undelivered import (
    NOTICE,
    Undelivered,
    Unreached,
    count_by_reason,
    find_waiting,
    tell_managers,
)
from domain.outbox import OutboxMessage

DAY = timedelta(days=1)
REFUSED = LetterRefusedError("recipient_refused_550")


@pytest.fixture
def ends(office, keyring, clock):
    """Queue a letter to the person of a card, and settle it so."""

    def end(card_id, error=REFUSED, kind=LetterKind.LOCKED_OUT, **values):
        with office.database.transaction() as session:
            to = Recipient("somebody@example.nl", "Sanne", None, card_id)
            queue_letter(session, kind, to, values=values, keyring=keyring, now=clock())
            settle(session, claim_letter(session, now=clock()), error, now=clock())

    return end


@pytest.fixture
def tells(office, clock):
    """Tell managers, as the timed job does; gives how many were told."""

    def tell() -> int:
        with office.database.transaction() as session:
            return tell_managers(session, now=clock())

    return tell


@pytest.fixture
def notices(office):
    def look() -> list[Undelivered]:
        with office.database.reading() as session:
            query = select(OutboxMessage).where(OutboxMessage.kind == NOTICE)
            rows = session.scalars(query.order_by(OutboxMessage.id))
            return [Undelivered.from_payload(row.payload) for row in rows]

    return look


def test_nobody_is_told_of_nothing(tells, ends):
    assert tells() == 0
    ends(1, None)
    assert tells() == 0


def test_a_test_of_a_template_that_did_not_arrive_is_nobody_elses_concern(
    ends, tells, notices, now
):
    values = {"first_name": "Sanne", "name": "Sanne", "branch": "Utrecht"}
    values |= {"user_name": "x", "valid_until": now.isoformat(), "token": "x"}
    ends(None, kind=LetterKind.TEMPLATE_TEST, **values)
    assert tells() == 0
    ends(1)
    assert tells() == 1
    assert notices()[0].others == 0


def test_every_manager_is_told_whom_letters_did_not_reach(ends, tells, notices):
    ends(1)
    ends(2)
    ends(1)
    assert tells() == 1
    (notice,) = notices()
    assert set(notice.named) == {
        Unreached(1, "recipient_refused_550"),
        Unreached(2, "recipient_refused_550"),
    }
    assert (notice.others, notice.late) == (0, 0)


def test_managers_are_told_once_a_day_and_of_each_letter_once(
    ends, tells, notices, clock
):
    ends(1)
    assert tells() == 1
    ends(2)
    clock.forward(DAY - timedelta(seconds=1))
    assert tells() == 0
    clock.forward(timedelta(seconds=1))
    assert tells() == 1
    assert [person.record_card_id for person in notices()[-1].named] == [2]
    clock.forward(DAY)
    assert tells() == 0


def test_codes_that_came_too_late_are_counted_and_nobody_is_woken_for_them(
    office, ends, tells, notices, clock
):
    ends(1, ServerAwayError("timed_out"), LetterKind.CODE, code="482913")
    clock.forward(timedelta(minutes=10))
    with office.database.transaction() as session:
        drop_expired(session, now=clock())
    assert tells() == 0
    ends(2)
    assert tells() == 1
    (notice,) = notices()
    assert [person.record_card_id for person in notice.named] == [2]
    assert notice.late == 1


def test_a_notice_names_twenty_and_counts_the_rest(ends, tells, notices):
    for number in range(1, 24):
        ends(number)
    ends(None)
    tells()
    (notice,) = notices()
    assert (len(notice.named), notice.others) == (20, 4)


def test_reasons_are_counted_since_a_moment(office, ends, clock, now):
    ends(1)
    ends(2)
    ends(3, LetterRefusedError("address_unusable"))
    clock.forward(DAY)
    ends(4)
    with office.database.reading() as session:
        found = count_by_reason(session, since=now - DAY)
        assert [(each.code, each.count) for each in found] == [
            ("recipient_refused_550", 3),
            ("address_unusable", 1),
        ]
        assert found[0].earliest_at == now
        assert [each.count for each in count_by_reason(session, since=now)] == [1]


def test_what_waits_is_known_with_what_keeps_it(office, ends, now):
    with office.database.reading() as session:
        assert find_waiting(session) is None
    ends(1, ServerAwayError("connection_refused"))
    with office.database.reading() as session:
        waiting = find_waiting(session)
    assert (waiting.count, waiting.since, waiting.code) == (
        1,
        now,
        "connection_refused",
    )


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("recipient_refused_550", Cause.ADDRESS_REFUSED),
        ("letter_refused_554", Cause.LETTER_REFUSED),
        ("sender_refused_451", Cause.SENDER_REFUSED),
        ("auth_refused_535", Cause.PASSWORD_REFUSED),
        ("smtputf8_missing", Cause.ADDRESS_INTERNATIONAL),
        ("greeting_421", Cause.OTHER),
        ("greeting_-1", Cause.OTHER),
        ("timed_out", Cause.TOO_SLOW),
        ("ZeroDivisionError", Cause.OTHER),
    ],
)
def test_each_code_comes_down_to_something_to_do(code, cause):
    assert cause_of(code) is cause
