"""Rows of cards whose data moved to another card."""

import pytest

from domain.importing.headings import Column
from domain.importing.report import Problem
from domain.record_cards.fields import Reason
from tests.domain.importing import workbooks
from tests.domain.importing.workbooks import BRANCH, LAST_NAME, NUMBER
from tests.domain.logins.moving_data import move, undo


@pytest.fixture
def moved(office):
    """Card 7 of Utrecht, whose data moved to card 8: (ids, move)."""
    old, new = office.add_card(number="7"), office.add_card(number="8")
    return old, new, move(office, old, new)


def row(number, branch="Utrecht"):
    return {NUMBER: number, LAST_NAME: "Wit", BRANCH: branch}


def imported(desk, *rows, actor):
    report = desk.imports(workbooks.staff_list(*rows), actor=actor)
    return {line.number: line.problems for line in report.refused}


def test_a_row_of_a_closed_card_is_refused_with_the_number_that_took_over(
    desk, office, moved
):
    refused = imported(desk, row("7"), row("8"), actor=office.ursula)
    assert refused == {"7": (Problem(Column.NUMBER, "8", Reason.CARD_CLOSED),)}
    assert office.card(moved[0]).last_name != "Wit"
    assert office.card(moved[1]).last_name == "Wit"


def test_a_number_of_another_branch_is_not_named(desk, office, moved):
    office.change_card(moved[1], branch_id=office.amsterdam)
    refused = imported(desk, row("7"), actor=office.bram)
    assert refused == {"7": (Problem(Column.NUMBER, "7", Reason.CARD_OUT_OF_REACH),)}
    refused = imported(desk, row("7"), actor=office.hanna)
    assert refused == {"7": (Problem(Column.NUMBER, "8", Reason.CARD_CLOSED),)}


def test_after_undoing_the_row_is_good_again(desk, office, moved):
    undo(office, moved[2])
    assert imported(desk, row("7"), actor=office.ursula) == {}
    assert office.card(moved[0]).last_name == "Wit"
