from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.letters.queueing import (
    KIND,
    LetterKind,
    Recipient,
    open_letter,
    queue_letter,
)
from domain.outbox import OutboxMessage
from domain.secret import Keyring, Secret, UnsealingError

SANNE = Recipient("sanne@example.nl", "Sanne", "nl", record_card_id=7)


def _queued(database, keyring, now, kind=LetterKind.CODE, **values):
    with database.transaction() as session:
        queue_letter(session, kind, SANNE, values=values, keyring=keyring, now=now)
    with database.reading() as session:
        return session.scalars(select(OutboxMessage)).one()


def test_a_letter_waits_in_the_outbox_sealed(database, keyring, now):
    row = _queued(database, keyring, now, code=Secret("482913"))
    assert row.kind == KIND
    for seen in ("482913", "sanne", "Sanne"):
        assert seen not in str(row.payload)
    letter = open_letter(row, keyring=keyring)
    assert (letter.kind, letter.to) == (LetterKind.CODE, SANNE)
    assert letter.values == {"code": Secret("482913")}


def test_each_kind_says_until_when_it_makes_sense(database, keyring, now):
    row = _queued(database, keyring, now, code="482913")
    letter = open_letter(row, keyring=keyring)
    assert letter.good_until == now + timedelta(minutes=10)


def test_another_key_opens_no_letter(database, keyring, now):
    row = _queued(database, keyring, now, code="482913")
    other = Keyring.from_setting(Secret("another key for tests only of 32 characters"))
    with pytest.raises(UnsealingError):
        open_letter(row, keyring=other)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (LetterKind.CODE, {}),
        (LetterKind.CODE, {"code": "1", "token": "2"}),
        (LetterKind.LOCKED_OUT, {"code": "1"}),
    ],
)
def test_a_letter_is_made_of_what_its_kind_has(database, keyring, now, kind, values):
    with database.transaction() as session, pytest.raises(ValueError, match=kind):
        queue_letter(session, kind, SANNE, values=values, keyring=keyring, now=now)
