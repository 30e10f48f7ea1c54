"""Names go to a private channel of one's own company, else to the managers."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.actor import AccountType
from domain.outbox import OutboxMessage
from tests.bot.in_slack import eventually
from tests.scenarios.lockouts.people import (
    ACTIVATE,
    CHANNEL,
    LEAVE,
    LOCKED,
    alerts,
    is_locked_out,
    posts,
)

pytestmark = pytest.mark.usefixtures("worker")

PROBLEMS = {
    "public": (
        lambda slack: slack.change_channel(CHANNEL, is_private=False),
        "#beheer-utrecht openbaar is: iedereen in het bedrijf kan daar meelezen.",
    ),
    "shared": (
        lambda slack: slack.change_channel(CHANNEL, is_ext_shared=True),
        "#beheer-utrecht wordt gedeeld met mensen buiten het bedrijf.",
    ),
    "archived": (
        lambda slack: slack.change_channel(CHANNEL, is_archived=True),
        "#beheer-utrecht is gearchiveerd.",
    ),
    "without the bot": (
        lambda slack: slack.leave(CHANNEL),
        "niet bestaat, of Sleutelbos er niet in zit.",
    ),
}


@pytest.fixture
def directors(company):
    """A second manager beside Hanna."""
    company.appoint(company.mo, AccountType.MANAGER)
    return [company.hanna, company.mo]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_channel_where_others_read_along_gets_nothing(
    company, channel, desk, piet, directors, problem
):
    spoil, why = PROBLEMS[problem]
    company.slack.tolerates("channel_not_found", method="conversations.info")
    spoil(company.slack)
    is_locked_out(desk)
    for manager in directors:
        manager.opens_messages()
        told = manager.sees(LOCKED).text
        assert why in told
    assert {post.arguments["channel"] for post in posts(company)} == {
        manager.id for manager in directors
    }


def test_an_error_while_asking_for_the_channel_is_no_permission(
    company, channel, desk, piet
):
    company.slack.tolerates("missing_scope", method="conversations.info")
    company.slack.next_call("conversations.info").answers("missing_scope")
    is_locked_out(desk)
    company.hanna.opens_messages()
    company.hanna.sees(LOCKED)
    assert [post.arguments["channel"] for post in posts(company)] == [company.hanna.id]


def test_without_any_channel_the_managers_are_told_directly(company, desk, piet):
    is_locked_out(desk)
    company.hanna.opens_messages()
    company.hanna.sees(LOCKED)
    company.hanna.sees("omdat hiervoor geen beheerkanaal is ingesteld.")


def test_what_one_manager_decides_every_manager_reads(company, desk, piet, directors):
    is_locked_out(desk)
    for manager in directors:
        manager.opens_messages()
        manager.sees(LOCKED)
    directors[1].presses(ACTIVATE)
    for manager in directors:
        manager.sees("Geactiveerd door @mo")
        manager.does_not_see("Niet activeren")


def test_a_channel_that_turns_public_loses_the_names(
    company, channel, desk, piet, worker
):
    is_locked_out(desk)
    company.hanna.sees(LOCKED, in_channel=CHANNEL)
    company.slack.change_channel(CHANNEL, is_private=False)
    another = {"first_name": "Anna", "last_name": "Aalbers"}
    desk.add_employee("anna@example.nl", card=another)
    is_locked_out(desk, "anna@example.nl")
    company.hanna.opens_messages()
    company.hanna.sees("Werknemerslogin geblokkeerd: Anna Aalbers")
    assert len(alerts(company)) == 2
    company.hanna.presses(ACTIVATE)
    company.hanna.sees("Geactiveerd door @hanna")
    company.bram.types("/personeel logins utrecht", channel="algemeen")
    company.bram.presses("Openen", near="Pietersen")
    company.bram.ticks("Actief")
    company.bram.submits()
    company.bram.sees("Opgeslagen.")
    company.bram.closes()
    company.bram.sees("Hier stond een melding", in_channel=CHANNEL)
    company.bram.does_not_see("Pietersen", in_channel=CHANNEL)


def was_postponed(company):
    with company.office.database.reading() as session:
        query = select(OutboxMessage.id).where(OutboxMessage.last_error == "no_answer")
        return session.scalar(query)


def test_a_lost_answer_makes_one_message_more_and_both_are_rewritten(
    company, channel, desk, piet, clock, worker
):
    company.slack.next_call("chat.postMessage").loses_its_answer()
    is_locked_out(desk)
    company.hanna.sees(LOCKED, in_channel=CHANNEL)
    eventually(lambda: was_postponed(company))
    clock.forward(timedelta(seconds=6))
    worker.wakes()
    eventually(lambda: len(posts(company)) == 2)
    eventually(lambda: [len(alert.places) for alert in alerts(company)] == [1])
    company.bram.presses(ACTIVATE, on=company.slack.channel(CHANNEL).messages[0])
    eventually(lambda: len(company.slack.calls("chat.update")) == 2)
    read = company.hanna.reads_channel(CHANNEL)
    assert read.count("Geactiveerd door @bram") == 2
    assert LEAVE not in read


def test_a_message_that_somebody_deleted_harms_nothing(company, channel, desk, piet):
    is_locked_out(desk)
    company.hanna.sees(LOCKED, in_channel=CHANNEL)
    company.slack.tolerates("message_not_found", method="chat.update")
    company.slack.next_call("chat.update").answers("message_not_found")
    company.bram.presses(ACTIVATE, in_channel=CHANNEL)
    eventually(lambda: alerts(company)[0].places == [])
    assert len(posts(company)) == 1
