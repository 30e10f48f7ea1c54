"""Finding somebody of a branch, also who has no login, and why."""

from datetime import timedelta

from tests.bot.in_slack import eventually

SEARCH = "Zoek op naam of nummer"
PIET = {"first_name": "Piet", "last_name": "Pietersen"}


def opens_branch(person):
    person.types("/personeel logins utrecht")
    person.sees("Stamkaarten:")


def test_who_has_no_login_is_found_with_the_reason(company):
    company.cards.add_card(number="00104", email=None, **PIET)
    hanna = company.hanna
    opens_branch(hanna)
    assert hanna.offered(SEARCH, "piet") == ["Piet Pietersen · 00104"]
    hanna.chooses(SEARCH, "Piet Pietersen · 00104", typing="piet")
    hanna.sees("Personeelsnummer: 00104")
    hanna.sees("Geen login: op de stamkaart staat geen e-mailadres.")
    hanna.goes_back()
    hanna.sees("Zonder e-mailadres: 1")


def test_who_has_no_login_yet_is_told_by_which_button(company):
    company.cards.add_card(number="00104", **PIET)
    ursula = company.ursula
    opens_branch(ursula)
    ursula.chooses(SEARCH, "Piet Pietersen · 00104", typing="00104")
    ursula.sees("Nog geen login. Druk op Aanmaken, bij Maak werknemerslogins aan.")


def test_who_shares_an_address_is_shown_with_the_other_card_and_the_ways_out(company):
    company.cards.add_card(number="00104", email="samen@example.nl", **PIET)
    company.cards.add_card(number="00105", email="samen@example.nl")
    bram = company.bram
    opens_branch(bram)
    bram.chooses(SEARCH, "Piet Pietersen · 00104", typing="piet")
    bram.sees("Geen login: stamkaart 00105 heeft hetzelfde e-mailadres.")
    bram.sees("Twee uitwegen")


def test_who_left_is_found_as_such(company):
    yesterday = company.office.clock().date() - timedelta(days=1)
    company.cards.add_card(number="00104", end_on=yesterday, **PIET)
    opens_branch(company.bram)
    company.bram.chooses(SEARCH, "Piet Pietersen · 00104", typing="piet")
    company.bram.sees("Geen login: uit dienst.")


def test_who_got_a_login_meanwhile_reads_as_not_there(company):
    card_id = company.cards.add_card(number="00104", **PIET)
    opens_branch(company.bram)
    held = company.slack.next_call("views.push").is_held()
    company.bram.chooses(SEARCH, "Piet Pietersen · 00104", typing="piet")
    held.is_reached()
    company.hanna.types("/personeel logins utrecht")
    company.hanna.presses("Maak werknemerslogins aan")
    company.hanna.sees("Eén werknemerslogin wordt aangemaakt")
    company.hanna.submits()
    eventually(lambda: company.cards.login_of(card_id))
    company.hanna.sees("Eén werknemerslogin is aangemaakt.")
    held.release()
    company.bram.sees("Dit bestaat niet, of niet in een van uw vestigingen.")
