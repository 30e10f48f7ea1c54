"""A link that somebody asked for in Slack says so before it is used."""

import pytest

from domain.letters.queueing import LetterKind
from domain.slack_users import remember
from tests.domain.office import member
from tests.domain.sign_in.people import NAME
from tests.domain.sign_in.recovering import (
    MALLORY,
    ask,
    ask_by_number,
    letters,
    linked_to,
    work,
)
from tests.portal.counter import OWN

NOT_YOURS = "Is dat niet uw Slack-account? Gebruik deze link dan niet"


@pytest.fixture
def anna(counter):
    return counter.desk.add_employee(card={"number": "00417", "first_name": "Anna"})


def opens_the_link(counter):
    work(counter.desk)
    letter = letters(counter.desk, LetterKind.RECOVERY_LINK)[-1]
    somebody = counter.visitor()
    token = letter.values["token"].reveal()
    return somebody, somebody.follows(somebody.looks(f"/herstel/{token}"))


def test_the_page_names_who_gets_linked_before_anybody_is(counter, anna):
    profile = member("<b>Mallory")
    with counter.desk.tools.transaction() as session:
        remember(session, MALLORY, profile, now=counter.desk.clock())
    ask_by_number(counter.desk, "00417", MALLORY)
    somebody, page = opens_the_link(counter)
    assert "in Slack gevraagd door “&lt;b&gt;Mallory”." in page.text
    assert NOT_YOURS in page.text
    assert linked_to(counter.desk, MALLORY) is None
    assert somebody.sends("/herstel", new=OWN, again=OWN).status_code == 303
    assert linked_to(counter.desk, MALLORY) is not None


def test_somebody_whose_name_is_not_known_is_told_of_as_well(counter, anna):
    ask_by_number(counter.desk, "00417", MALLORY)
    _, page = opens_the_link(counter)
    assert "Deze link is in Slack gevraagd." in page.text
    assert NOT_YOURS in page.text


def test_a_link_from_the_sign_in_page_says_nothing_of_slack(counter, anna):
    ask(counter.desk)
    _, page = opens_the_link(counter)
    assert "Slack" not in page.text


def test_password_managers_learn_whose_password_it_is(counter, anna):
    ask(counter.desk)
    _, page = opens_the_link(counter)
    assert f'value="{NAME}" autocomplete="username"' in page.text
