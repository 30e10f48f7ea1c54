"""The whole worker, with its threads, over the sandbox's Slack."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import web_client
from bot.office import Office
from domain import branch_settings
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.database import Database
from domain.letters.queueing import LetterKind, Recipient, queue_letter
from domain.letters.refusals import LetterRefusedError
from domain.letters.settling import claim_letter, settle
from domain.logins.model import LoginState
from domain.record_cards.model import RecordCard
from domain.secret import Secret
from domain.slack_users import SlackIdentity
from sandbox.slack import Workspace
from sleutelbos.worker import Worker
from tests.bot.in_slack import eventually
from tests.domain.office import forget_notices, furnish

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
        branch_settings.save_settings(
            session,
            company.utrecht,
            {"admin_channel_id": channel.id},
            actor=company.hanna,
            now=now,
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


def test_managers_hear_whom_letters_did_not_reach(
    worker, company, slack, keyring, clock
):
    hanna = slack.add_person("hanna", "Hanna de Vries")
    identity = SlackIdentity(slack.team_id, hanna.id)
    card_id = company.login(company.add_login()).record_card_id
    with company.database.transaction() as session:
        appointing.appoint(
            session, identity, AccountType.MANAGER, actor=OPERATOR, now=clock()
        )
        forget_notices(session)
        card = session.get_one(RecordCard, card_id)
        told = f"{card.full_name} ({card.number}, Utrecht): de mailserver kent"
        to = Recipient("gone@example.nl", "Sanne", None, card_id)
        queue_letter(session, LetterKind.LOCKED_OUT, to, keyring=keyring, now=clock())
        refused = LetterRefusedError("recipient_refused_550")
        settle(session, claim_letter(session, now=clock()), refused, now=clock())
    # The manager of the cast is nobody in this workspace.
    slack.tolerates("channel_not_found")
    worker.start()
    eventually(lambda: slack.direct_message(hanna.id).messages)
    seen = hanna.reads_dm()
    assert told in seen
    assert "gone@example.nl" not in seen
