"""W1, W2: with several processes on one database, each knows what another did."""

from dataclasses import replace

import pytest

from domain.database import Database
from domain.logins.model import LoginState, SecondFactor
from tests.domain.office import furnish
from tests.domain.sign_in.people import NAME, PASSWORD, open_desk
from tests.portal.counter import OWN, open_counter

URL = "http://127.0.0.1:8080"


@pytest.fixture
def replicas(postgresql_url, clock, keyring):
    """Two portals with an engine each, on one PostgreSQL."""
    databases = [Database(postgresql_url) for _ in range(2)]
    office = furnish(databases[0], clock())
    offices = [replace(office, database=database) for database in databases]
    yield [open_counter(open_desk(one, clock, keyring), URL) for one in offices]
    for database in databases:
        database.close()


def at_the_other(other, somebody):
    """The same browser, sent to the other replica by a proxy between."""
    visitor = other.visitor()
    for name in ("session", "browser", "form"):
        value = somebody.cookie(f"sleutelbos_{name}")
        if value is not None:
            visitor.client.set_cookie(f"sleutelbos_{name}", value, domain="127.0.0.1")
    visitor.token = somebody.token
    return visitor


def test_a_form_of_one_is_taken_by_the_other(replicas):
    here, there = replicas
    here.desk.add_employee()
    somebody = here.visitor()
    somebody.looks("/")
    answer = at_the_other(there, somebody).sends(
        "/", user_name=NAME, password=PASSWORD.reveal()
    )
    assert answer.headers["Location"] == "/mijn-gegevens"


def test_a_session_of_one_is_open_at_the_other_until_either_ends_it(replicas):
    here, there = replicas
    here.desk.add_employee()
    somebody = here.visitor()
    somebody.signs_in()
    assert at_the_other(there, somebody).looks("/mijn-gegevens").status_code == 200
    old = at_the_other(there, somebody)
    old.looks("/mijn-gegevens")
    old.sends("/uitloggen")
    assert somebody.looks("/mijn-gegevens").headers["Location"] == "/"


def test_an_id_that_a_step_left_behind_is_dead_at_the_other(replicas):
    here, there = replicas
    here.desk.add_employee(second_factor=SecondFactor.MAIL)
    somebody = here.visitor()
    somebody.signs_in()
    before = at_the_other(there, somebody)
    somebody.sends("/code", code=here.mailed_code())
    assert before.looks("/code").headers["Location"] == "/"


def test_switching_off_and_changing_the_password_count_everywhere_at_once(replicas):
    here, there = replicas
    login_id = here.desk.add_employee()
    somebody, elsewhere = here.visitor(), there.visitor("198.51.100.8")
    somebody.signs_in()
    elsewhere.signs_in()
    somebody.looks("/beveiliging/wachtwoord")
    somebody.sends(
        "/beveiliging/wachtwoord", current=PASSWORD.reveal(), new=OWN, again=OWN
    )
    assert elsewhere.looks("/mijn-gegevens").headers["Location"] == "/"
    there.desk.change(login_id, state=LoginState.SWITCHED_OFF)
    assert somebody.looks("/mijn-gegevens").headers["Location"] == "/"
