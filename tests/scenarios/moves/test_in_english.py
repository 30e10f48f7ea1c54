"""The same for people who speak English."""

import pytest


@pytest.fixture
def language():
    return "en"


@pytest.mark.parametrize("name", ["hanna", "bram", "ursula"])
def test_data_is_moved_and_the_move_undone(company, anna, name):
    person = company.slack.person(name)
    person.types("/staff")
    person.presses("Move employee data")
    person.sees("Because: same name and date of birth")
    person.presses("Compare the cards of Anna Bakker")
    person.sees("OLD CARD")
    person.unticks("Take over E-mail address")
    person.sees("The user name changes from anna@example.nl to a.bakker@example.nl.")
    person.submits()
    person.sees("The employee signs in as a.bakker@example.nl.")
    person.presses("Undo")
    person.sees("The login goes back to record card 00104")
    person.submits()
    person.sees("The move was undone.")
    assert company.cards.login_of(anna.old).user_name == "anna@example.nl"
