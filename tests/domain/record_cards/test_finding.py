"""Finding a card by whatever somebody knows of it."""

import pytest

from domain.actor import SCHEDULE
from domain.errors import NotPermittedError
from domain.record_cards import finding
from tests.domain.office import day


@pytest.fixture
def find(office, now):
    """The numbers of what is found; by default by somebody of Utrecht."""

    def act(part, *, actor=None, limit=10):
        with office.database.reading() as session:
            found = finding.find(
                session, part, limit=limit, actor=actor or office.ursula, now=now
            )
        return [card.number for card in found]

    return act


@pytest.fixture
def staff(office):
    """Zoë Öztürk of Utrecht, and of Amsterdam somebody of the same name."""
    zoe = {"first_name": "Zoë", "last_name": "Öztürk"}
    office.add_card(**zoe, number="A-7", email="zoe.o@example.nl")
    office.add_card(**zoe, number="A-8", branch_id=office.amsterdam)
    return office


@pytest.mark.parametrize(
    "part",
    [
        "özt",
        "ÖZTÜRK",
        "a-7",
        "zoe.o@",
        "ZOE.O@EXAMPLE",
        "utr",
        "utr özt",
        "özt a-7 zoe.o utrecht",
        " \u200bözt\u00a0",
    ],
)
def test_every_word_may_be_of_another_place(staff, find, part):
    assert find(part) == ["A-7"]


@pytest.mark.parametrize("part", ["%", "_", "özt rotterdam", "o'; --", "ams"])
def test_what_is_not_there_is_not_found(staff, find, part):
    assert find(part) == []


def test_nobody_finds_cards_of_another_branch(staff, find):
    assert find("öztürk", actor=staff.bram) == ["A-7"]
    assert find("öztürk", actor=staff.hanna) == ["A-7", "A-8"]


def test_open_cards_come_first_and_then_by_name(office, find):
    open_card = office.add_card(number="3", last_name="Zwart")
    office.add_card(
        number="1",
        last_name="Aalbers",
        moved_to_card_id=open_card,
        closed_at=office.now,
    )
    office.add_card(number="2", last_name="Bos")
    assert find("") == ["2", "3", "1"]
    assert find("", limit=2) == ["2", "3"]


def test_a_card_says_whether_it_is_closed_and_who_has_left(office, now):
    left = office.add_card(number="1", last_name="Weg", end_on=day("2026-11-19"))
    office.add_card(number="2", last_name="Dicht", moved_to_card_id=left)
    office.add_card(number="3", last_name="Vandaag", end_on=day("2026-11-20"))
    with office.database.reading() as session:
        found = finding.find(session, "", limit=9, actor=office.bram, now=now)
    assert {card.number: (card.is_closed, card.has_left) for card in found} == {
        "1": (False, True),
        "2": (True, False),
        "3": (False, False),
    }


def test_an_erased_card_is_not_found(office, find, now):
    office.add_card(number="1", erased_at=now)
    assert find("", actor=office.hanna) == []


def test_only_administrators_find_cards(find):
    with pytest.raises(NotPermittedError):
        find("a", actor=SCHEDULE)
