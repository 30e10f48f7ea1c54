"""What the tests of signing in may ask for besides the office."""

import pytest

from domain.secret import Keyring
from tests.conftest import SetClock
from tests.domain.office import Office
from tests.domain.sign_in.people import SignInDesk, open_desk


@pytest.fixture
def desk(office: Office, clock: SetClock, keyring: Keyring) -> SignInDesk:
    """The sign-in of the fixed cast, on each of the two databases."""
    return open_desk(office, clock, keyring)


@pytest.fixture
def unpaused_desk(office: Office, clock: SetClock, keyring: Keyring) -> SignInDesk:
    """The same, without the growing pause per login."""
    return open_desk(office, clock, keyring, pauses=False)
