"""Who may what: branch managers and users, and what forged payloads get."""

import pytest

from domain import branches
from domain.actor import OPERATOR, AccountType
from domain.audit import AuditAct
from tests.scenarios.test_who_may_what import dismiss

NOT_PERMITTED = "Met uw type account mag dit niet."


def opens_list(person, command="/personeel"):
    person.types(command)
    person.presses("Gebruikersbeheer")
    person.sees("@ursula")


def opens(person, name):
    person.presses("Openen", near=f"@{name}")
    person.sees("E-mailadres voor codes")


def fills_new(person, name="noor"):
    person.presses("Nieuwe beheerder")
    person.chooses("Wie", name)
    person.chooses("Vestigingen", "Utrecht")
    person.fills("E-mailadres voor codes", "noor@example.nl")


def test_a_branch_manager_appoints_a_user_of_the_own_branches(company, noor, role):
    bram = company.bram
    bram.types("/personeel")
    bram.presses("Gebruikersbeheer")
    bram.sees("@ursula")
    bram.presses("Nieuwe beheerder")
    bram.sees("Als gebruiker")
    assert bram.offered("Vestigingen", "") == ["Utrecht"]
    bram.chooses("Wie", "noor")
    bram.chooses("Vestigingen", "Utrecht")
    bram.fills("E-mailadres voor codes", "noor@example.nl")
    bram.submits()
    bram.sees("Benoemd.")
    assert role(noor) == ("user", {company.branch})


def test_a_branch_manager_sees_no_managers_and_no_users_elsewhere(company, noor):
    company.appoint(noor, AccountType.USER, company.cards.amsterdam)
    bram = company.bram
    bram.types("/personeel")
    bram.presses("Gebruikersbeheer")
    bram.sees("@ursula")
    for name in ("@hanna", "@bram", "@noor"):
        assert name not in bram.screen()


def test_managers_find_it_in_their_own_menu_only(company):
    company.hanna.types("/personeel")
    company.hanna.sees("Importeren")
    assert "Gebruikersbeheer" not in company.hanna.screen()


def test_a_user_is_offered_no_administrators(company):
    ursula = company.ursula
    ursula.types("/personeel")
    ursula.sees("Importeren")
    assert "Gebruikersbeheer" not in ursula.screen()


def test_nobody_of_the_form_is_dismissed_by_somebody_demoted_meanwhile(company, role):
    bram, ursula = company.bram, company.ursula
    opens_list(bram)
    opens(bram, "ursula")
    company.appoint(bram, AccountType.USER, company.branch)
    bram.presses("Geen beheerder meer", confirming=True)
    bram.sees(NOT_PERMITTED)
    assert role(ursula) == ("user", {company.branch})


def test_demoted_between_opening_the_form_and_submitting_it(company, noor, role):
    bram = company.bram
    opens_list(bram)
    fills_new(bram)
    company.appoint(bram, AccountType.USER, company.branch)
    bram.submits()
    bram.sees_error("Wie", NOT_PERMITTED)
    assert role(noor) is None


def test_dismissed_between_opening_the_form_and_submitting_it(company, noor, role):
    bram = company.bram
    opens_list(bram)
    fills_new(bram)
    dismiss(company, bram)
    bram.submits()
    bram.sees_error("Wie", "U beheert geen logins in Sleutelbos.")
    assert role(noor) is None


def test_who_is_dismissed_presses_an_open_list_in_vain(company):
    bram = company.bram
    opens_list(bram)
    dismiss(company, bram)
    for label in ("Nieuwe beheerder", "Openen"):
        bram.presses(label)
        bram.sees("U beheert geen logins in Sleutelbos.")
        bram.goes_back()


def test_a_form_that_arrives_twice_appoints_once(company, noor, role):
    hanna = company.hanna
    opens_list(hanna, "/beheer")
    fills_new(hanna)
    company.slack.next_payloads(1).arrive_twice()
    hanna.submits()
    hanna.sees("Benoemd.")
    assert role(noor) == ("user", {company.branch})
    company.slack.wait_for_acks()
    [event] = company.cards.events(AuditAct.ADMINISTRATOR_APPOINTED)[3:]
    assert event.administrator_id == company.cards.hanna.administrator_id


def test_a_branch_manager_takes_away_the_own_branches_only(company, role):
    ursula, cards = company.ursula, company.cards
    company.appoint(ursula, AccountType.USER, cards.utrecht, cards.amsterdam)
    bram = company.bram
    opens_list(bram)
    assert "Amsterdam" not in bram.screen()
    opens(bram, "ursula")
    bram.presses("Geen beheerder meer", confirming=True)
    bram.sees("Deze persoon beheert geen van uw vestigingen meer.")
    assert role(ursula) == ("user", {cards.amsterdam})


@pytest.mark.parametrize(
    "account",
    [
        {"is_restricted": True},
        {"is_restricted": True, "is_ultra_restricted": True},
        {"team_id": "T0OTHER", "is_stranger": True},
    ],
)
def test_guests_and_outsiders_are_not_appointed(company, role, account):
    gast = company.slack.add_person("gast", "Gast", **account)
    company.slack.join("algemeen", "gast")
    hanna = company.hanna
    opens_list(hanna, "/beheer")
    fills_new(hanna, "gast")
    hanna.submits()
    hanna.sees_error("Wie", "Kies een lid van deze werkruimte")
    assert role(gast) is None


def test_somebody_who_administers_already_is_not_appointed_anew(company, role):
    hanna = company.hanna
    opens_list(hanna, "/beheer")
    fills_new(hanna, "bram")
    hanna.submits()
    hanna.sees_error("Wie", "Deze persoon is al beheerder.")
    assert role(company.bram) == ("branch_manager", {company.branch})


def test_the_last_manager_stays(company, role):
    hanna = company.hanna
    company.appoint(hanna, AccountType.MANAGER, email="hanna@example.nl")
    opens_list(hanna, "/beheer")
    opens(hanna, "hanna")
    hanna.ticks("gebruiker")
    hanna.chooses("Vestigingen", "Utrecht")
    hanna.submits()
    hanna.sees_error("Als wat", "Dit is de enige manager.")
    hanna.presses("Geen beheerder meer", confirming=True)
    hanna.sees("Dit is de enige manager.")
    assert role(hanna) == ("manager", set())


def test_a_manager_who_steps_down_loses_the_list(company, noor, role):
    company.appoint(noor, AccountType.MANAGER)
    hanna = company.hanna
    company.appoint(hanna, AccountType.MANAGER, email="hanna@example.nl")
    opens_list(hanna, "/beheer")
    opens(hanna, "hanna")
    hanna.ticks("gebruiker")
    hanna.chooses("Vestigingen", "Utrecht")
    hanna.submits()
    hanna.sees("Opgeslagen.")
    hanna.does_not_see("@noor")
    assert role(hanna) == ("user", {company.branch})


def test_what_somebody_else_changed_meanwhile_is_not_written_over(company, role):
    hanna, bram = company.hanna, company.bram
    company.appoint(bram, AccountType.BRANCH_MANAGER, company.branch, email="b@x.nl")
    opens_list(hanna, "/beheer")
    opens(hanna, "bram")
    company.appoint(bram, AccountType.USER, company.cards.rotterdam)
    hanna.submits()
    hanna.sees_error("Als wat", "Iemand heeft deze beheerder intussen gewijzigd.")
    assert role(bram) == ("user", {company.cards.rotterdam})


def test_a_branch_is_taken_away_by_taking_it_out_of_the_form(company, role):
    ursula, cards = company.ursula, company.cards
    company.appoint(
        ursula, AccountType.USER, cards.utrecht, cards.amsterdam, email="u@example.nl"
    )
    hanna = company.hanna
    opens_list(hanna, "/beheer")
    opens(hanna, "ursula")
    hanna.unchooses("Vestigingen", "Utrecht")
    hanna.submits()
    hanna.sees("Opgeslagen.")
    assert role(ursula) == ("user", {cards.amsterdam})


def test_an_address_is_asked_and_never_taken_from_slack(company, noor, role):
    hanna = company.hanna
    opens_list(hanna, "/beheer")
    hanna.presses("Nieuwe beheerder")
    hanna.chooses("Wie", "noor")
    hanna.chooses("Vestigingen", "Utrecht")
    assert "n@example.nl" not in hanna.screen()
    hanna.fills("E-mailadres voor codes", "noor@localhost.invalid")
    hanna.submits()
    hanna.sees_error("E-mailadres voor codes", "Dit is geen bruikbaar e-mailadres.")
    assert role(noor) is None
    assert company.cards.events(AuditAct.ADMINISTRATOR_CHANGED) == []


def test_branches_that_the_form_has_no_room_for_stay(company, role):
    ursula, office = company.ursula, company.office
    names = [f"Filiaal {number:03}" for number in range(103)]
    with office.database.transaction() as session:
        ids = branches.ensure(session, names, actor=OPERATOR, now=office.clock())
    company.appoint(ursula, AccountType.USER, *ids.values(), email="u@example.nl")
    hanna = company.hanna
    opens_list(hanna, "/beheer")
    opens(hanna, "ursula")
    hanna.sees("Daarnaast 3 vestigingen waar hier geen plaats voor is; ze blijven.")
    hanna.chooses("Vestigingen", "Utrecht")
    hanna.submits()
    hanna.sees("Opgeslagen.")
    assert role(ursula) == ("user", {*ids.values(), company.branch})
