"""People with names like markup: shown as they are, and nothing happens."""

import pytest

from bot.text import on_one_line
from domain.logins.model import LoginState

NAMES = (
    "<!channel>",
    "<https://evil.example|Inloggen>",
    "Ann & <@U0HANNA>",
    '=HYPERLINK("https://evil.example")',
    "*vet* _schuin_ `code` ~weg~ :skull:",
    "x" * 100,
    "👩‍👩‍👧‍👦" * 12,
    "\u202eNALP\u202c עברית العربية",
    "{who} %(name)s",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_goes_through_every_screen_unharmed(company, name):
    card = {"first_name": name, "last_name": name, "prefix": name, "number": "00104"}
    company.cards.add_login(LoginState.LOCKED, card=card)
    company.cards.add_card(first_name=name, last_name=name, number="00105", email=None)
    shown = on_one_line(" ".join([name] * 3))
    hanna = company.hanna
    hanna.types("/personeel logins utrecht")
    hanna.sees(f"{shown} · 00104")
    short = on_one_line(" ".join([name] * 3), 50)
    offered = hanna.offered("Zoek op naam of nummer", "00104")
    assert offered == [f"{short} · 00104"]
    hanna.presses("Maak werknemerslogins aan")
    hanna.presses("Toon lijst")
    hanna.sees(f"{on_one_line(' '.join([name] * 2))} · 00105")
    hanna.goes_back()
    hanna.goes_back()
    hanna.presses("Maak werknemerslogins actief")
    hanna.presses("Toon lijst")
    hanna.sees(f"{shown} · 00104")
    hanna.goes_back()
    hanna.goes_back()
    hanna.presses("Openen", near="00104")
    hanna.sees(on_one_line(" ".join([name] * 3), 100))
    hanna.presses("Toon nieuw wachtwoord", confirming=True)
    hanna.sees(f"Nieuw wachtwoord van {shown}:")


def test_a_hostile_administrator_is_named_in_the_timeline(company):
    login_id = company.cards.add_login(LoginState.NEW)
    company.hanna.user.name = "<!channel>"
    hanna = company.hanna
    for press in ("Actief", None):
        hanna.types("/personeel logins utrecht")
        hanna.presses("Openen")
        if press:
            hanna.ticks(press)
            hanna.submits()
            hanna.sees("Actief: 1")
            hanna.goes_back()
    hanna.presses("Tijdlijn")
    hanna.sees("<!channel> heeft deze login actief gemaakt.")
    assert company.cards.login(login_id).state is LoginState.ACTIVE
