"""Ids in payloads are wishes: what is out of reach reads as not there."""

import json

import pytest

from domain.branches import Branch
from domain.runs.model import Run
from sandbox.slack.blocks import interactive_elements
from tests.bot.in_slack import eventually
from tests.scenarios.handing_out.people import CHANNEL, opens_dry_run

NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."
ONE = "Eén medewerker krijgt een nieuw eerste wachtwoord."
FORGED = ["foreign", 0, -1, "x", "9" * 30, None, "1; DROP TABLE run"]


def forge(person, **ids):
    """Change what the top view remembers, as somebody with a tool of their own."""
    view = person.client.top_view()
    remembered = json.loads(view.content["private_metadata"]) | ids
    view.content["private_metadata"] = json.dumps(remembered)


def forge_button(surface, action_id, value):
    """Give a button another value."""
    for _, element in interactive_elements(surface.blocks):
        if element["action_id"] == action_id:
            element["value"] = value


def runs(company):
    with company.office.database.reading() as session:
        return session.query(Run).all()


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_branch_starts_nothing(company, admin_channel, forged):
    company.cards.add_login()
    company.cards.add_login(card={"branch_id": company.cards.amsterdam})
    branch_id = company.cards.amsterdam if forged == "foreign" else forged
    bram = company.bram
    opens_dry_run(bram)
    bram.sees(ONE)
    forge(bram, branch=branch_id)
    bram.submits()
    bram.sees(NOT_THERE)
    assert runs(company) == []


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_branch_shows_nobody(company, admin_channel, forged):
    for branch_id in (company.cards.utrecht, company.cards.amsterdam):
        card = {"branch_id": branch_id, "last_name": "Geheim"}
        company.cards.add_login(sign_in_count=1, card=card)
    branch_id = company.cards.amsterdam if forged == "foreign" else forged
    bram = company.bram
    opens_dry_run(bram)
    bram.sees("heeft al eens ingelogd")
    forge(bram, branch=branch_id)
    bram.presses("Toon lijst")
    bram.sees(NOT_THERE)


def test_a_forged_count_changes_only_what_is_asked_once_more(company, admin_channel):
    company.cards.add_login()
    opens_dry_run(company.bram)
    company.bram.sees(ONE)
    forge(company.bram, count=2)
    company.bram.submits()
    company.bram.sees("Het aantal is intussen veranderd.")
    assert runs(company) == []


def test_a_forged_reason_shows_nobody(company, admin_channel):
    company.cards.add_login(sign_in_count=1)
    bram = company.bram
    opens_dry_run(bram)
    bram.sees("heeft al eens ingelogd")
    for reason in ("active", "", "<!channel>"):
        forge_button(bram.client.top_view(), "resets.show_left_out", reason)
        bram.presses("Toon lijst")
        bram.sees(NOT_THERE)
        bram.goes_back()


@pytest.fixture
def foreign_run(company, admin_channel, worker):
    """Hanna's run over Amsterdam, and one of Utrecht whose message Bram can press."""
    slack = company.slack
    company.cards.add_login()
    company.cards.add_login(card={"branch_id": company.cards.amsterdam})
    with company.office.database.transaction() as session:
        branch = session.get_one(Branch, company.cards.amsterdam)
        branch.admin_channel_id = admin_channel.id
    slack.next_call("files.completeUploadExternal").answers("invalid_arguments")
    slack.next_call("files.completeUploadExternal").answers("invalid_arguments")
    slack.tolerates("invalid_arguments")
    worker.starts()
    for name in ("amsterdam", "utrecht"):
        company.hanna.types(f"/beheer logins {name}", channel="algemeen")
        company.hanna.presses("Exporteren")
        company.hanna.sees(ONE)
        company.hanna.submits()
        company.hanna.sees("De taak is gestart")
        company.hanna.closes()
    eventually(lambda: all(run.result_shown for run in runs(company)))
    company.hanna.reads_channel(CHANNEL)
    foreign, own = runs(company)
    messages = {message.ts: message for message in slack.messages(CHANNEL)}
    return str(foreign.id), str(own.id), messages[own.message_ts]


@pytest.mark.parametrize("forged", ["foreign", "0", "x", "9" * 30, "٣"])
def test_a_forged_run_is_neither_listed_nor_retried(company, foreign_run, forged):
    foreign, own, message = foreign_run
    run_id = foreign if forged == "foreign" else forged
    bram = company.bram
    forge_button(message, "resets.show_reason", f"{run_id} not_posted")
    bram.presses("Toon lijst", on=message)
    bram.sees(NOT_THERE)
    bram.closes()
    forge_button(message, "resets.retry_failed", run_id)
    bram.presses("Probeer de mislukte opnieuw", on=message)
    bram.sees(NOT_THERE)
    bram.closes()
    forge_button(message, "resets.retry_failed", own)
    bram.presses("Probeer de mislukte opnieuw", on=message)
    bram.sees(ONE)
    forge(bram, run=run_id)
    bram.submits()
    bram.sees(NOT_THERE)
    assert len(runs(company)) == 2
