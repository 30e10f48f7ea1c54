"""The whole worker, with its threads, over the sandbox's Slack."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import web_client
from bot.office import Office
from domain.branches import set_admin_channel
from domain.database import Database
from domain.logins.model import LoginState
from domain.secret import Secret
from sandbox.slack import Workspace
from sleutelbos.worker import Worker
from tests.domain.office import furnish

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest.fixture
def slack():
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False, patience=60)
    with workspace.serve() as served:
        yield served
        served.assert_all_read()


@pytest.fixture
def worker(slack, sqlite_url, clock, keyring):
    """A worker that is not started yet, and the office it works for."""
    database = Database(sqlite_url)
    office = Office(
        database=database,
        clock=clock,
        keyring=keyring,
        company="De Gouden Lepel",
        language="nl",
    )
    client = web_client(Secret(slack.bot_token), slack.api_url)
    worker = Worker(office, client, "https://inloggen.voorbeeld.nl")
    yield worker
    worker.stop()
    database.close()


@pytest.fixture
def company(sqlite_url, now):
    database = Database(sqlite_url)
    yield furnish(database, now)
    database.close()


def test_the_admin_channel_hears_in_the_morning_whose_logins_were_closed(
    worker, company, slack, now
):
    hanna = slack.add_person("hanna", "Hanna de Vries")
    channel = slack.add_channel("beheer-utrecht", ["hanna"], private=True)
    with company.database.transaction() as session:
        set_admin_channel(
            session, company.utrecht, channel.id, actor=company.hanna, now=now
        )
    yesterday = now.date() - timedelta(days=1)
    leavers = [company.add_login(card={"end_on": yesterday}) for _ in range(2)]
    worker.start()
    hanna.sees(
        "2 werknemerslogins van Utrecht zijn gesloten: het dienstverband is afgelopen.",
        in_channel="beheer-utrecht",
    )
    states = {company.login(login_id).state for login_id in leavers}
    assert states == {LoginState.EMPLOYMENT_ENDED}
