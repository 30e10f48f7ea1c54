"""An address proposes a personnel number when it can only be one."""

import pytest

from domain.logins import proposing

ADDRESS = "mo.mulder@example.nl"


@pytest.fixture
def number_for(office):
    def number_for(address):
        with office.database.reading() as session:
            return proposing.number_for(session, address)

    return number_for


def test_the_one_card_with_this_address_is_proposed(office, number_for):
    office.add_card(number="00104", email=ADDRESS)
    office.add_card(number="00105")
    assert number_for(ADDRESS) == "00104"


def test_capitals_and_blanks_make_no_difference(office, number_for):
    office.add_card(number="00104", email=ADDRESS)
    assert number_for("  Mo.Mulder@EXAMPLE.nl ") == "00104"


def test_of_two_cards_the_one_with_a_login_is_proposed(office, number_for):
    office.add_card(number="00103", email=ADDRESS)
    office.add_login(card={"number": "00104", "email": ADDRESS})
    assert number_for(ADDRESS) == "00104"


def test_of_two_cards_alike_none_is_proposed(office, number_for):
    office.add_card(number="00103", email=ADDRESS)
    office.add_card(number="00104", email=ADDRESS)
    assert number_for(ADDRESS) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "geen adres",
        "niemand@example.nl",
        "a@example.nl, b@example.nl",
        "%",
        "_@_._",
    ],
)
def test_what_is_nobodys_address_proposes_nothing(address, office, number_for):
    office.add_card(number="00104", email=ADDRESS)
    assert number_for(address) is None
