"""`sleutelbos person` and `sleutelbos export`, through real processes."""

import json
import os
import stat
import subprocess
import sys

import pytest
from sqlalchemy import delete, select, update

from domain.actor import AccountType
from domain.administrators import Administrator
from domain.database import Database
from domain.exports.model import PostedFile, PostingState
from domain.record_cards.model import RecordCard
from domain.runs.model import Run, RunFailure, RunRow
from tests.domain.office import furnish
from tests.domain.privacy import canary


@pytest.fixture
def office(office_file, now):
    database = Database(f"sqlite:///{office_file}")
    yield furnish(database, now)
    database.close()


@pytest.fixture
def login_id(office, keyring, now):
    return canary.settle_in(office, keyring, now)


@pytest.fixture
def types(machine, office):
    """Type a command into a shell of its own."""

    def run(*arguments, language="nl"):
        env = os.environ | {"SLEUTELBOS_LANGUAGE": language}
        return subprocess.run(
            [sys.executable, "-m", "sleutelbos", *arguments],
            cwd=machine,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_what_is_kept_of_somebody_is_written_for_the_operator_alone(
    types, login_id, machine
):
    ended = types("person", "export", "KN90417", "persoon.json")
    assert (ended.returncode, ended.stderr) == (0, "")
    file = machine / "persoon.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    found = json.loads(file.read_text(encoding="utf-8"))
    numbers = {card["number"] for card in found["record_card"]}
    assert numbers == {"KN90417", "KN90416"}
    assert canary.HASH not in file.read_text(encoding="utf-8")
    assert types("person", "export", "KN90417", "persoon.json").returncode == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("person export 999", "Geen stamkaart heeft personeelsnummer '999'"),
        ("person erase 999", "Geen stamkaart heeft personeelsnummer '999'"),
        ("person erase KN90417 --confirm", "--even-employed"),
        ("export expire 999", "Er is geen export of mailing 999"),
    ],
)
def test_what_can_not_be_done_is_one_line(types, login_id, typed, said):
    ended = types(*typed.split())
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_erasing_asks_first_and_leaves_nothing_in_the_file(
    types, office, login_id, machine
):
    asked = types("person", "erase", "KN90417", "--even-employed", language="en")
    assert "Nothing is done yet" in asked.stdout
    assert office.login(login_id).password_hash == canary.HASH
    office.database.close()
    done = types("person", "erase", "KN90417", "--even-employed", "--confirm")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Gewist." in done.stdout
    assert "gebruik" not in done.stdout
    kept = b"".join(
        file.read_bytes() for file in machine.glob("sleutelbos.db*")
    ).decode("latin-1")
    assert [word for word in canary.WORDS if word.lower() in kept.lower()] == []


def test_an_administrator_is_not_erased_and_the_command_that_helps_is_named(
    types, office, login_id, now
):
    with office.database.transaction() as session:
        session.add(
            Administrator(
                team_id=canary.SLACK[0],
                user_id=canary.SLACK[1],
                account_type=AccountType.MANAGER,
                appointed_at=now,
            )
        )
    ended = types("person", "erase", "KN90417", "--even-employed", "--confirm")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "sleutelbos administrator dismiss U0KANARIE" in ended.stderr
    assert office.login(login_id).password_hash == canary.HASH


def test_who_was_erased_has_no_name_in_an_export(types, office, login_id):
    with office.database.transaction() as session:
        card = session.get_one(RecordCard, office.login(login_id).record_card_id)
        card.erased_at = card.changed_at
    asked = types("export", "expire", "1")
    assert "een gewiste medewerker: eigen wachtwoord" in asked.stdout
    assert "KN90417" not in asked.stdout


def test_exports_are_listed_and_made_invalid(types, office, login_id):
    listed = types("export", "list")
    assert "export Utrecht, 2026-11-20 09:30 UTC, door U0HANNA" in listed.stdout
    asked = types("export", "expire", "1")
    assert "KN90417 Kanarina van der Geelvogelstra: eigen wachtwoord" in asked.stdout
    assert "herhaal met --confirm" in asked.stdout
    done = types("export", "expire", "1", "--confirm", language="en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Made invalid: 0. Own passwords left: 1." in done.stdout


@pytest.mark.parametrize("confirming", [(), ("--confirm",)])
def test_where_nobody_knows_who_was_in_it_nothing_is_left_to_do(
    types, office, login_id, now, confirming
):
    with office.database.transaction() as session:
        session.scalars(select(Run)).one().ended_at = now
        session.execute(delete(RunRow))
        session.execute(update(PostedFile).values(state=PostingState.DELETED))
    before = len(office.events())
    asked = types("export", "expire", "1", *confirming)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.endswith("de wachtwoorden zijn verlopen.\n")
    assert len(office.events()) == before


def test_a_task_that_did_not_go_ahead_is_listed_as_such(types, office, login_id):
    with office.database.transaction() as session:
        session.scalars(select(Run)).one().failure = RunFailure.DECLINED
    listed = types("export", "list").stdout
    assert listed.endswith("; ging niet door, niemand kreeg iets\n")
    said = types("export", "list", language="en").stdout
    assert said.endswith("; did not go ahead, nobody got anything\n")


def test_where_nothing_was_handed_out_that_is_said(types):
    assert types("export", "list").stdout == "Er is nog niets uitgegeven.\n"
