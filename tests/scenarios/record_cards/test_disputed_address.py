"""*Dit klopt niet*: the administrators are told, and open the card."""

import pytest

from bot.app import web_client
from domain.actor import AccountType
from domain.branches import Branch
from domain.letters.queueing import KIND, LetterKind, open_letter
from domain.logins import address_notices
from domain.logins.address_change import AddressChange, change_addresses
from domain.outbox import OutboxMessage
from domain.secret import Secret
from sleutelbos.worker import Worker

CHANNEL = "beheer-utrecht"
DOUBT = "Gewijzigd e-mailadres klopt misschien niet: Sanne Kanarie"
OLD, NEW = "sanne@example.nl", "anders@example.nl"


@pytest.fixture
def worker(company):
    slack, office = company.slack, company.office
    client = web_client(Secret(slack.bot_token), slack.api_url)
    at_work = Worker(office, client, "https://inloggen.example.nl")
    at_work.start()
    yield at_work
    at_work.stop()


@pytest.fixture
def channel(company):
    members = ["hanna", "bram"]
    made = company.slack.add_channel(CHANNEL, members, private=True)
    with company.office.database.transaction() as session:
        session.get_one(Branch, company.branch).admin_channel_id = made.id
    return made


@pytest.fixture
def token(company):
    """What the link of the letter to the old address ends with."""
    names = {"first_name": "Sanne", "last_name": "Kanarie"}
    login_id = company.cards.add_login(card=names | {"number": "00104", "email": OLD})
    card_id = company.cards.login(login_id).record_card_id
    office = company.office
    with office.database.transaction() as session:
        change = AddressChange(card_id, NEW, NEW)
        change_addresses(
            session,
            [change],
            keyring=office.keyring,
            actor=company.cards.hanna,
            now=office.clock(),
        )
    with office.database.reading() as session:
        letters = [
            open_letter(each, keyring=office.keyring)
            for each in session.query(OutboxMessage).filter_by(kind=KIND)
            if each.payload["letter"] == LetterKind.ADDRESS_REPLACED.value
        ]
    [letter] = letters
    return letter.values["token"].reveal()


def disputes(company, token):
    with company.office.database.transaction() as session:
        return address_notices.dispute(session, token, now=company.office.clock())


def test_the_admin_channel_is_told_and_opens_the_card(company, channel, token, worker):
    assert disputes(company, token)
    worker.wake()
    bram = company.bram
    told = bram.sees(DOUBT, in_channel=CHANNEL).text
    assert "00104" in told
    assert "Utrecht" in told
    assert OLD not in told
    assert NEW not in told
    bram.presses("Stamkaart openen")
    bram.sees("Sanne Kanarie")
    bram.sees("Werknemerslogin: ")
    assert disputes(company, token)
    assert len(company.slack.calls("chat.postMessage")) == 1


def test_where_others_read_along_the_managers_are_told_instead(
    company, channel, token, worker
):
    company.slack.change_channel(CHANNEL, is_private=False)
    assert disputes(company, token)
    worker.wake()
    company.hanna.opens_messages()
    company.hanna.sees(DOUBT)
    assert DOUBT not in company.hanna.reads_channel(CHANNEL)


def test_who_does_not_reach_the_branch_does_not_open_the_card(
    company, channel, token, worker
):
    company.slack.join(CHANNEL, "mo")
    assert disputes(company, token)
    worker.wake()
    company.mo.sees(DOUBT, in_channel=CHANNEL)
    company.mo.presses("Stamkaart openen")
    company.mo.sees("U beheert geen logins in Sleutelbos.")


def test_an_administrator_of_another_branch_does_not_open_the_card(
    company, channel, token, worker
):
    bram = company.bram
    company.appoint(bram, AccountType.BRANCH_MANAGER, company.cards.rotterdam)
    assert disputes(company, token)
    worker.wake()
    bram.sees(DOUBT, in_channel=CHANNEL)
    bram.presses("Stamkaart openen")
    bram.sees("Dit bestaat niet, of niet in een van uw vestigingen.")
