"""A company with mail, whose administrators' addresses for codes are known."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.app import web_client
from domain import branch_settings
from domain.administrators import Administrator
from domain.company_rules import CompanyRules
from domain.letters import composing
from domain.letters.mail_server import MailServer, Sender
from domain.letters.wording.words import Letterhead
from domain.logins.model import LoginState
from domain.secret import Secret
from sandbox.mailbox import Mailbox
from sleutelbos.mail import Mail
from sleutelbos.worker import Worker
from tests.scenarios.step_up.people import (
    CHANNEL,
    DUTCH,
    ENGLISH,
    address_of,
    codes_to,
)

PAGE = "https://inloggen.example.nl"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox().serve() as served:
        yield served


@pytest.fixture
def office(office):
    return replace(office, mails=True, portal_url=PAGE)


@pytest.fixture
def words(language):
    return {"nl": DUTCH, "en": ENGLISH}[language]


@pytest.fixture
def company(company, mailbox):
    """With a login in Utrecht, a private admin channel, and the worker of `serve`."""
    office, slack = company.office, company.slack
    members = ["hanna", "bram", "ursula"]
    channel = slack.add_channel(CHANNEL, members, private=True)
    with office.database.transaction() as session:
        values = {"admin_channel_id": channel.id}
        branch_settings.save_settings(
            session,
            company.branch,
            values,
            actor=company.cards.hanna,
            now=office.clock(),
        )
    for person, _ in administrators_of(company):
        set_address(company, person, address_of(person))
    card = {"first_name": "Piet", "last_name": "Pietersen", "number": "00104"}
    company.cards.add_login(LoginState.ACTIVE, card=card)
    head = Letterhead(office.company, PAGE)
    letters = composing.Office(
        Sender.from_text("HR <hr@example.nl>"), head, office.language
    )
    mail = Mail(MailServer.from_url(mailbox.smtp_url), letters)
    client = web_client(Secret(slack.bot_token), slack.api_url)
    # Somebody closes a window before the screen below it is renewed.
    slack.tolerates("not_found", method="views.update")
    worker = Worker(office, client, PAGE, mail)
    worker.start()
    yield company
    worker.stop()


@pytest.fixture(autouse=True)
def _codes_are_in_letters_only(company, mailbox, capfd, caplog) -> Iterator[None]:
    """No code is in a call to Slack, a log or a subject; addresses are masked."""
    yield
    said = capfd.readouterr()
    logged = said.out + said.err + caplog.text
    calls = json.dumps(
        [call.arguments for call in company.slack.calls()],
        ensure_ascii=False,
        default=str,
    )
    told = [
        call.arguments
        for call in company.slack.calls()
        if call.method.startswith("chat.")
    ]
    messages = json.dumps(told, ensure_ascii=False, default=str)
    for person, _ in administrators_of(company):
        address = address_of(person)
        # Managers see it in the form of an administrator, and nobody anywhere else.
        assert address not in messages + logged
        for code in codes_to(mailbox, address):
            assert f'"{code}"' not in calls
            assert f" {code}" not in calls + logged
            subjects = [letter.subject for letter in mailbox.letters_to(address)]
            assert code not in " ".join(subjects)


def set_address(company, person, address):
    actor = dict(administrators_of(company))[person]
    with company.office.database.transaction() as session:
        session.execute(
            update(Administrator)
            .where(Administrator.id == actor.administrator_id)
            .values(email=address)
        )


def administrators_of(company):
    """Each person with the actor they are."""
    cards = company.cards
    return (
        (company.hanna, cards.hanna),
        (company.bram, cards.bram),
        (company.ursula, cards.ursula),
    )


@pytest.fixture
def required(company):
    """Codes are asked of everybody who administers, who heard of that long ago."""
    with company.office.database.transaction() as session:
        session.execute(update(CompanyRules).values(codes_for_all=True))
