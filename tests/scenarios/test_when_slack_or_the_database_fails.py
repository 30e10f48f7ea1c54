"""Faults of Slack and a busy database: an answer always, and nothing half done."""

import threading
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import text
from structlog.testing import capture_logs

from domain.audit import AuditAct
from domain.logins.model import LoginState
from tests.bot.in_slack import eventually


@contextmanager
def somebody_holds_the_database(company):
    with company.office.database.transaction() as session:
        session.execute(text("UPDATE branch SET name = name"))
        yield


def opens_utrecht(person):
    person.types("/personeel logins utrecht")
    person.sees("Stamkaarten")


def test_slack_that_does_not_tell_who_it_is_means_try_again(company):
    company.slack.next_call("users.info").fails()
    company.hanna.types("/personeel")
    company.hanna.sees("Slack liet ons zojuist niet weten wie u bent.")
    company.hanna.types("/personeel")
    company.hanna.sees("Werknemerslogins beheren")


def test_a_modal_that_comes_too_late_is_told_beside_the_command(company):
    company.slack.next_call("views.open").answers("expired_trigger_id")
    company.slack.tolerates("expired_trigger_id")
    company.hanna.types("/personeel logins utrecht")
    company.hanna.sees("Probeer het nog eens, of typ het commando opnieuw.")


def test_an_error_nobody_foresaw_gets_a_number_that_stands_in_the_log(company):
    company.slack.next_call("views.open").answers("fatal_error")
    company.slack.tolerates("fatal_error")
    with capture_logs() as logged:
        company.hanna.types("/personeel logins utrecht")
        told = company.hanna.sees("Er ging iets mis, en dat ligt niet aan u.").text
    [entry] = [entry for entry in logged if entry["event"] == "slack.unexpected"]
    assert entry["reference"] in told
    assert entry["place"] == "/personeel"


def test_a_refused_answer_beside_a_command_stands_in_the_log(company):
    company.slack.next_call("response_url").answers("no_service")
    with capture_logs() as logged:
        company.hanna.types("/personeel onzin")
        eventually(lambda: logged)
    [entry] = logged
    assert (entry["event"], entry["status"]) == ("slack.answer_lost", 404)


def test_a_lost_answer_leaves_nobody_with_a_modal_that_waits(company):
    company.slack.next_call("views.open").loses_its_answer()
    company.slack.tolerates("exchanged_trigger_id")
    opens_utrecht(company.hanna)


def test_saving_while_the_database_is_held_is_told_under_the_tick(company):
    login_id = company.cards.add_login(LoginState.NEW)
    bram = company.bram
    opens_utrecht(bram)
    bram.presses("Openen")
    bram.ticks("Actief")
    with somebody_holds_the_database(company):
        bram.submits()
        bram.sees_error("Mag inloggen", "Er wordt op dit moment veel gewijzigd.")
    assert company.cards.login(login_id).state is LoginState.NEW
    bram.submits()
    bram.sees("Actief: 1")


def test_screens_open_while_the_database_is_held(company):
    opens_utrecht(company.hanna)
    company.hanna.goes_back()
    with somebody_holds_the_database(company):
        opens_utrecht(company.hanna)


def test_somebody_new_is_let_in_while_the_database_is_held(company):
    with somebody_holds_the_database(company):
        opens_utrecht(company.bram)
    company.slack.change_person("ursula", is_restricted=True)
    with somebody_holds_the_database(company):
        company.ursula.types("/personeel logins utrecht")
        company.ursula.sees("voor gasten kan het niets doen")


def test_a_password_that_could_not_be_shown_never_becomes_valid(company):
    login_id = company.cards.add_login()
    bram = company.bram
    opens_utrecht(bram)
    bram.presses("Openen")
    bram.sees("Gebruikersnaam")
    company.slack.next_call("views.update").answers("fatal_error")
    company.slack.tolerates("fatal_error")
    bram.presses("Toon nieuw wachtwoord", confirming=True)
    bram.sees("Er ging iets mis")
    assert company.cards.login(login_id).password_hash is None
    assert company.cards.events(AuditAct.PASSWORD_SHOWN) == []
    bram.goes_back()
    bram.presses("Toon nieuw wachtwoord", confirming=True)
    bram.sees("Wordt alleen nu getoond")
    eventually(lambda: company.cards.login(login_id).password_hash)


def test_a_login_changed_while_the_password_was_shown_takes_it_back(company):
    login_id = company.cards.add_login()
    bram = company.bram
    opens_utrecht(bram)
    bram.presses("Openen")
    bram.sees("Gebruikersnaam")
    held = company.slack.next_call("views.update").is_held()
    pressing = threading.Thread(
        target=bram.presses, args=["Toon nieuw wachtwoord"], kwargs={"confirming": True}
    )
    pressing.start()
    held.is_reached()
    hanna = company.hanna
    hanna.types("/personeel logins utrecht")
    hanna.presses("Openen")
    hanna.unticks("Actief")
    hanna.submits()
    hanna.sees("Actief: 0")
    held.release()
    pressing.join()
    bram.sees("Het getoonde wachtwoord werkt niet")
    assert company.cards.login(login_id).password_hash is None


def test_a_closed_modal_gets_no_password(company):
    login_id = company.cards.add_login()
    bram = company.bram
    opens_utrecht(bram)
    bram.presses("Openen")
    bram.sees("Gebruikersnaam")
    company.slack.tolerates("not_found")
    held = company.slack.next_call("views.update").is_held()
    bram.presses("Toon nieuw wachtwoord", confirming=True)
    held.is_reached()
    bram.closes()
    with capture_logs() as logged:
        held.release()
        eventually(lambda: logged)
    assert [entry["why"] for entry in logged] == ["ViewGoneError"]
    assert company.cards.login(login_id).password_hash is None


def test_ten_minutes_later_slack_is_asked_who_it_is(company, clock):
    opens_utrecht(company.bram)
    clock.forward(timedelta(minutes=10))
    company.slack.change_person("bram", is_restricted=True)
    company.bram.goes_back()
    company.bram.types("/personeel")
    company.bram.sees("voor gasten kan het niets doen")


def test_a_recycled_socket_loses_nothing(company):
    slack = company.slack
    opens_utrecht(company.hanna)
    [before] = slack.connections.open
    slack.connections.refresh()
    slack.wait_until(lambda: before not in slack.connections.open, 5)
    slack.wait_for_app()
    company.hanna.goes_back()
    opens_utrecht(company.hanna)


def test_a_rate_limited_screen_comes_a_moment_later(company):
    company.slack.tolerates("ratelimited")
    company.slack.next_call("views.update").is_rate_limited(1)
    opens_utrecht(company.hanna)


def test_creating_that_waits_too_long_for_the_database_says_so(company):
    company.cards.add_card()
    bram = company.bram
    opens_utrecht(bram)
    bram.presses("Maak werknemerslogins aan")
    bram.sees("Eén werknemerslogin wordt aangemaakt")
    with somebody_holds_the_database(company):
        bram.submits()
        bram.sees("Er wordt op dit moment veel gewijzigd.")
    assert company.cards.events(AuditAct.LOGIN_CREATED) == []


def test_a_stranger_on_the_news_is_not_looked_up_or_kept(company):
    company.slack.change_person("mo", is_restricted=True)
    opens_utrecht(company.hanna)
    assert {call.arguments["user"] for call in company.slack.calls("users.info")} == {
        company.hanna.id
    }
