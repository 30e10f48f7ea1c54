"""A company in which people are appointed, with its channels and its worker."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.app import web_client
from domain import branch_settings
from domain.administrators import Administrator
from domain.secret import Secret
from sleutelbos.worker import Worker
from tests.bot.in_slack import eventually

SIGN_IN_PAGE = "https://inloggen.example.nl"
COMPANY_CHANNEL = "beheer"
UTRECHT_CHANNEL = "beheer-utrecht"


@pytest.fixture
def office(office, slack):
    """The office, with an admin channel of the whole company."""
    slack.add_channel(COMPANY_CHANNEL, [], private=True)
    made = slack.channel(COMPANY_CHANNEL).id
    return replace(office, default_admin_channel=made)


@pytest.fixture
def noor(company):
    """A colleague who administers nothing yet."""
    noor = company.slack.add_person("noor", "Noor Nijland", email="n@example.nl")
    company.slack.join("algemeen", "noor")
    return noor


@pytest.fixture
def channels(company):
    """Utrecht has a channel of its own; Amsterdam's is the company's."""
    slack = company.slack
    slack.join(COMPANY_CHANNEL, "hanna")
    made = slack.add_channel(UTRECHT_CHANNEL, ["hanna", "bram"], private=True)
    with company.office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            company.branch,
            {"admin_channel_id": made.id},
            actor=company.cards.hanna,
            now=company.office.clock(),
        )


@pytest.fixture
def worker(company) -> Iterator[Worker]:
    """The worker of `serve`, without a mail server."""
    slack, office = company.slack, company.office
    client = web_client(Secret(slack.bot_token), slack.api_url)
    started = Worker(office, client, SIGN_IN_PAGE)
    started.start()
    yield started
    started.stop()


@pytest.fixture
def role(company):
    """Type and branches of somebody, as they stand in the database."""

    def read(person):
        with company.office.database.reading() as session:
            found = session.scalars(
                select(Administrator).filter_by(user_id=person.id)
            ).one_or_none()
            if found is None or found.dismissed_at is not None:
                return None
            ids = {link.branch_id for link in found.branches}
            return found.account_type.value, ids

    return read


@pytest.fixture
def hears(company):
    """Wait until a channel or a person's direct message says something."""

    def wait(read, words):
        eventually(lambda: words in read())
        return read()

    return wait
