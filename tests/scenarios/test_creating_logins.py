"""From record cards to logins: the dry run, the number to type, the result."""

from sqlalchemy import insert
from structlog.testing import capture_logs

from domain.logins.model import LoginState
from domain.record_cards.model import RecordCard
from tests.bot.in_slack import eventually


def opens_utrecht(person):
    person.types("/personeel logins utrecht")
    person.sees("Stamkaarten:")


def test_branch_manager_creates_the_logins_of_a_branch(company):
    for _ in range(3):
        company.cards.add_card()
    company.cards.add_card(email=None)
    bram = company.bram
    opens_utrecht(bram)
    bram.sees("Zonder login: 4")
    bram.presses("Maak werknemerslogins aan")
    bram.sees("3 werknemerslogins worden aangemaakt, nog inactief.")
    bram.sees("Eén medewerker heeft geen e-mailadres.")
    bram.submits()
    bram.sees("3 werknemerslogins zijn aangemaakt.")
    bram.goes_back()
    bram.sees("Inactief: 3")


def test_more_than_25_people_ask_for_the_number(company):
    for _ in range(26):
        company.cards.add_card()
    hanna = company.hanna
    opens_utrecht(hanna)
    hanna.presses("Aanmaken")
    label = "Dit gaat over 26 mensen. Typ 26 om door te gaan."
    hanna.fills(label, "25")
    hanna.submits()
    hanna.sees_error(label, "Het gaat om 26 mensen.")
    hanna.fills(label, "26")
    hanna.submits()
    hanna.sees("26 werknemerslogins zijn aangemaakt.")
    hanna.goes_back()
    hanna.sees("Inactief: 26")


def test_more_than_a_batch_is_done_while_one_waits(company):
    values = [company.cards.card_values() for _ in range(501)]
    with company.office.database.transaction() as session:
        session.execute(insert(RecordCard), values)
    company.slack.tolerates("not_found", "views.update")
    hanna = company.hanna
    opens_utrecht(hanna)
    hanna.presses("Maak werknemerslogins aan")
    hanna.fills("Dit gaat over 501 mensen. Typ 501 om door te gaan.", "501")
    hanna.submits()
    hanna.sees("501 werknemerslogins zijn aangemaakt.")
    hanna.goes_back()
    hanna.sees("Inactief: 501")
    hanna.presses("Maak werknemerslogins actief")
    hanna.fills("Dit gaat over 501 mensen. Typ 501 om door te gaan.", " 501 ")
    hanna.submits()
    hanna.sees("501 werknemerslogins zijn nu actief.")


def test_whoever_went_to_another_branch_meanwhile_stays_there(company):
    values = [company.cards.card_values() for _ in range(501)]
    with company.office.database.transaction() as session:
        session.execute(insert(RecordCard), values)
    company.slack.tolerates("not_found", "views.update")
    hanna = company.hanna
    opens_utrecht(hanna)
    hanna.presses("Maak werknemerslogins aan")
    hanna.fills("Dit gaat over 501 mensen. Typ 501 om door te gaan.", "501")
    result = company.slack.next_call("views.update").is_held()
    hanna.submits()
    result.is_reached()
    hanna.goes_back()
    hanna.presses("Andere vestiging")
    hanna.presses("Openen", near="Amsterdam")
    hanna.sees("Zonder login: 0")
    with capture_logs() as logged:
        result.release()
        eventually(lambda: logged)
    assert [entry["why"] for entry in logged] == ["ViewGoneError"]
    assert "Amsterdam" in hanna.screen()


def test_pressing_twice_creates_nothing_the_second_time(company):
    company.cards.add_card()
    ursula = company.ursula
    opens_utrecht(ursula)
    for _ in range(2):
        ursula.presses("Maak werknemerslogins aan")
        if _ == 0:
            ursula.sees("Eén werknemerslogin wordt aangemaakt")
            ursula.submits()
            ursula.sees("Eén werknemerslogin is aangemaakt.")
        else:
            ursula.sees("Niets aan te maken")
        ursula.goes_back()


def test_two_cards_with_one_address_are_both_named(company):
    company.cards.add_card(number="00012", email="gedeeld@example.nl")
    company.cards.add_card(number="00345", email="gedeeld@example.nl")
    hanna = company.hanna
    opens_utrecht(hanna)
    hanna.presses("Maak werknemerslogins aan")
    hanna.sees("2 stamkaarten hebben hetzelfde e-mailadres")
    hanna.sees("Medewerker gegevens verplaatsen")
    hanna.presses("Toon lijst")
    hanna.sees("00012: zelfde e-mailadres als stamkaart 00345")
    hanna.sees("00345: zelfde e-mailadres als stamkaart 00012")


def test_activating_leaves_the_locked_ones_unless_ticked(company):
    company.cards.add_login(LoginState.NEW)
    locked = company.cards.add_login(LoginState.LOCKED)
    hanna = company.hanna
    opens_utrecht(hanna)
    hanna.presses("Maak werknemerslogins actief")
    hanna.sees("Eén werknemerslogin wordt actief gemaakt.")
    hanna.sees("Eén login is geblokkeerd door verkeerde wachtwoorden.")
    hanna.ticks("Ook de geblokkeerde logins")
    hanna.sees("2 werknemerslogins worden actief gemaakt.")
    hanna.submits()
    hanna.sees("2 werknemerslogins zijn nu actief.")
    hanna.goes_back()
    hanna.sees("Actief: 2")
    assert company.cards.login(locked).state is LoginState.ACTIVE
