"""Ids that are not one's own, and roles that went away meanwhile."""

import json

import pytest

from domain.actor import AccountType
from domain.administrators import Administrator
from domain.audit import AuditAct
from sandbox.slack.blocks import interactive_elements
from tests.scenarios.moves.test_moving import opens_moves, opens_pair

NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."
NOBODY = "U beheert geen logins in Sleutelbos."


@pytest.fixture
def foreign(company):
    """A card of Amsterdam, with a login."""
    login_id = company.cards.add_login(
        card={
            "number": "777",
            "last_name": "Elders",
            "branch_id": company.cards.amsterdam,
        }
    )
    return company.cards.login(login_id).record_card_id


def forge(person, **ids):
    """Change what the top view remembers, as somebody with a tool of their own."""
    view = person.client.top_view()
    remembered = json.loads(view.content["private_metadata"]) | ids
    view.content["private_metadata"] = json.dumps(remembered)


def forge_button(person, action_id, value):
    for _, element in interactive_elements(person.client.top_view().blocks):
        if element["action_id"] == action_id:
            element["value"] = value


def nothing_moved(company):
    acts = (AuditAct.EMPLOYEE_DATA_MOVED, AuditAct.MOVE_UNDONE)
    return company.cards.events(*acts) == []


@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_cards_of_another_branch_are_not_offered(company, foreign, name):
    person = company.slack.person(name)
    opens_moves(person)
    assert person.offered("Zoek de oude stamkaart", "elders") == []
    person.closes()
    opens_moves(company.hanna)
    assert company.hanna.offered("Zoek de nieuwe stamkaart", "elders") == [
        "Jan Elders · 777"
    ]


@pytest.mark.parametrize("side", ["old", "new"])
@pytest.mark.parametrize("forged", ["foreign", 0, "x", "9" * 30, None])
def test_forged_cards_are_moved_by_nobody(company, anna, foreign, side, forged):
    bram = company.bram
    opens_pair(bram)
    forge(bram, **{side: foreign if forged == "foreign" else forged})
    bram.submits()
    bram.sees(NOT_THERE)
    assert nothing_moved(company)


@pytest.mark.parametrize("forged", ["foreign", "x 1", "1", "٣ 4"])
def test_forged_pairs_read_as_not_found(company, anna, foreign, forged):
    bram = company.bram
    opens_moves(bram)
    value = f"{anna.old} {foreign}" if forged == "foreign" else forged
    forge_button(bram, "moves.open_pair", value)
    bram.presses("Stamkaarten van Anna Bakker vergelijken")
    bram.sees(NOT_THERE)
    assert nothing_moved(company)


@pytest.mark.parametrize("forged", ["0", "x", "9" * 30, "move"])
def test_forged_moves_are_undone_by_nobody(company, anna, forged):
    hanna, bram = company.hanna, company.bram
    opens_pair(hanna)
    hanna.submits()
    hanna.sees("Verplaatst:")
    if forged == "move":
        company.cards.change_card(anna.new, branch_id=company.cards.amsterdam)
    opens_moves(bram)
    bram.presses("Laatste 30 dagen verplaatst")
    if forged == "move":
        bram.sees("In de laatste 30 dagen is niets verplaatst.")
    else:
        bram.sees("Anna Bakker: van 00104 naar 00900")
        forge_button(bram, "moves.open_undo", forged)
        bram.presses("Verplaatsing van Anna Bakker ongedaan maken")
        bram.sees(NOT_THERE)
    assert company.cards.events(AuditAct.MOVE_UNDONE) == []
    hanna.goes_back()
    hanna.sees("Geen twee stamkaarten")


def dismiss(company, person):
    identity = company.identity(person)
    with company.office.database.transaction() as session:
        found = session.query(Administrator).filter_by(user_id=identity.user_id).one()
        found.dismissed_at = company.office.clock()


def test_dismissed_between_comparing_and_moving_is_refused(company, anna):
    opens_pair(company.bram)
    dismiss(company, company.bram)
    company.bram.submits()
    company.bram.sees(NOBODY)
    assert nothing_moved(company)


def test_moved_to_another_branch_between_comparing_and_moving_is_refused(company, anna):
    opens_pair(company.ursula)
    company.appoint(company.ursula, AccountType.USER, company.cards.rotterdam)
    company.ursula.submits()
    company.ursula.sees(NOT_THERE)
    assert nothing_moved(company)


def test_dismissed_between_seeing_and_undoing_is_refused(company, anna):
    bram = company.bram
    opens_pair(bram)
    bram.submits()
    bram.sees("Verplaatst:")
    bram.presses("Ongedaan maken")
    bram.sees("Stamkaart 00104 gaat weer open.")
    dismiss(company, bram)
    bram.submits()
    bram.sees(NOBODY)
    assert company.cards.events(AuditAct.MOVE_UNDONE) == []


def test_who_administers_nothing_has_no_menu(company, anna):
    company.mo.types("/personeel")
    company.mo.sees(NOBODY)
    company.mo.sees_no_modal()
