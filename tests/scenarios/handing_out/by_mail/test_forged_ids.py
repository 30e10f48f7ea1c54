"""Ids in the dry run of a mailing are wishes: what is out of reach is not there."""

import pytest

from domain.runs.model import Reminder, Run
from tests.scenarios.handing_out.by_mail.people import (
    DUTCH,
    add_template,
    opens_dry_run,
)
from tests.scenarios.handing_out.test_forged_ids import FORGED, forge, forge_button

NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."


@pytest.fixture
def bram(company, admin_channel):
    """Bram at the dry run of Utrecht; Amsterdam is not his."""
    company.cards.add_login()
    company.cards.add_login(sign_in_count=1, card={"last_name": "Werkt"})
    company.cards.add_login(
        card={"branch_id": company.cards.amsterdam, "last_name": "Geheim"}
    )
    opens_dry_run(company.bram, only_new=True)
    company.bram.sees(DUTCH.one)
    return company.bram


def runs(company):
    with company.office.database.reading() as session:
        return session.query(Run).all()


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_branch_mails_nobody(forged, bram, company):
    branch_id = company.cards.amsterdam if forged == "foreign" else forged
    forge(bram, branch=branch_id)
    bram.submits()
    bram.sees(NOT_THERE)
    assert runs(company) == []


@pytest.mark.parametrize("button", ["Toon lijst", "Voorbeeld"])
@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_branch_shows_nobody(forged, button, bram, company):
    branch_id = company.cards.amsterdam if forged == "foreign" else forged
    forge(bram, branch=branch_id)
    bram.presses(button)
    bram.sees(NOT_THERE)


@pytest.mark.parametrize("forged", ["foreign", 0, 999, None])
def test_a_forged_template_is_shown_anew_as_the_default(forged, bram, company):
    others = company.cards.amsterdam
    template_id = add_template(company, body="{{ wachtwoord }}", branch_id=others)
    template = bram.client.top_view()
    forge(bram, template=template_id if forged == "foreign" else forged)
    forget_choices(template)
    bram.submits()
    bram.sees("De emailtemplate is intussen veranderd.")
    bram.sees(DUTCH.link)
    assert runs(company) == []


def forget_choices(view):
    """Without what is chosen in the fields the remembered ids count."""
    view.values.pop("template", None)
    for block in view.content["blocks"]:
        if block.get("block_id") == "template":
            block["elements"][0].pop("initial_option", None)


@pytest.mark.parametrize(
    "forged",
    [
        {"remind": "5"},
        {"remind": "x"},
        {"also": "active locked nothing"},
        {"scope": "everybody"},
        {"count": "x"},
        {"version": "x"},
        {"template": "x"},
    ],
    ids=str,
)
def test_what_no_screen_ever_said_mails_nobody(forged, bram, company):
    forge(bram, **forged)
    bram.submits()
    bram.sees(NOT_THERE)
    assert runs(company) == []


@pytest.mark.parametrize("forged", [{"version": 999}, {"count": 2}], ids=str)
def test_a_forged_agreement_is_asked_for_once_more(forged, bram, company):
    forge(bram, **forged)
    bram.submits()
    bram.sees("intussen veranderd")
    assert runs(company) == []
    with company.office.database.reading() as session:
        assert session.query(Reminder).all() == []


def test_a_forged_reason_shows_nobody(bram):
    for reason in ("active", "", "<!channel>"):
        forge_button(bram.client.top_view(), "resets.show_left_out", reason)
        bram.presses("Toon lijst")
        bram.sees(NOT_THERE)
        bram.goes_back()
