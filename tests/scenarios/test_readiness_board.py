"""The readiness board on the App Home: how far branches are, and the next step."""

from dataclasses import replace

import pytest

from domain import branches
from domain.actor import OPERATOR
from domain.logins.model import LoginState

ACTIVE, NEW, LOCKED = LoginState.ACTIVE, LoginState.NEW, LoginState.LOCKED


@pytest.fixture
def office(office):
    """A company that can send e-mail."""
    return replace(office, mails=True)


def utrecht(company, state, **given):
    return company.cards.add_login(state, **given)


def test_a_branch_goes_from_step_to_step(company):
    cards, bram = company.cards, company.bram
    bram.opens_home()
    bram.presses("Importeren", near="Utrecht")
    bram.sees("Kies uw personeelslijst")
    bram.closes()
    for _ in range(2):
        cards.add_card()
    bram.opens_home()
    bram.sees("Utrecht · Volgende stap: werknemerslogins aanmaken.")
    bram.sees("Zonder login: 2")
    bram.presses("Aanmaken", near="Utrecht")
    bram.sees("2 werknemerslogins worden aangemaakt, nog inactief.")
    bram.submits()
    bram.sees("2 werknemerslogins zijn aangemaakt.")
    bram.closes()
    bram.opens_home()
    bram.sees("Utrecht · Volgende stap: werknemerslogins actief maken.")
    bram.presses("Activeren", near="Utrecht")
    bram.submits()
    bram.sees("2 werknemerslogins zijn nu actief.")
    bram.closes()
    bram.opens_home()
    bram.sees("Utrecht · Volgende stap: wie nog nooit heeft ingelogd toegang sturen.")
    bram.sees("Nooit ingelogd: 2")
    bram.presses("Mailen", near="Utrecht")
    bram.sees("Voor wie nog nooit inlogde (aantal logins = 0).")


def test_who_is_locked_is_shown_and_nobody_else(company):
    utrecht(company, ACTIVE, card={"last_name": "Vrij"}, sign_in_count=1)
    utrecht(company, LOCKED, card={"last_name": "Dicht"}, sign_in_count=1)
    hanna = company.hanna
    hanna.opens_home()
    hanna.sees("Utrecht · Volgende stap: kijken wie geblokkeerd is.")
    hanna.presses("Tonen", near="Utrecht")
    hanna.sees("Alleen de geblokkeerde logins:")
    hanna.sees("Jan Dicht")
    hanna.does_not_see("Jan Vrij")


def test_who_has_no_address_is_listed(company):
    company.cards.add_card(email=None, last_name="Zonderadres")
    ursula = company.ursula
    ursula.opens_home()
    ursula.sees("Utrecht · Volgende stap: e-mailadressen invullen.")
    ursula.presses("Tonen", near="Utrecht")
    ursula.sees("Jan Zonderadres")


def test_a_branch_that_is_ready_opens_its_screen(company):
    utrecht(company, ACTIVE, sign_in_count=1)
    bram = company.bram
    bram.opens_home()
    bram.sees("Utrecht · ✓ Klaar.")
    bram.presses("Openen", near="Utrecht")
    bram.sees("Stamkaarten: 1")


def test_without_e_mail_passwords_are_exported(company):
    object.__setattr__(company.office, "mails", False)
    utrecht(company, ACTIVE)
    bram = company.bram
    bram.opens_home()
    bram.presses("Exporteren", near="Utrecht")
    bram.sees("Deze vestiging heeft nog geen beheerkanaal.")


def test_everybody_sees_the_branches_that_they_administer(company):
    company.cards.add_card(branch_id=company.cards.amsterdam)
    for person in (company.bram, company.ursula):
        person.opens_home()
        person.sees("Utrecht · Volgende stap: personeelslijst importeren.")
        person.sees("Nog geen stamkaarten.")
        person.does_not_see("Amsterdam")
    company.hanna.opens_home()
    company.hanna.sees("Amsterdam · Volgende stap")
    company.hanna.sees("Rotterdam · Volgende stap: personeelslijst importeren.")
    company.mo.opens_home()
    company.mo.sees("U beheert geen logins")
    company.mo.does_not_see("Hoe ver uw vestigingen zijn")


def test_the_board_is_told_in_the_language_that_was_chosen(company):
    company.cards.add_card()
    bram = company.bram
    bram.opens_home()
    bram.presses("English")
    bram.sees("Utrecht · Next: create employee logins.")
    bram.presses("Create", near="Utrecht")
    bram.sees("One employee login")


def test_what_does_not_fit_is_counted_and_opens_all_branches(company):
    names = [f"Filiaal {number:02}" for number in range(70)]
    with company.office.database.transaction() as session:
        branches.ensure(session, names, actor=OPERATOR, now=company.office.clock())
    company.cards.add_card(branch_id=company.cards.utrecht)
    hanna = company.hanna
    hanna.opens_home()
    hanna.sees("Utrecht · Volgende stap: werknemerslogins aanmaken.")
    hanna.sees("En nog 13 vestigingen, waarvan 13 niet klaar.")
    hanna.presses("Alle vestigingen")
    hanna.sees("Vestiging selecteren")
    hanna.presses("Openen", near="Filiaal 02")
    hanna.sees("Stamkaarten: 0")


def test_who_administers_nothing_any_more_is_refused(company):
    company.cards.add_card()
    bram = company.bram
    bram.opens_home()
    bram.sees("Utrecht · Volgende stap")
    rotterdam = company.cards.rotterdam
    company.appoint(bram, company.cards.bram.account_type, rotterdam)
    bram.presses("Aanmaken", near="Utrecht")
    bram.sees("Dit bestaat niet, of niet in een van uw vestigingen.")


def test_a_missing_address_is_filled_in_from_the_list(company):
    company.cards.add_card(email=None, last_name="Zonderadres")
    bram = company.bram
    bram.opens_home()
    bram.presses("Tonen", near="Utrecht")
    bram.sees("Open een stamkaart en vul het e-mailadres in.")
    bram.presses("Openen", near="Zonderadres")
    bram.sees("Stamkaart")
    bram.fills("E-mailadres", "jan.zonderadres@example.nl")
    bram.submits()
    bram.sees("Opgeslagen.")
    bram.closes()
    bram.opens_home()
    bram.sees("Utrecht · Volgende stap: werknemerslogins aanmaken.")
