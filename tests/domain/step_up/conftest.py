"""What the tests of step-up may ask for besides the office."""

import pytest

from domain.secret import Keyring
from tests.conftest import SetClock
from tests.domain.office import Office
from tests.domain.step_up.giving import Codes


@pytest.fixture
def codes(office: Office, keyring: Keyring, clock: SetClock) -> Codes:
    """Administrators who give codes, on each of the two databases."""
    return Codes(office, keyring, clock)
