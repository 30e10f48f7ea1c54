"""Slack delivers twice, late and shuffled; each delivery has its effect once."""

from domain.audit import AuditAct
from domain.logins.model import LoginState
from domain.slack_deliveries import SlackDelivery
from tests.bot.in_slack import eventually


def opens_utrecht(person):
    person.types("/personeel logins utrecht")
    person.sees("Stamkaarten")


def all_acked(slack):
    return all(sent.outcome == "acked" for sent in slack.deliveries())


def test_a_command_that_arrives_twice_opens_one_modal(company):
    company.slack.tolerates("exchanged_trigger_id")
    company.slack.tolerates("not_found", "views.update")
    company.slack.next_payloads(1).arrive_twice()
    opens_utrecht(company.hanna)
    eventually(lambda: all_acked(company.slack))
    opened = [call for call in company.slack.calls("views.open") if call.ok]
    assert len(opened) == 1


def test_a_submission_that_arrives_twice_creates_once(company):
    for _ in range(3):
        company.cards.add_card()
    hanna = company.hanna
    opens_utrecht(hanna)
    hanna.presses("Maak werknemerslogins aan")
    hanna.sees("3 werknemerslogins worden aangemaakt")
    company.slack.next_payloads(1).arrive_twice()
    hanna.submits()
    eventually(lambda: all_acked(company.slack))
    assert len(company.cards.events(AuditAct.LOGIN_CREATED)) == 3
    # Either may be the one whose answer Slack takes.
    answers = ("3 werknemerslogins zijn aangemaakt.", "Dit was al gedaan.")
    assert any(answer in hanna.screen() for answer in answers)


def test_saving_that_arrives_twice_is_one_event(company):
    company.cards.add_login(LoginState.NEW)
    ursula = company.ursula
    opens_utrecht(ursula)
    ursula.presses("Openen")
    ursula.ticks("Actief")
    company.slack.next_payloads(1).arrive_twice()
    ursula.submits()
    ursula.sees("Actief: 1")
    eventually(lambda: all_acked(company.slack))
    assert len(company.cards.events(AuditAct.LOGIN_ACTIVATED)) == 1


def test_a_press_for_a_password_that_arrives_twice_shows_one(company):
    login_id = company.cards.add_login()
    company.slack.tolerates("exchanged_trigger_id")
    bram = company.bram
    opens_utrecht(bram)
    bram.presses("Openen")
    bram.sees("Gebruikersnaam")
    company.slack.next_payloads(1).arrive_twice()
    bram.presses("Toon nieuw wachtwoord", confirming=True)
    bram.sees("Wordt alleen nu getoond")
    eventually(lambda: company.cards.login(login_id).password_hash)
    eventually(lambda: all_acked(company.slack))
    assert len(company.cards.events(AuditAct.PASSWORD_SHOWN)) == 1
    bram.sees("Wordt alleen nu getoond")


def test_two_presses_show_two_passwords_of_which_the_last_is_valid(company):
    login_id = company.cards.add_login()
    hashes = []
    bram = company.bram
    opens_utrecht(bram)
    bram.presses("Openen")
    for _ in range(2):
        bram.presses("Toon nieuw wachtwoord", confirming=True)
        bram.sees("Wordt alleen nu getoond")
        known = list(hashes)
        eventually(
            lambda known=known: (
                company.cards.login(login_id).password_hash not in [None, *known]
            )
        )
        hashes.append(company.cards.login(login_id).password_hash)
        bram.goes_back()
    assert len(company.cards.events(AuditAct.PASSWORD_SHOWN)) == 2


def test_a_double_click_on_next_turns_one_page(company):
    for number in range(30):
        company.cards.add_login(card={"number": f"{number:05}"})
    company.slack.tolerates("hash_conflict")
    hanna = company.hanna
    opens_utrecht(hanna)
    hanna.presses("Volgende", times=2)
    hanna.sees("00019")
    eventually(lambda: all_acked(company.slack))
    hanna.presses("Vorige")
    hanna.sees("00009")


def test_the_home_may_be_opened_twice_and_late(company):
    company.slack.next_payloads(1).arrive_twice()
    company.hanna.opens_home()
    company.hanna.sees("U bent manager")
    company.slack.next_payloads(2).arrive_reversed()
    company.bram.opens_home()
    company.ursula.opens_home()
    company.bram.sees("U bent vestigingsmanager")
    company.ursula.sees("U bent gebruiker")


def test_what_had_its_effect_is_remembered_by_an_id_that_slack_repeats(company):
    company.cards.add_login(LoginState.NEW)
    opens_utrecht(company.hanna)
    company.hanna.presses("Openen")
    company.hanna.ticks("Actief")
    sent = company.hanna.submits()
    company.hanna.sees("Actief: 1")
    with company.office.database.reading() as session:
        remembered = session.get(SlackDelivery, sent.payload["trigger_id"])
    assert remembered is not None
