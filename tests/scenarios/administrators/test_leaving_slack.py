"""Administrators who leave Slack, or become guests in it."""

import pytest

from bot.app import web_client
from bot.delivery.members import list_members
from domain.actor import SCHEDULE
from domain.appointments.slack_standing import compare
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.secret import Secret
from tests.bot.in_slack import eventually
from tests.scenarios.administrators.conftest import UTRECHT_CHANNEL


@pytest.fixture
def lists(company):
    """Ask Slack for everybody, as the nightly comparison does."""
    client = web_client(Secret(company.slack.bot_token), company.slack.api_url)

    def listed(wait=lambda _: None, go_on=lambda: None):
        return list_members(client, company.office.clock, wait, go_on)

    return listed


def compares(company, members):
    with company.office.database.transaction() as session:
        return compare(session, members, actor=SCHEDULE, now=company.office.clock())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"deleted": True}, "het account in Slack is gedeactiveerd"),
        ({"is_restricted": True}, "het account in Slack is van een gast"),
        ({"is_ultra_restricted": True}, "het account in Slack is van een gast"),
    ],
)
@pytest.mark.usefixtures("channels", "worker")
def test_it_costs_the_role_at_once(company, role, hears, change, why):
    assert role(company.bram) is not None
    company.slack.change_person("bram", **change)
    eventually(lambda: role(company.bram) is None)
    said = hears(lambda: company.hanna.reads_channel(UTRECHT_CHANNEL), why)
    assert "@bram is geen beheerder meer." in said
    if "deleted" not in change:
        hears(company.bram.reads_dm, why)


def test_an_old_event_costs_nobody_the_role(company, role):
    """Slack tells late that somebody was deactivated who is back by now."""
    slack = company.slack
    asked = len(slack.calls("users.info"))
    slack.next_payloads(2).arrive_reversed()
    slack.change_person("bram", deleted=True)
    slack.change_person("bram", deleted=False)
    eventually(lambda: len(slack.calls("users.info")) > asked)
    slack.wait_for_acks()
    company.bram.types("/personeel logins utrecht")
    company.bram.sees("Stamkaarten")
    assert role(company.bram) == ("branch_manager", {company.branch})


def test_an_event_that_changes_nothing_asks_nobody(company, role):
    asked = len(company.slack.calls("users.info"))
    company.slack.change_person("bram", real_name="Bram B. Bakker")
    company.hanna.types("/beheer")
    company.hanna.sees("Gebruikersbeheer")
    assert role(company.bram) is not None
    assert len(company.slack.calls("users.info")) <= asked + 1


def test_everybody_is_listed_in_pages(company, lists):
    members = lists()
    slack = company.slack
    assert set(members.profiles) == set(slack.users)
    assert members.team_id == slack.team_id
    assert slack.calls("users.list")[-1].arguments["limit"] in (999, "999")


def test_the_whole_company_takes_a_few_calls(company, lists):
    for number in range(2_100):
        company.slack.add_person(f"p{number}")
    members = lists()
    assert len(members.profiles) == len(company.slack.users)
    assert len(company.slack.calls("users.list")) == 3


def test_whoever_left_loses_the_role_at_the_comparison(company, lists, role):
    # Not told by an event.
    company.slack.user("bram").deleted = True
    compared = compares(company, lists())
    assert compared.dismissed == [company.cards.bram.administrator_id]
    assert role(company.bram) is None


def test_slack_is_given_the_time_it_asks_for(company, lists):
    waited = []
    company.slack.next_call("users.list").is_rate_limited(7)
    members = lists(wait=waited.append)
    assert waited == [7.0]
    assert len(members.profiles) == len(company.slack.users)


def test_a_long_wait_is_left_to_the_next_try(company, lists):
    company.slack.next_call("users.list").is_rate_limited(600)
    with pytest.raises(DeliveryPostponedError):
        lists()


def test_half_a_list_is_none(company, lists):
    for number in range(1_000):
        company.slack.add_person(f"p{number}")
    pages = []

    def go_on():
        pages.append(True)
        if len(pages) == 2:
            company.slack.next_call("users.list").answers("invalid_cursor")

    with pytest.raises(DeliveryRefusedError):
        lists(go_on=go_on)
