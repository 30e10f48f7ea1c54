"""A company with mail, an admin channel in Utrecht, and a second manager."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.app import web_client
from domain import branch_settings
from domain.actor import AccountType
from domain.secret import Secret
from tests.scenarios.handing_out.conftest import SIGN_IN_PAGE
from tests.scenarios.permissions.journeys import CHANNEL, Scene
from tests.scenarios.permissions.work import Work


@pytest.fixture
def office(office):
    """The office, with mail."""
    return replace(office, mails=True, portal_url=SIGN_IN_PAGE)


@pytest.fixture
def scene(company, tmp_path) -> Iterator[Scene]:
    """Noor manages beside Hanna, so that Hanna may lose her role too."""
    slack = company.slack
    slack.tolerates("cant_delete_file", "files.delete")
    slack.tolerates("not_found", "views.update")
    # A refusal on the third of three screens takes its place.
    slack.tolerates("push_limit_reached", "views.push")
    noor = slack.add_person("noor", "Noor Nijland", email="noor@example.nl")
    slack.join("algemeen", "noor")
    company.appoint(noor, AccountType.MANAGER)
    members = ["hanna", "bram", "ursula"]
    channel = slack.add_channel(CHANNEL, members, private=True)
    with company.office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            company.branch,
            {"admin_channel_id": channel.id},
            actor=company.cards.hanna,
            now=company.office.clock(),
        )
    client = web_client(Secret(slack.bot_token), slack.api_url)
    work = Work(company.office, client)
    yield Scene(company, work, tmp_path)
    work.ends()
