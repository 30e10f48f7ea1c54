"""A sign-in page that is killed while it hashes."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from domain.logins.model import LoginState
from domain.sign_in.model import AttemptOutcome, CountedBy
from domain.sign_in.sign_in import OutcomeKind
from tests.conftest import SetClock
from tests.domain.office import furnish
from tests.domain.sign_in.people import NAME, PASSWORD, open_desk

KEY = "a key for tests only of 32 characters or more"
DIES = """
import os, sys
from datetime import datetime
import domain.tables
from domain.database import Database
from domain.secret import Keyring, Secret
from domain.sign_in.gate import Visit
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.sign_in import sign_in
from domain.sign_in.tools import SignInTools

class Waiting(HashingSlots):
    def verify(self, password, password_hash, *, is_initial=False):
        print("hashing", flush=True)
        sys.stdin.read()

url, key, name, password, now = sys.argv[1:]
tools = SignInTools(
    Database(url).transaction, Keyring.from_setting(Secret(key)), Waiting()
)
now = datetime.fromisoformat(now)
sign_in(tools, name, Secret(password), visit=Visit("203.0.113.7"), now=now)
"""


@pytest.fixture
def desk(database, now, keyring):
    return open_desk(furnish(database, now), SetClock(now), keyring)


def _is_killed_while_hashing(desk, password: str) -> None:
    url = desk.office.database.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            DIES,
            url,
            KEY,
            NAME,
            password,
            desk.clock().isoformat(),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "hashing\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def test_an_attempt_that_was_killed_while_hashing_counts_as_wrong(desk):
    desk.add_employee()
    _is_killed_while_hashing(desk, PASSWORD.reveal())
    assert desk.outcomes() == [AttemptOutcome.RESERVED]
    assert desk.counted(CountedBy.LOGIN) == [1]
    desk.fails(2)
    assert desk.tries(PASSWORD).kind is OutcomeKind.PAUSED


def test_killing_the_page_gives_nobody_an_eleventh_attempt(desk):
    login = desk.add_employee()
    desk.fails(8)
    for number in range(2):
        desk.clock.forward(timedelta(minutes=15))
        _is_killed_while_hashing(desk, f"gok {number}")
    assert desk.state(login) is LoginState.ACTIVE
    desk.clock.forward(timedelta(minutes=15))
    checked = desk.tools.hashing.checked
    assert desk.tries(PASSWORD).kind is OutcomeKind.REFUSED
    assert desk.tools.hashing.checked == checked
    assert desk.state(login) is LoginState.LOCKED


def test_a_killed_attempt_stops_counting_after_a_day(desk):
    desk.add_employee()
    _is_killed_while_hashing(desk, "gok")
    desk.clock.forward(timedelta(hours=24))
    desk.tries("fout")
    assert desk.counted(CountedBy.LOGIN) == [1]
