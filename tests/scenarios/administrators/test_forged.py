"""Values that the form never offered, sent by a branch manager or a user."""

import pytest

from domain.audit import AuditAct
from sandbox.slack.blocks import interactive_elements
from tests.scenarios.administrators.test_who_may import (
    NOT_PERMITTED,
    fills_new,
    opens,
    opens_list,
)
from tests.scenarios.test_who_may_what import NOT_THERE, forge, forge_button


def forge_option(company, person, block_id, key, value):
    """Have the form hold what it never offered."""
    view = person.client.top_view()
    for (block, action), held in view.values.items():
        if block == block_id:
            view.values[(block, action)] = held | {key: value}


def option(value):
    return {"text": {"type": "plain_text", "text": "x"}, "value": str(value)}


def test_a_branch_manager_who_forges_a_branch_is_told_it_is_not_there(
    company, noor, role
):
    bram = company.bram
    opens_list(bram)
    fills_new(bram)
    foreign = [option(company.cards.amsterdam)]
    forge_option(company, bram, "branches", "selected_options", foreign)
    bram.submits()
    bram.sees_error("Wie", NOT_THERE)
    assert role(noor) is None
    assert company.cards.events(AuditAct.ADMINISTRATOR_CHANGED) == []


def with_types(company, person):
    """The form of a manager in the hands of a branch manager."""
    view = person.client.top_view()
    manager = option("manager")
    radio = {
        "type": "radio_buttons",
        "action_id": "administrators.type",
        "options": [manager],
    }
    block = {
        "type": "input",
        "block_id": "account_type",
        "label": {"type": "plain_text", "text": "Als wat"},
        "element": radio,
    }
    view.content["blocks"].append(block)
    view.values[("account_type", "administrators.type")] = {
        "type": "radio_buttons",
        "selected_option": manager,
    }


def test_a_branch_manager_who_forges_a_type_makes_no_manager(company, noor, role):
    bram = company.bram
    opens_list(bram)
    fills_new(bram)
    with_types(company, bram)
    bram.submits()
    bram.sees_error("Wie", NOT_PERMITTED)
    assert role(noor) is None


@pytest.mark.parametrize("target", ["hanna", "bram", "0", "x", "9" * 30, "-1"])
def test_forged_administrators_are_not_opened(company, target):
    forged = target
    if target in ("hanna", "bram"):
        forged = str(getattr(company.cards, target).administrator_id)
    bram = company.bram
    opens_list(bram)
    forge_button(bram, "administrators.open", forged)
    bram.presses("Openen")
    # Bram's own type is not below Bram's.
    bram.sees(NOT_PERMITTED if target == "bram" else NOT_THERE)


def test_a_forged_form_changes_no_manager(company, role):
    bram, hanna = company.bram, company.hanna
    opens_list(bram)
    opens(bram, "ursula")
    forge(company, bram, administrator=company.cards.hanna.administrator_id)
    bram.fills("E-mailadres voor codes", "bram@example.nl")
    bram.submits()
    bram.sees_error("Vestigingen", NOT_THERE)
    bram.presses("Geen beheerder meer", confirming=True)
    bram.sees(NOT_THERE)
    assert role(hanna) == ("manager", set())


def test_a_users_forged_press_opens_no_list(company):
    ursula = company.ursula
    ursula.types("/personeel")
    ursula.sees("Importeren")
    view = ursula.client.top_view()
    for _, element in interactive_elements(view.blocks):
        element["action_id"] = "administrators.open_list"
    ursula.presses("Importeren")
    ursula.sees(NOT_PERMITTED)
