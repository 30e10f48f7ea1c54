from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.exports.columns import ExportRow
from domain.logins.model import LoginId
from domain.secret import Secret

HANNA = ExportRow(
    login_id=LoginId(7),
    number="00104",
    first_name="Hanna",
    prefix="van der",
    last_name="Meer",
    full_name="Hanna van der Meer",
    street="Oudegracht 12",
    postal_code="3511 AB",
    city="Utrecht",
    branch="Utrecht Centrum",
    user_name="hanna@example.nl",
    password=Secret("kq7m-3xwe-9hrd-p2ta"),
    valid_until=datetime(2026, 11, 27, 9, 30, tzinfo=UTC),
    sign_in_page="https://inloggen.example.nl/",
)


@pytest.fixture
def row():
    """Make a row: Hanna's, with what is named changed."""

    def make(**changed):
        return replace(HANNA, **changed)

    return make
