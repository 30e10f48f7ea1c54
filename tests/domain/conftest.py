"""What the tests of the domain may ask for besides a database and a clock."""

from datetime import datetime

import pytest

from domain.database import Database
from tests.domain.office import Office, furnish


@pytest.fixture
def office(database: Database, now: datetime) -> Office:
    """The fixed cast, on each of the two databases."""
    return furnish(database, now)
