"""Fifty people press one button."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.actor import AccountType
from domain.audit import AuditAct

PEOPLE = 50
CARDS = 20


@pytest.fixture
def rate_limits() -> bool:
    """Fifty people in one minute are more than Slack lets an app serve."""
    return False


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


ANSWERS = (
    "werknemerslogins zijn aangemaakt.",
    "Het aantal is intussen veranderd.",
    # SQLite takes one writer at a time; on a slow machine some wait too long.
    "Er wordt op dit moment veel gewijzigd.",
)


def answered(person):
    screen = person.screen()
    return any(answer in screen for answer in ANSWERS)


def test_fifty_people_create_each_login_once_and_all_get_an_answer(company, crowd):
    def plans(person):
        person.types("/personeel logins utrecht")
        person.presses("Maak werknemerslogins aan")
        person.sees("Logins aanmaken")

    def creates(person):
        person.submits()
        company.slack.wait_until(lambda: answered(person), 60)
        return "" if answered(person) else person.screen()

    with ThreadPoolExecutor(5) as one_after_the_other:
        list(one_after_the_other.map(plans, crowd))
    with ThreadPoolExecutor(PEOPLE) as together:
        unanswered = [screen for screen in together.map(creates, crowd) if screen]
    assert unanswered == []
    assert len(company.cards.events(AuditAct.LOGIN_CREATED)) == CARDS
