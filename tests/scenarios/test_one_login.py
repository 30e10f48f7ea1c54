"""One login: its tick, a new password in person, its past."""

import re

import pytest
from argon2 import PasswordHasher

from domain.audit import AuditAct
from domain.logins.model import LoginState, PasswordKind

SHOWN = re.compile(r"[a-z][a-z2-9]{3}(?:-[a-z2-9]{4}){3}")


@pytest.fixture
def piet(company):
    card = {"first_name": "Piet", "last_name": "Pietersen", "number": "00104"}
    return company.cards.add_login(LoginState.NEW, card=card)


def opens_piet(person):
    person.types("/personeel logins utrecht")
    person.chooses("Zoek op naam of nummer", "Piet Pietersen · 00104", typing="00104")
    person.sees("Gebruikersnaam: j00104@example.nl")


def test_user_ticks_a_login_active(company, piet):
    ursula = company.ursula
    opens_piet(ursula)
    ursula.sees("Status: inactief (nieuw)")
    ursula.ticks("Actief")
    ursula.submits()
    ursula.sees("Opgeslagen. Piet Pietersen: actief.")
    ursula.sees("Actief: 1")
    assert company.cards.login(piet).state is LoginState.ACTIVE
    ursula.presses("Openen")
    ursula.sees("Status: actief")
    ursula.unticks("Actief")
    ursula.submits()
    ursula.sees("Opgeslagen. Piet Pietersen: inactief (uitgezet door een beheerder).")
    ursula.presses("Andere vestiging")
    ursula.sees("Vestiging selecteren")
    ursula.does_not_see("Opgeslagen.")


def test_a_login_that_somebody_changed_meanwhile_is_not_saved_over(company, piet):
    opens_piet(company.bram)
    opens_piet(company.ursula)
    company.bram.ticks("Actief")
    company.bram.submits()
    company.bram.sees("Actief: 1")
    opens_piet(company.hanna)
    company.hanna.unticks("Actief")
    company.hanna.submits()
    company.hanna.sees("Actief: 0")
    company.ursula.ticks("Actief")
    company.ursula.submits()
    company.ursula.sees_error("Mag inloggen", "Iemand heeft deze login intussen")


def test_a_shown_password_is_valid_and_nowhere_else(company, piet):
    bram = company.bram
    opens_piet(bram)
    bram.presses("Toon nieuw wachtwoord", confirming=True)
    sight = bram.sees("geldig tot 27 november 2026 10:30")
    password = SHOWN.search(sight.text).group()
    bram.sees("Deze login is niet actief")
    bram.goes_back()
    bram.sees("eerste wachtwoord, geldig tot 27 november 2026 10:30")
    login = company.cards.login(piet)
    assert login.password_kind is PasswordKind.INITIAL
    assert PasswordHasher().verify(login.password_hash, password.replace("-", ""))
    assert len(company.cards.events(AuditAct.PASSWORD_SHOWN)) == 1
    bram.ticks("Actief")
    bram.submits()
    bram.sees("Actief: 1")


def test_timeline_tells_in_sentences_who_did_what(company, piet):
    opens_piet(company.hanna)
    company.hanna.ticks("Actief")
    company.hanna.submits()
    company.hanna.sees("Actief: 1")
    opens_piet(company.bram)
    company.bram.presses("Tijdlijn")
    company.bram.sees("20 november 2026 10:30")
    company.bram.sees("hanna heeft deze login actief gemaakt.")
