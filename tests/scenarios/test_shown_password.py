"""A password on the screen works, or the screen says that it does not."""

from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from tests.bot.in_slack import eventually

SHOWN = "Wordt alleen nu getoond"
VOID = "Het getoonde wachtwoord werkt niet"


@pytest.fixture
def login_id(company):
    return company.cards.add_login()


@pytest.fixture
def bram(company, login_id):
    opens_the_login(company.bram)
    return company.bram


def opens_the_login(person):
    person.types("/personeel logins utrecht")
    person.presses("Openen")
    person.sees("Gebruikersnaam")


@contextmanager
def before_the_password_is_shown(company, person):
    held = company.slack.next_call("views.update").is_held()
    person.presses("Toon nieuw wachtwoord", confirming=True)
    held.is_reached()
    yield held
    held.release()


def break_the_table(company):
    with company.office.database.transaction() as session:
        session.execute(text("ALTER TABLE shown_password RENAME TO away"))


def hanna_switches_the_login_off(company):
    opens_the_login(company.hanna)
    company.hanna.unticks("Actief")
    company.hanna.submits()
    company.hanna.sees("Actief: 0")


def test_a_screen_below_that_cannot_be_renewed_leaves_the_password(
    company, bram, login_id
):
    company.slack.tolerates("fatal_error")
    with capture_logs() as logged:
        with before_the_password_is_shown(company, bram):
            company.slack.next_call("views.update").answers("fatal_error")
        eventually(lambda: logged)
    assert [entry["event"] for entry in logged] == ["slack.unexpected"]
    assert company.cards.login(login_id).password_hash
    bram.sees(SHOWN)


def test_a_password_that_could_not_be_saved_is_taken_back(company, bram, login_id):
    with capture_logs() as logged:
        with before_the_password_is_shown(company, bram):
            break_the_table(company)
        told = bram.sees(VOID).text
    assert company.cards.login(login_id).password_hash is None
    [entry] = [entry for entry in logged if entry["event"] == "slack.unexpected"]
    assert entry["reference"] in told


def test_a_password_for_which_the_database_was_too_busy_is_taken_back(
    company, bram, login_id
):
    with ExitStack() as holding:
        with before_the_password_is_shown(company, bram):
            session = holding.enter_context(company.office.database.transaction())
            session.execute(text("UPDATE branch SET name = name"))
        bram.sees(VOID)
    assert company.cards.login(login_id).password_hash is None


def test_a_password_is_taken_back_though_the_answer_of_its_modal_was_lost(
    company, bram, login_id
):
    company.slack.tolerates("exchanged_trigger_id")
    company.slack.next_call("views.push").loses_its_answer()
    with before_the_password_is_shown(company, bram):
        hanna_switches_the_login_off(company)
    bram.sees(VOID)
    assert company.cards.login(login_id).password_hash is None
