"""The pages, their employees, and letters as they leave the office."""

import pytest

from domain.database import Database
from domain.secret import Keyring
from tests.conftest import SetClock
from tests.domain.office import furnish
from tests.domain.sign_in.people import open_desk
from tests.portal.counter import Counter, open_counter


@pytest.fixture
def counter(sqlite_url: str, clock: SetClock, keyring: Keyring):
    """The portal over http on this machine, as the demo has it."""
    database = Database(sqlite_url)
    office = furnish(database, clock())
    yield open_counter(open_desk(office, clock, keyring), "http://127.0.0.1:8080")
    database.close()


@pytest.fixture
def secure_counter(counter: Counter) -> Counter:
    """The same office behind an https address."""
    return open_counter(counter.desk, "https://inloggen.example.nl")
