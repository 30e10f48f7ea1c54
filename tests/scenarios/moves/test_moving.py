"""*Medewerker gegevens verplaatsen*, from the menu to the result and back."""

import pytest

from domain.audit import AuditAct
from domain.logins import leaving
from tests.domain.office import day

OLD, NEW = "Zoek de oude stamkaart", "Zoek de nieuwe stamkaart"


def opens_moves(person):
    person.types("/personeel")
    person.presses("Medewerker gegevens verplaatsen")
    person.sees("Waarschijnlijk dezelfde persoon")


def opens_pair(person):
    opens_moves(person)
    person.presses("Stamkaarten van Anna Bakker vergelijken")
    person.sees("OUDE STAMKAART")


@pytest.mark.parametrize("name", ["hanna", "bram", "ursula"])
def test_a_proposed_pair_is_moved_with_what_is_ticked(company, anna, name):
    person = company.slack.person(name)
    opens_moves(person)
    person.sees("Waarom: zelfde naam en geboortedatum")
    person.presses("Stamkaarten van Anna Bakker vergelijken")
    person.sees("in dienst tot en met 31 december 2026")
    person.sees("login: actief")
    person.sees("De medewerker blijft inloggen als anna@example.nl.")
    person.sees("Het adres a.bakker@example.nl van de nieuwe stamkaart vervalt.")
    person.submits()
    person.sees("Verplaatst: de gegevens van Anna Bakker staan op stamkaart 00900.")
    person.sees("Overgenomen: E-mailadres, Telefoon.")
    assert company.cards.login_of(anna.new).id == anna.login_id
    assert company.cards.card(anna.new).phone == "06 12345678"
    assert company.cards.card(anna.old).moved_to_card_id == anna.new
    person.goes_back()
    person.sees("Geen twee stamkaarten lijken van dezelfde persoon te zijn.")


def test_without_the_tick_the_user_name_becomes_the_new_address(company, anna):
    bram = company.bram
    opens_pair(bram)
    bram.unticks("E-mailadres overnemen")
    bram.sees("De gebruikersnaam verandert van anna@example.nl in a.bakker@example.nl.")
    bram.submits()
    bram.sees("De medewerker logt in als a.bakker@example.nl.")
    login = company.cards.login(anna.login_id)
    assert login.user_name == "a.bakker@example.nl"
    assert login.credential_version == 2


def test_a_result_is_undone_at_once(company, anna):
    ursula = company.ursula
    opens_pair(ursula)
    ursula.submits()
    ursula.sees("Verplaatst:")
    ursula.presses("Ongedaan maken")
    ursula.sees("Stamkaart 00104 gaat weer open.")
    ursula.sees("De login gaat terug naar stamkaart 00104")
    ursula.submits()
    ursula.sees("Het verplaatsen is ongedaan gemaakt.")
    assert company.cards.login_of(anna.old).id == anna.login_id
    assert company.cards.card(anna.new).email == "a.bakker@example.nl"
    assert company.cards.card(anna.old).moved_to_card_id is None


def test_the_list_of_moves_undoes_one_of_weeks_ago_and_names_what_stays(
    company, anna, clock
):
    opens_pair(company.bram)
    company.bram.submits()
    company.bram.sees("Verplaatst:")
    company.bram.goes_back()
    company.bram.sees("Geen twee stamkaarten")
    company.cards.change_card(anna.new, phone="06 87654321")
    hanna = company.hanna
    opens_moves(hanna)
    hanna.presses("Laatste 30 dagen verplaatst")
    hanna.sees("Anna Bakker: van 00104 naar 00900")
    hanna.presses("Verplaatsing van Anna Bakker ongedaan maken")
    hanna.sees("blijft zoals het is: Telefoon.")
    hanna.submits()
    hanna.sees("Het verplaatsen is ongedaan gemaakt.")
    hanna.goes_back()
    hanna.sees("ongedaan gemaakt op 20 november 2026")
    assert company.cards.card(anna.new).phone == "06 87654321"


def test_any_two_cards_are_chosen_and_swapped(company):
    login_id = company.cards.add_login(card={"number": "1", "last_name": "Een"})
    new = company.cards.add_card(number="2", last_name="Twee")
    ursula = company.ursula
    opens_moves(ursula)
    ursula.presses("Naast elkaar zetten")
    ursula.sees("Kies eerst de oude en de nieuwe stamkaart.")
    ursula.goes_back()
    ursula.chooses(OLD, "Jan Twee · 2", typing="twee")
    ursula.chooses(NEW, "Jan Een · 1", typing="een")
    ursula.presses("Naast elkaar zetten")
    ursula.sees("OUDE STAMKAART")
    ursula.presses("Oud en nieuw omwisselen")
    ursula.sees("De login gaat naar stamkaart 2")
    ursula.submits()
    ursula.sees("Verplaatst:")
    assert company.cards.login(login_id).record_card_id == new


def test_a_login_of_somebody_who_left_is_named_as_such(company, anna):
    company.cards.change_card(anna.old, end_on=day("2026-11-01"))
    with company.office.database.transaction() as session:
        leaving.close_leavers(session, now=company.office.clock())
    opens_pair(company.hanna)
    company.hanna.submits()
    company.hanna.sees("De login blijft zoals die was: inactief (uit dienst).")


def test_what_was_moved_meanwhile_is_refused_with_the_reason(company, anna):
    opens_pair(company.hanna)
    opens_pair(company.bram)
    company.bram.submits()
    company.bram.sees("Verplaatst:")
    company.bram.goes_back()
    company.bram.sees("Geen twee stamkaarten")
    company.hanna.submits()
    company.hanna.sees("De oude stamkaart is gesloten")
    (event,) = company.cards.events(AuditAct.EMPLOYEE_DATA_MOVED)
    assert event.administrator_id == company.cards.bram.administrator_id


def test_two_cards_with_a_login_each_show_the_way_out(company):
    for number, name in (("1", "Een"), ("2", "Twee")):
        company.cards.add_login(card={"number": number, "last_name": name})
    hanna = company.hanna
    opens_moves(hanna)
    hanna.chooses(OLD, "Jan Een · 1", typing="een")
    hanna.chooses(NEW, "Jan Twee · 2", typing="twee")
    hanna.presses("Naast elkaar zetten")
    hanna.sees("Houd ze allebei, elk met een eigen e-mailadres")


def test_cards_that_are_swapped_are_ticked_as_the_screen_says(company, anna):
    hanna = company.hanna
    opens_moves(hanna)
    hanna.chooses(OLD, "Anna Bakker · 00900", typing="00900")
    hanna.chooses(NEW, "Anna Bakker · 00104", typing="00104")
    hanna.presses("Naast elkaar zetten")
    hanna.sees("OUDE STAMKAART")
    hanna.presses("Oud en nieuw omwisselen")
    hanna.sees("De medewerker blijft inloggen als anna@example.nl.")
    hanna.submits()
    hanna.sees("Verplaatst:")
    assert company.cards.login(anna.login_id).user_name == "anna@example.nl"
    assert company.cards.card(anna.new).email == "anna@example.nl"
