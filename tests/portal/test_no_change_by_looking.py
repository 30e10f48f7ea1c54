"""W4: looking at an address changes nothing in the database."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

import domain.tables  # noqa: F401 (every table, whoever imported it)
from domain.database import Record
from domain.letters.queueing import LetterKind
from domain.sign_in.model import Stage


def content(database) -> dict[str, str]:
    """A digest of every table; when somebody was last seen is left out."""
    digests = {}
    with database.reading() as session:
        for name, table in Record.metadata.tables.items():
            columns = [column for column in table.c if column.name != "last_seen_at"]
            rows = session.execute(select(*columns)).all()
            listed = repr(sorted(map(repr, rows)))
            digests[name] = hashlib.sha256(listed.encode()).hexdigest()
    return digests


@pytest.mark.parametrize("stage", [None, *Stage])
def test_opening_every_address_leaves_the_database_as_it_was(counter, stage):
    somebody = counter.at(stage)
    before = content(counter.office.database)
    for path in counter.routes("GET"):
        somebody.looks(path)
        somebody.looks(path + "?naar=app&next=https://evil.example")
    assert content(counter.office.database) == before


def test_fifty_looks_by_a_mail_scanner_leave_the_link_to_its_owner(counter):
    counter.desk.add_employee()
    asking = counter.at(None)
    asking.looks("/wachtwoord-vergeten")
    asking.sends("/wachtwoord-vergeten", user_name="anna@example.nl")
    counter.answers_requests()
    token = counter.mailed_token()
    before = content(counter.office.database)
    for _ in range(50):
        scanner = counter.visitor("198.51.100.77")
        assert scanner.follows(scanner.looks(f"/herstel/{token}")).status_code == 200
    assert content(counter.office.database) == before
    assert len(counter.letters(LetterKind.RECOVERY_LINK)) == 1


def test_a_second_step_that_is_over_is_left_as_it_was_by_looking(counter):
    somebody = counter.at(Stage.CODE_DUE)
    counter.desk.clock.forward(timedelta(minutes=29))
    before = content(counter.office.database)
    somebody.looks("/code")
    assert content(counter.office.database) == before
