"""A double click shows what one click shows, and spoils nothing below it."""

import pytest
from structlog.testing import capture_logs

from domain.logins.model import LoginState
from tests.bot.in_slack import eventually

TWICE = "U drukte twee keer; sluit dit venster."


@pytest.fixture
def hanna(company):
    company.cards.add_login(LoginState.NEW, card={"number": "00104"})
    company.cards.add_login(LoginState.LOCKED, card={"number": "00105"})
    company.hanna.types("/personeel logins utrecht")
    company.hanna.sees("Stamkaarten")
    return company.hanna


@pytest.mark.parametrize(
    ("button", "shown"),
    [
        ("Openen", "Gebruikersnaam"),
        ("Maak werknemerslogins aan", "Niets aan te maken"),
        ("Maak werknemerslogins actief", "Eén werknemerslogin wordt actief gemaakt."),
    ],
)
def test_the_second_of_two_modals_says_so_and_lies_on_the_first(hanna, button, shown):
    hanna.presses(button, near="00104" if button == "Openen" else None, times=2)
    hanna.sees(TWICE)
    hanna.goes_back()
    hanna.sees(shown)
    hanna.goes_back()
    hanna.sees("Stamkaarten")


def test_a_double_click_above_the_dry_run_leaves_the_dry_run(hanna, company):
    hanna.presses("Maak werknemerslogins actief")
    hanna.sees("Ook de geblokkeerde logins")
    company.slack.tolerates("push_limit_reached")
    with capture_logs() as logged:
        hanna.presses("Toon lijst", times=2)
        hanna.sees("00105")
        eventually(lambda: logged)
    assert [entry["why"] for entry in logged] == ["PressedTwiceError"]
    hanna.goes_back()
    hanna.sees("Eén werknemerslogin wordt actief gemaakt.")


def test_a_double_click_on_the_timeline_leaves_the_login_screen(hanna, company):
    hanna.presses("Openen", near="00104")
    hanna.sees("Gebruikersnaam")
    company.slack.tolerates("push_limit_reached")
    with capture_logs() as logged:
        hanna.presses("Tijdlijn", times=2)
        hanna.sees("Hier is nog niets gebeurd.")
        eventually(lambda: logged)
    assert [entry["why"] for entry in logged] == ["PressedTwiceError"]
    hanna.goes_back()
    hanna.sees("Gebruikersnaam")
