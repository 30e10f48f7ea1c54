"""What is said when something is in the way."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog
from sqlalchemy import text

from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.model import Stage
from portal.app import create_app
from portal.locale import waiting_time
from tests.domain.sign_in.people import NAME, PASSWORD
from tests.portal.counter import OWN, Counter


def with_office(counter, **changed):
    """The same counter, of an office that differs in this."""
    office = replace(counter.office, **changed)
    return Counter(counter.desk, office, create_app(office))


def test_a_full_queue_for_hashing_says_when_to_try_again(counter):
    hashing = HashingSlots(1, patience=timedelta(milliseconds=10))
    busy = with_office(counter, tools=replace(counter.office.tools, hashing=hashing))
    counter.desk.add_employee()
    somebody = busy.at(None)
    with hashing._slot():
        answer = somebody.sends("/", user_name=NAME, password=PASSWORD.reveal())
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 0
    assert "Een ogenblik geduld" in answer.text
    assert counter.desk.outcomes() == []
    again = somebody.sends("/", user_name=NAME, password=PASSWORD.reveal())
    assert again.headers["Location"] == "/mijn-gegevens"


def test_a_database_that_is_held_says_when_to_try_again(counter):
    database = counter.office.database

    def impatient():
        return database.transaction(timedelta(milliseconds=20))

    tools = replace(counter.office.tools, transaction=impatient)
    somebody = with_office(counter, tools=tools).at(None)
    held, enough = threading.Event(), threading.Event()

    def hold():
        with database.transaction():
            held.set()
            enough.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(30)
        answer = somebody.sends("/", user_name=NAME, password=PASSWORD.reveal())
    finally:
        enough.set()
        holder.join()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Probeer het over 5 seconden opnieuw." in answer.text


def test_pages_are_shown_while_somebody_writes_a_lot(counter):
    somebody = counter.at(Stage.IN)
    counter.desk.clock.forward(timedelta(minutes=2))
    held, enough = threading.Event(), threading.Event()

    def hold():
        with counter.office.database.transaction():
            held.set()
            enough.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(30)
        assert somebody.looks("/mijn-gegevens").status_code == 200
    finally:
        enough.set()
        holder.join()


@pytest.mark.parametrize("path", ["/", "/wachtwoord-vergeten"])
def test_the_unforeseen_gets_a_number_and_is_logged_without_its_text(counter, path):
    somebody = counter.at(None)
    with counter.office.database.transaction() as session:
        for table in ("attempt_counter", "password_attempt", "recovery_request"):
            session.execute(text(f"ALTER TABLE {table} RENAME TO away_{table}"))
    with structlog.testing.capture_logs() as lines:
        answer = somebody.sends(path, user_name=NAME, password=OWN)
    assert answer.status_code == 500
    [line] = [line for line in lines if line["event"] == "portal.unexpected"]
    assert line["reference"] in answer.text
    assert line["error"]
    assert line["frames"]
    assert OWN not in repr(lines)
    assert NAME not in repr(lines)
    assert "SELECT" not in answer.text
    assert "Traceback" not in answer.text


def test_a_database_that_is_away_is_told_on_a_page_too(counter):
    somebody = counter.at(Stage.IN)
    with counter.office.database.transaction() as session:
        session.execute(text("ALTER TABLE portal_session RENAME TO away"))
    answer = somebody.looks("/mijn-gegevens")
    assert answer.status_code == 500
    assert "Dat ligt niet aan u." in answer.text


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(), "1 seconde"),
        (timedelta(milliseconds=1500), "2 seconden"),
        (timedelta(seconds=59), "59 seconden"),
        (timedelta(seconds=60), "1 minuut"),
        (timedelta(seconds=61), "2 minuten"),
        (timedelta(minutes=119), "119 minuten"),
        (timedelta(hours=2), "2 uur"),
        (timedelta(hours=23, minutes=1), "24 uur"),
    ],
)
def test_a_wait_is_told_in_words_and_never_too_short(counter, wait, words):
    with counter.app.test_request_context("/", base_url=counter.office.portal_url):
        assert waiting_time(wait) == words


def test_nothing_that_somebody_typed_is_logged(counter, capfd):
    counter.desk.add_newcomer()
    with structlog.testing.capture_logs() as lines:
        somebody = counter.at(None)
        somebody.sends("/", user_name=NAME, password="canary-password-1")
        somebody.sends("/code", code="canary-code-2")
        somebody.looks("/herstel/" + "canary" * 8)
        somebody.sends("/herstel", new="canary-password-3", again="canary-password-4")
    printed = "".join(capfd.readouterr())
    assert "canary" not in repr(lines) + printed
    assert NAME not in repr(lines) + printed
