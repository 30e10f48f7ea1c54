"""A few guesses at each of many names: one alarm, and nobody is locked."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from domain.logins.model import Login, LoginState
from domain.outbox import OutboxMessage
from domain.record_cards.model import RecordCard
from domain.secret import Secret
from domain.sign_in import attempts, comers, spraying
from domain.sign_in.gate import Visit
from domain.sign_in.model import AttemptOutcome, PasswordAttempt
from domain.sign_in.spraying import ALARM
from domain.sign_in.spraying_rule import Attempts, is_spraying

SPRAYED = Attempts(names=2000, guesses=2000, sign_ins=0, networks=50)


@pytest.mark.parametrize(
    "attempts",
    [
        SPRAYED,
        Attempts(names=50, guesses=50, sign_ins=0, networks=1),
        Attempts(names=100, guesses=300, sign_ins=75, networks=100),
    ],
)
def test_a_few_guesses_at_each_of_many_names_are_spraying(attempts):
    assert is_spraying(attempts)


@pytest.mark.parametrize(
    "attempts",
    [
        Attempts(names=0, guesses=0, sign_ins=0, networks=0),
        Attempts(names=49, guesses=49, sign_ins=0, networks=49),
        # A branch on its first day: most get in.
        Attempts(names=60, guesses=90, sign_ins=200, networks=5),
        # Guesses at few names, over and over: that is what locks are for.
        Attempts(names=50, guesses=500, sign_ins=0, networks=3),
    ],
)
def test_what_happens_in_an_office_is_no_spraying(attempts):
    assert not is_spraying(attempts)


@given(st.integers(0, 49), st.integers(0, 10**6), st.integers(0, 10**6))
def test_few_names_are_never_spraying(names, guesses, sign_ins):
    assert not is_spraying(Attempts(names, guesses, sign_ins, networks=9))


def of_late(office, clock):
    with office.database.reading() as session:
        return spraying.of_late(session, now=clock())


def raise_alarm(office, clock, attempts=SPRAYED):
    with office.database.transaction() as session:
        return spraying.raise_alarm(session, attempts, now=clock())


def alarms(office):
    with office.database.reading() as session:
        return list(session.scalars(select(OutboxMessage).filter_by(kind=ALARM)))


def add_attempts(office, at, names, outcome=AttemptOutcome.WRONG):
    with office.database.transaction() as session:
        session.add_all(
            PasswordAttempt(
                at=at, name_digest=name, network=f"192.0.2.{place}", outcome=outcome
            )
            for place, name in enumerate(names)
        )


def guess(desk, name, address):
    """What a wrong password leaves behind; nothing is hashed."""
    database, tools, now = desk.office.database, desk.tools, desk.clock()
    with database.transaction() as session:
        comer = comers.by_name(session, name, Visit(address), tools.keyring)
        reserved = attempts.reserve(session, comer, pauses=True, now=now)
    with database.transaction() as session:
        attempts.end_wrong(
            session, reserved, Secret("Welkom01"), keyring=tools.keyring, now=now
        )


def test_two_thousand_logins_with_one_guess_each_from_fifty_addresses(desk):
    names = [f"{number:04}@example.nl" for number in range(2000)]
    office, now = desk.office, desk.clock()
    add_logins(office, names)
    for number, name in enumerate(names):
        guess(desk, name, f"203.0.113.{number % 50}")
    tried = of_late(office, desk.clock)
    assert tried == SPRAYED
    assert is_spraying(tried)
    assert raise_alarm(office, desk.clock, tried)
    [alarm] = alarms(office)
    assert alarm.payload == {"names": 2000, "guesses": 2000, "networks": 50}
    assert alarm.due_at == now
    with office.database.reading() as session:
        query = select(func.count()).where(Login.state != LoginState.ACTIVE)
        assert session.scalar(query) == 0


def add_logins(office, names):
    with office.database.transaction() as session:
        cards = [RecordCard(**office.card_values(email=name)) for name in names]
        session.add_all(cards)
        session.flush()
        session.add_all(
            Login(
                record_card_id=card.id,
                user_name=card.email,
                user_name_key=card.email_key,
                state=LoginState.ACTIVE,
                created_at=office.now,
            )
            for card in cards
        )


def test_who_failed_and_then_got_in_is_no_guess(office, clock, now):
    add_attempts(office, now, ["a", "b", "c"])
    add_attempts(office, now, ["b"], AttemptOutcome.RIGHT)
    assert of_late(office, clock) == Attempts(2, 2, 1, 2)


def test_attempts_of_ten_minutes_ago_are_not_looked_at(office, clock, now):
    add_attempts(office, now, ["a"])
    clock.forward(timedelta(minutes=10))
    assert of_late(office, clock) == Attempts(0, 0, 0, 0)


def test_one_alarm_an_hour(office, clock):
    assert raise_alarm(office, clock)
    clock.forward(timedelta(minutes=59))
    assert not raise_alarm(office, clock)
    clock.forward(timedelta(minutes=1))
    assert raise_alarm(office, clock)
    assert len(alarms(office)) == 2
