"""An office on a database that can be watched, on each of the two databases."""

from collections.abc import Iterator

import pytest

from tests.domain.appointments.conftest import Desk
from tests.domain.audit.acts import Stage
from tests.domain.audit.watching import WatchedDatabase
from tests.domain.runs.conftest import (
    drawer,
    hashing,
    mailer,
    postman,
    start,
    worker,
)
from tests.domain.sign_in.codes.second_steps import SecondSteps
from tests.domain.sign_in.people import open_desk
from tests.domain.step_up.giving import Codes

__all__ = ["drawer", "hashing", "mailer", "postman", "start", "worker"]


@pytest.fixture
def database(database_url: str) -> Iterator[WatchedDatabase]:
    database = WatchedDatabase(database_url)
    yield database
    database.close()


@pytest.fixture
def stage(office, clock, keyring, worker, mailer, drawer, start) -> Stage:
    """Everything with which people do something in the office."""
    return Stage(
        office,
        clock,
        keyring,
        open_desk(office, clock, keyring),
        SecondSteps(office, keyring, clock),
        Codes(office, keyring, clock),
        Desk(office),
        worker,
        mailer,
        drawer,
        start,
    )
