"""Fifty people press one button."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.actor import AccountType
from domain.audit import AuditAct

PEOPLE = 50
CARDS = 20


@pytest.fixture
def crowd(company):
    for _ in range(CARDS):
        company.cards.add_card()
    names = [f"beheerder{number}" for number in range(PEOPLE)]
    crowd = [company.slack.add_person(name) for name in names]
    for name, person in zip(names, crowd, strict=True):
        company.slack.join("algemeen", name)
        company.appoint(person, AccountType.USER, company.branch)
    return crowd


def answered(person):
    """Created by this person, or by somebody who was a moment earlier."""
    screen = person.screen()
    return "zijn aangemaakt" in screen or "Er is niemand meer" in screen


def test_fifty_people_create_each_login_once_and_all_get_an_answer(company, crowd):
    def plans(person):
        person.types("/personeel logins utrecht")
        person.presses("Maak werknemerslogins aan")
        person.sees("Logins aanmaken")

    def creates(person):
        person.submits()
        company.slack.wait_until(lambda: answered(person), 20)
        return answered(person)

    with ThreadPoolExecutor(PEOPLE) as together:
        list(together.map(plans, crowd))
        assert all(together.map(creates, crowd))
    assert len(company.cards.events(AuditAct.LOGIN_CREATED)) == CARDS
