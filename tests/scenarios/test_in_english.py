"""The same journeys for people who speak English, by the English commands."""

import pytest

from domain.logins.model import LoginState


@pytest.fixture
def language():
    return "en"


def test_manager_creates_activates_and_hands_out(company):
    for _ in range(2):
        company.cards.add_card()
    company.cards.add_card(email=None)
    hanna = company.hanna
    hanna.types("/manage")
    hanna.sees("Management")
    hanna.presses("Employee logins")
    hanna.sees("Select branch")
    hanna.chooses("Search for a branch", "Utrecht", typing="ut")
    hanna.sees("Without login: 3")
    hanna.presses("Create employee logins")
    hanna.sees("2 employee logins will be created, inactive.")
    hanna.sees("One person has no e-mail address.")
    hanna.submits()
    hanna.sees("2 employee logins were created.")
    hanna.goes_back()
    hanna.presses("Activate employee logins")
    hanna.sees("2 employee logins will be activated.")
    hanna.submits()
    hanna.sees("2 employee logins are active now.")
    hanna.goes_back()
    hanna.sees("Active: 2")


@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_branch_bound_people_go_by_staff(company, name):
    company.cards.add_login(LoginState.NEW, card={"number": "00104"})
    person = company.slack.person(name)
    person.types("/manage")
    person.sees("/manage is for managers. You find")
    person.types("/staff logins")
    person.presses("Open", near="Utrecht")
    person.presses("Open", near="00104")
    person.sees("State: inactive (new)")
    person.presses("Timeline")
    person.sees("Nothing has happened here yet.")
    person.goes_back()
    person.ticks("Active")
    person.submits()
    person.sees("Active: 1")
    person.presses("Open", near="00104")
    person.presses("Show new password", confirming=True)
    person.sees("valid until 27 November 2026 10:30")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/staff logns", "Did you mean /staff logins?"),
        ("/staff utrecht", "Did you mean /staff logins Utrecht?"),
        ("/staff hocus pocus", "That is not clear."),
    ],
)
def test_what_is_not_understood_gets_a_short_help(company, typed, answer):
    company.hanna.types(typed)
    company.hanna.sees(answer)
    company.hanna.sees("opens the logins of that branch")
    company.hanna.does_not_see("hocus")
