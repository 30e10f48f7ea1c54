"""What the tests of codes may ask for besides the office."""

import pytest

from tests.domain.sign_in.codes.second_steps import SecondSteps


@pytest.fixture
def steps(office, keyring, clock) -> SecondSteps:
    """Employees at the second step, on each of the two databases."""
    return SecondSteps(office, keyring, clock)
