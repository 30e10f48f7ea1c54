"""A hundred guesses at once: what the policy permits is compared, not one more.

One volley of each kind by default, to keep the suite short. By hand, fifty:
GUESSING_VOLLEYS=50 python -m pytest tests/domain/sign_in/test_parallel_guesses.py
"""

import os
from datetime import timedelta

import pytest

from domain.logins.model import LoginState
from domain.sign_in.model import AttemptOutcome, CountedBy
from tests.domain.sign_in.guessing_process import GuessingProcess, Volley
from tests.domain.sign_in.people import NAME, NOBODY

VOLLEYS = int(os.environ.get("GUESSING_VOLLEYS", "1"))
GUESSES = 100
KEY = "a key for tests only of 32 characters or more"
# One process serves a SQLite database.
PLACES = {
    "sqlite, 1 process": ("sqlite", 1),
    "postgresql, 1 process": ("postgresql", 1),
    "postgresql, 3 processes": ("postgresql", 3),
}


@pytest.fixture(params=PLACES)
def place(request):
    return PLACES[request.param]


@pytest.fixture
def database_url(request, place):
    return request.getfixturevalue(f"{place[0]}_url")


@pytest.fixture
def processes(request, database, place):
    """So many sign-in pages on one database, with pauses or without."""
    url = database.url.render_as_string(hide_password=False)
    pauses = request.param == "pauses"
    started = [GuessingProcess(url, KEY, pauses=pauses) for _ in range(place[1])]
    yield started
    for process in started:
        process.end()


with_pauses = pytest.mark.parametrize("processes", ["pauses"], indirect=True)
without_pauses = pytest.mark.parametrize("processes", ["no pauses"], indirect=True)


def volley(desk, processes, name: str, first: int = 0) -> int:
    """A hundred guesses over the processes; how many were compared."""
    share, left = divmod(GUESSES, len(processes))
    for number, process in enumerate(processes):
        guesses = share + (number < left)
        process.starts(Volley(name, first, guesses, desk.clock().isoformat()))
        first += guesses
    return sum(process.reached_hash() for process in processes)


@without_pauses
def test_exactly_ten_of_a_hundred_reach_the_hash_without_pauses(desk, processes):
    for number in range(VOLLEYS):
        name = f"doel{number}@example.nl"
        login = desk.add_employee(name)
        assert volley(desk, processes, name) == 10
        assert desk.state(login) is LoginState.LOCKED
        desk.clock.forward(timedelta(hours=2))


@with_pauses
def test_exactly_three_of_a_hundred_reach_the_hash_with_pauses(desk, processes):
    for number in range(VOLLEYS):
        name = f"doel{number}@example.nl"
        login = desk.add_employee(name)
        assert volley(desk, processes, name) == 3
        assert desk.state(login) is LoginState.ACTIVE
        assert [a.outcome for a in desk.attempts()[-3:]] == [AttemptOutcome.WRONG] * 3
        desk.clock.forward(timedelta(hours=2))


@with_pauses
def test_after_each_pause_exactly_one_more_reaches_the_hash(desk, processes):
    desk.add_employee()
    for number in range(1 + VOLLEYS):
        permitted = 1 if number else 3
        assert volley(desk, processes, NAME, first=number * GUESSES) == permitted
        desk.clock.forward(timedelta(minutes=15))


@without_pauses
def test_unknown_names_are_counted_as_exactly(desk, processes):
    assert volley(desk, processes, NOBODY) == 0
    assert desk.counted(CountedBy.NAME) == [GUESSES]
