"""Somebody with two record cards in Utrecht: a freelancer who is employed now."""

from dataclasses import dataclass

import pytest

from domain.logins.model import LoginId, PasswordKind
from domain.record_cards.model import RecordCardId
from tests.bot.in_slack import Company
from tests.domain.office import day


@dataclass
class TwoCards:
    """The old card with its login, and the new one."""

    old: RecordCardId
    login_id: LoginId
    new: RecordCardId


@pytest.fixture
def anna(company: Company) -> TwoCards:
    """Anna Bakker: 00104 with a login, and 00900 without."""
    same = {"first_name": "Anna", "last_name": "Bakker", "birth_on": day("1990-02-03")}
    login_id = company.cards.add_login(
        card=same
        | {
            "number": "00104",
            "email": "anna@example.nl",
            "phone": "06 12345678",
            "end_on": day("2026-12-31"),
        },
        password_kind=PasswordKind.OWN,
    )
    new = company.cards.add_card(**same, number="00900", email="a.bakker@example.nl")
    old = RecordCardId(company.cards.login(login_id).record_card_id)
    return TwoCards(old, login_id, new)
