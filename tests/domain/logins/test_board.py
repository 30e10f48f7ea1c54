"""How far each branch is, and the one thing to do next."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from domain.actor import EMPLOYEE
from domain.errors import NotPermittedError
from domain.logins import board
from domain.logins.board import NextStep
from domain.logins.model import LoginState

ACTIVE, NEW, LOCKED = LoginState.ACTIVE, LoginState.NEW, LoginState.LOCKED


def read(office, actor=None):
    with office.database.reading() as session:
        found = board.read(session, actor=actor or office.hanna, now=office.now)
    return {branch.name: branch for branch in found}


def utrecht(office):
    return read(office)["Utrecht"]


def test_a_branch_without_record_cards_needs_its_list(office):
    state = utrecht(office)
    assert state.next_step is NextStep.IMPORT
    assert (state.cards, state.active, state.without_login) == (0, 0, 0)


def test_people_are_counted_by_how_far_they_are(office):
    office.add_card(email=None)
    office.add_card()
    office.add_login(NEW)
    office.add_login(LoginState.SWITCHED_OFF)
    office.add_login(ACTIVE)
    office.add_login(ACTIVE, sign_in_count=3)
    office.add_login(LOCKED, sign_in_count=1)
    state = utrecht(office)
    assert state.cards == 7
    assert (state.without_email, state.without_login) == (1, 2)
    assert (state.inactive, state.active, state.locked) == (2, 2, 1)
    assert state.never_signed_in == 1


def test_who_left_needs_nothing_any_more(office):
    gone = {"end_on": office.now.date() - timedelta(days=1)}
    office.add_card(email=None, **gone)
    office.add_card(**gone)
    for state in (ACTIVE, NEW, LOCKED):
        office.add_login(state, card=gone)
    state = utrecht(office)
    assert state.next_step is NextStep.READY
    assert (state.cards, state.without_email, state.without_login) == (0, 0, 0)
    assert state.inactive == 3


STEPS = {
    NextStep.IMPORT: lambda office: None,
    NextStep.CREATE: lambda office: office.add_card(),
    NextStep.ACTIVATE: lambda office: office.add_login(NEW),
    NextStep.SHOW_LOCKED: lambda office: office.add_login(LOCKED),
    NextStep.HAND_OUT: lambda office: office.add_login(ACTIVE),
    NextStep.ADD_ADDRESSES: lambda office: office.add_card(email=None),
    NextStep.READY: lambda office: office.add_login(ACTIVE, sign_in_count=1),
}


@pytest.mark.parametrize("step", list(STEPS)[1:])
def test_each_step_comes_before_those_after_it(office, step):
    assert list(STEPS) == list(NextStep)
    for there in list(STEPS)[list(STEPS).index(step) :]:
        STEPS[there](office)
    assert utrecht(office).next_step is step


def test_who_was_handed_something_hides_no_missing_address(office):
    office.add_login(ACTIVE, password_set_at=office.now)
    assert utrecht(office).next_step is NextStep.HAND_OUT
    office.add_card(email=None)
    assert utrecht(office).next_step is NextStep.ADD_ADDRESSES
    office.add_login(ACTIVE)
    assert utrecht(office).next_step is NextStep.HAND_OUT


def test_two_who_share_an_address_are_no_reason_to_create(office):
    for _ in range(2):
        office.add_card(email="gedeeld@example.nl")
    state = utrecht(office)
    assert state.without_login == 2
    assert state.next_step is NextStep.READY


def test_an_address_that_a_login_uses_is_no_reason_to_create(office):
    office.add_login(ACTIVE, card={"email": "piet@example.nl"}, sign_in_count=1)
    office.add_card(email="piet@example.nl")
    assert utrecht(office).next_step is NextStep.READY


def test_a_login_that_was_switched_off_is_no_reason_to_activate(office):
    office.add_login(LoginState.SWITCHED_OFF)
    assert utrecht(office).next_step is NextStep.READY


def test_branches_that_need_something_come_first_and_then_by_name(office):
    office.add_card(branch_id=office.rotterdam)
    office.add_login(ACTIVE, card={"branch_id": office.amsterdam}, sign_in_count=1)
    assert list(read(office)) == ["Rotterdam", "Utrecht", "Amsterdam"]


def test_one_sees_the_branches_that_one_administers(office):
    office.add_card(branch_id=office.amsterdam)
    assert list(read(office, office.bram)) == ["Utrecht"]
    assert list(read(office, office.ursula)) == ["Utrecht"]


def test_employees_see_no_board(office):
    with pytest.raises(NotPermittedError):
        read(office, EMPLOYEE)


def test_the_board_is_read_in_one_statement(office):
    statements = []
    event.listen(
        office.database.engine,
        "before_cursor_execute",
        lambda *call: statements.append(call[2]),
    )
    read(office)
    assert len([text for text in statements if "branch" in text]) == 1
