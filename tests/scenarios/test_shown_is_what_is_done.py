"""Nobody else is touched than the dry run showed, whatever came in between."""

import pytest
from sqlalchemy import insert

from domain.logins.model import LoginState
from domain.record_cards.model import RecordCard

CHANGED = "Het aantal is intussen veranderd."


def opens_utrecht(person):
    person.types("/personeel logins utrecht")
    person.sees("Stamkaarten")


def opens_activation(person):
    opens_utrecht(person)
    person.presses("Maak werknemerslogins actief")
    person.sees("Eén werknemerslogin wordt actief gemaakt.")


def test_creating_for_more_than_were_shown_asks_once_more(company):
    company.cards.add_card()
    hanna = company.hanna
    opens_utrecht(hanna)
    hanna.presses("Maak werknemerslogins aan")
    hanna.sees("Eén werknemerslogin wordt aangemaakt")
    for _ in range(24):
        company.cards.add_card()
    hanna.submits()
    hanna.sees(CHANGED)
    hanna.sees("25 werknemerslogins worden aangemaakt")
    hanna.submits()
    hanna.sees("25 werknemerslogins zijn aangemaakt.")


def test_activating_more_than_were_shown_asks_once_more(company):
    company.cards.add_login(LoginState.NEW)
    hanna = company.hanna
    opens_activation(hanna)
    company.cards.add_login(LoginState.NEW)
    hanna.submits()
    hanna.sees(CHANGED)
    hanna.sees("2 werknemerslogins worden actief gemaakt.")
    hanna.submits()
    hanna.sees("2 werknemerslogins zijn nu actief.")


def test_creating_for_fewer_than_were_shown_asks_once_more(company):
    cards = [company.cards.add_card() for _ in range(2)]
    hanna = company.hanna
    opens_utrecht(hanna)
    hanna.presses("Maak werknemerslogins aan")
    hanna.sees("2 werknemerslogins worden aangemaakt")
    with company.office.database.transaction() as session:
        session.delete(session.get_one(RecordCard, cards[0]))
    hanna.submits()
    hanna.sees(CHANGED)
    hanna.sees("Eén werknemerslogin wordt aangemaakt")


def test_many_of_whom_the_number_changed_are_shown_once_more(company):
    values = [company.cards.card_values() for _ in range(501)]
    with company.office.database.transaction() as session:
        session.execute(insert(RecordCard), values)
    company.slack.tolerates("not_found", "views.update")
    hanna = company.hanna
    opens_utrecht(hanna)
    hanna.presses("Maak werknemerslogins aan")
    hanna.fills("Dit gaat over 501 mensen. Typ 501 om door te gaan.", "501")
    company.cards.add_card()
    hanna.submits()
    hanna.sees(CHANGED)
    hanna.fills("Dit gaat over 502 mensen. Typ 502 om door te gaan.", "502")
    hanna.submits()
    hanna.sees("502 werknemerslogins zijn aangemaakt.")


@pytest.fixture
def two_groups(company):
    company.cards.add_login(LoginState.NEW)
    company.cards.add_login(LoginState.LOCKED)
    for _ in range(2):
        company.cards.add_login(LoginState.SWITCHED_OFF)


@pytest.mark.usefixtures("two_groups")
def test_of_two_quick_ticks_the_screen_shows_both(company):
    company.slack.tolerates("hash_conflict")
    hanna = company.hanna
    opens_activation(hanna)
    first = company.slack.next_call("views.update").is_held()
    second = company.slack.next_call("views.update").is_held()
    hanna.ticks("Ook de geblokkeerde logins")
    first.is_reached()
    hanna.ticks("Ook de uitgezette logins")
    second.is_reached()
    first.release()
    hanna.sees("2 werknemerslogins worden actief gemaakt.")
    second.release()
    hanna.sees("4 werknemerslogins worden actief gemaakt.")
    hanna.submits()
    hanna.sees("4 werknemerslogins zijn nu actief.")


@pytest.mark.usefixtures("two_groups")
def test_ticks_that_the_number_does_not_count_are_counted_before_activating(company):
    company.slack.tolerates("hash_conflict")
    hanna = company.hanna
    opens_activation(hanna)
    first = company.slack.next_call("views.update").is_held()
    hanna.ticks("Ook de geblokkeerde logins")
    first.is_reached()
    hanna.ticks("Ook de uitgezette logins")
    hanna.sees("4 werknemerslogins worden actief gemaakt.")
    first.release()
    hanna.sees("2 werknemerslogins worden actief gemaakt.")
    hanna.submits()
    hanna.sees(CHANGED)
    hanna.sees("4 werknemerslogins worden actief gemaakt.")
    hanna.submits()
    hanna.sees("4 werknemerslogins zijn nu actief.")
