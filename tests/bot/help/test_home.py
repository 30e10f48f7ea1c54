"""What employees see of their own login on the App Home."""

from datetime import timedelta

import pytest

from domain.logins.model import LoginState, PasswordKind
from tests.bot.help.asking import add_mos_login, link

WORDS = {
    LoginState.NEW: "Een beheerder moet hem nog actief maken.",
    LoginState.SWITCHED_OFF: "Alleen een beheerder kan u weer toelaten.",
    LoginState.EMPLOYMENT_ENDED: "Alleen een beheerder kan u weer toelaten.",
    LoginState.LOCKED: "geblokkeerd",
}


def linked(company, person, **given):
    link(company, person, add_mos_login(company, **given))
    person.opens_home()


def test_a_linked_employee_sees_how_the_login_stands(company):
    last = company.office.clock() - timedelta(days=2)
    linked(company, company.mo, last_sign_in_at=last, password_kind=PasswordKind.OWN)
    mo = company.mo
    mo.sees("Gebruikersnaam: m•••@example.nl")
    mo.sees("Status: actief")
    mo.sees(f"Laatst ingelogd: {company.office.t.instant(last)}")
    mo.does_not_see("mo.mulder")
    mo.does_not_see("eerste wachtwoord")


@pytest.mark.parametrize("state", WORDS)
def test_who_may_not_sign_in_reads_why(state, company):
    linked(company, company.mo, state=state)
    company.mo.sees(WORDS[state])


def test_a_first_password_is_told_with_its_last_moment(company, clock):
    until = clock() + timedelta(days=7)
    linked(
        company,
        company.mo,
        password_kind=PasswordKind.INITIAL,
        initial_password_expires_at=until,
    )
    company.mo.sees(f"eerste wachtwoord, geldig tot {company.office.t.instant(until)}")
    clock.forward(timedelta(days=7))
    company.mo.opens_home()
    company.mo.sees("eerste wachtwoord, verlopen")
    company.mo.sees("Vraag met de knop een nieuw wachtwoord aan.")


def test_somebody_who_is_not_linked_reads_what_to_do(company):
    company.mo.opens_home()
    company.mo.sees("Druk op de knop en typ uw personeelsnummer.")
    company.mo.does_not_see("Gebruikersnaam")


def test_an_administrator_keeps_the_home_and_gets_the_button(company):
    link(company, company.bram, add_mos_login(company))
    company.bram.opens_home()
    company.bram.sees("U bent vestigingsmanager")
    company.bram.sees("Uw vestigingen: Utrecht.")
    company.bram.presses("Nieuw wachtwoord")
    company.bram.sees("Er is een e-mail onderweg naar m•••@example.nl.")


def test_the_home_is_shown_in_one_pass(company):
    linked(company, company.mo)
    company.mo.sees("Status: actief")
    assert len(company.slack.calls("views.publish")) == 1


def test_one_sees_the_login_of_nobody_else(company):
    add_mos_login(company)
    ursula = company.ursula
    link(company, ursula, company.cards.add_login(card={"email": "u@example.nl"}))
    ursula.opens_home()
    ursula.sees("Gebruikersnaam: u•••@example.nl")
    company.mo.opens_home()
    company.mo.sees("typ uw personeelsnummer")
    company.mo.does_not_see("Gebruikersnaam")
