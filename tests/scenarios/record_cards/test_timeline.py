"""*Tijdlijn* of a record card, from its form."""

import pytest

from domain import audit
from domain.audit import AuditAct, Concerning

CARD = {"first_name": "Sanne", "last_name": "Kanarie", "number": "00104"}


@pytest.fixture
def sanne(company):
    """A card of Utrecht without a login, whose last name and phone Hanna changed."""
    card_id = company.cards.add_card(**CARD)
    about = Concerning(
        company.branch, card_id, details={"fields": ["last_name", "phone"]}
    )
    with company.office.database.transaction() as session:
        actor, now = company.cards.hanna, company.office.clock()
        audit.record(session, AuditAct.CARD_CHANGED, about, actor=actor, now=now)
    return card_id


def test_a_card_without_a_login_tells_what_happened_to_it(company, sanne):
    company.ursula.types("/personeel kaart 00104", channel="algemeen")
    company.ursula.presses("Tijdlijn")
    company.ursula.sees("heeft op de stamkaart gewijzigd: achternaam en telefoon.")


def test_the_timeline_fits_on_the_search_and_the_card(company, sanne):
    company.bram.types("/personeel", channel="algemeen")
    company.bram.presses("Stamkaarten")
    company.bram.chooses(
        "Zoek een stamkaart", "Sanne Kanarie · 00104", typing="Sanne Kan"
    )
    company.bram.presses("Tijdlijn")
    company.bram.sees("heeft op de stamkaart gewijzigd: achternaam en telefoon.")
