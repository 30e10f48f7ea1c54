import pytest

from domain.letters.kinds import LetterKind
from domain.logins.model import LoginState
from domain.sign_in import slack_links
from tests.domain.sign_in.people import NAME
from tests.domain.sign_in.recovering import (
    MALLORY,
    ask,
    ask_by_number,
    ask_linked,
    card_of,
    letters,
    linked_to,
    token_by_number,
    use,
    work,
)


def test_a_linked_person_gets_the_letter_at_the_address_of_the_card(desk):
    login_id = desk.add_employee(card={"number": "00417"})
    use(desk, token_by_number(desk))
    ask_linked(desk, card_of(desk, login_id))
    work(desk)
    assert letters(desk)[-1].kind is LetterKind.RECOVERY_LINK
    assert letters(desk)[-1].to.address == NAME


@pytest.mark.parametrize("state", [LoginState.ACTIVE, LoginState.LOCKED])
def test_the_letter_knows_whether_it_was_asked_for_in_slack(desk, state):
    desk.add_employee(card={"number": "00417"}, state=state)
    ask(desk)
    ask_by_number(desk, "00417")
    work(desk)
    on_the_page, in_slack = letters(desk)
    assert on_the_page.kind is in_slack.kind
    assert "asked_in" not in on_the_page.values
    assert in_slack.values["asked_in"].reveal() == "slack"


def test_who_is_not_linked_to_a_card_gets_nothing_for_its_id(desk):
    login_id = desk.add_employee()
    ask_linked(desk, card_of(desk, login_id), MALLORY)
    assert work(desk) == 1
    assert letters(desk) == []


def test_a_linked_person_gets_nothing_for_another_card(desk):
    desk.add_employee(card={"number": "00417"})
    use(desk, token_by_number(desk))
    count = len(letters(desk))
    other = desk.add_employee("ander@example.nl")
    ask_linked(desk, card_of(desk, other))
    work(desk)
    assert len(letters(desk)) == count


def test_who_was_unlinked_meanwhile_gets_nothing(desk):
    login_id = desk.add_employee(card={"number": "00417"})
    use(desk, token_by_number(desk))
    count = len(letters(desk))
    ask_linked(desk, card_of(desk, login_id))
    with desk.tools.transaction() as session:
        slack_links.unlink(
            session,
            card_of(desk, login_id),
            actor=desk.office.hanna,
            now=desk.clock(),
        )
    assert work(desk) == 1
    assert len(letters(desk)) == count


def test_an_address_set_in_slack_matches_nobody(desk):
    """What Slack says of a person's address is never even asked (S5)."""
    desk.add_employee(card={"number": "00417"})
    ask_by_number(desk, NAME, MALLORY)
    work(desk)
    assert letters(desk) == []
    assert linked_to(desk, MALLORY) is None


def test_a_number_is_found_in_every_writing(desk):
    desk.add_employee(card={"number": "A-0417"})
    for number in ("a-0417", " A-0417 ", "\u200ba-0417"):
        ask_by_number(desk, number)
    work(desk)
    assert len(letters(desk)) == 3


def test_a_card_without_login_gets_nothing(desk):
    desk.office.add_card(number="00417")
    ask_by_number(desk, "00417")
    assert work(desk) == 1
    assert letters(desk) == []
