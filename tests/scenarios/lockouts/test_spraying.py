"""Somebody guesses at many names: the managers are told, in counts."""

from dataclasses import replace

import pytest

from domain.sign_in import spraying
from domain.sign_in.spraying_rule import Attempts
from tests.scenarios.lockouts.people import CHANNEL, posts

TOLD = "Iemand raadt naar de wachtwoorden van veel medewerkers"


@pytest.fixture
def admin_channel(company):
    """The company's own, as SLEUTELBOS_ADMIN_CHANNEL names it: before the worker."""
    channel = company.slack.add_channel(CHANNEL, ["hanna"], private=True)
    company.office = replace(company.office, default_admin_channel=channel.id)
    return channel


def is_sprayed(company, clock):
    with company.office.database.transaction() as session:
        spraying.raise_alarm(session, Attempts(2000, 2100, 3, 50), now=clock())


def test_the_alarm_is_told_in_the_admin_channel(company, admin_channel, worker, clock):
    is_sprayed(company, clock)
    told = company.hanna.sees(TOLD, in_channel=CHANNEL).text
    assert "In tien minuten 2.100 pogingen met 2.000 verschillende" in told
    assert "vanaf 50 netwerkadressen" in told
    is_sprayed(company, clock)
    assert len(posts(company)) == 1


def test_a_public_channel_is_not_told(company, admin_channel, worker, clock):
    company.slack.change_channel(CHANNEL, is_private=False)
    is_sprayed(company, clock)
    company.hanna.opens_messages()
    company.hanna.sees(TOLD)
    assert [post.arguments["channel"] for post in posts(company)] == [company.hanna.id]


def test_without_a_channel_the_managers_are_told(company, worker, clock):
    is_sprayed(company, clock)
    company.hanna.opens_messages()
    company.hanna.sees(TOLD)
