"""Signing in when the login moved to another record card, and back."""

import pytest

from tests.domain.logins.moving_data import move, undo
from tests.domain.sign_in.people import NAME
from tests.domain.sign_in.recovering import (
    card_of,
    letters,
    look,
    made,
    token_by_number,
)

ANOTHER_ADDRESS = "a.bakker@example.nl"


@pytest.fixture
def anna(desk):
    return desk.add_employee(card={"number": "00417"})


@pytest.fixture
def new_card(desk):
    return desk.office.add_card(number="00900", email=ANOTHER_ADDRESS)


def test_who_is_in_stays_in_and_comes_back_by_the_same_name(desk, anna, new_card):
    session, link = desk.signs_in(), made(desk, anna)
    move(desk.office, card_of(desk, anna), new_card)
    assert desk.is_in(session)
    assert look(desk, link)
    assert desk.signs_in(NAME)


def test_another_user_name_ends_sessions_and_links(desk, anna, new_card):
    session, link = desk.signs_in(), made(desk, anna)
    move(desk.office, card_of(desk, anna), new_card, [])
    assert not desk.is_in(session)
    assert look(desk, link) is None
    assert desk.signs_in(ANOTHER_ADDRESS)


def test_undoing_ends_what_was_made_on_either_card(desk, anna, new_card):
    of_old, link_of_old = desk.signs_in(), made(desk, anna)
    move_id = move(desk.office, card_of(desk, anna), new_card)
    of_new, link_of_new = desk.signs_in(), made(desk, anna)
    undo(desk.office, move_id)
    assert not desk.is_in(of_old)
    assert not desk.is_in(of_new)
    assert look(desk, link_of_old) is None
    assert look(desk, link_of_new) is None
    assert desk.signs_in(NAME)


def test_the_number_of_the_closed_card_still_brings_a_link(desk, anna, new_card):
    move(desk.office, card_of(desk, anna), new_card)
    assert look(desk, token_by_number(desk))
    (letter,) = letters(desk)
    assert letter.to.address == NAME
