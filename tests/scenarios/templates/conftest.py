"""A company that writes templates, with a mailbox for its tests."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.app import web_client
from domain.actor import AccountType
from domain.letters import composing
from domain.letters.mail_server import MailServer, Sender
from domain.letters.wording.words import Letterhead
from domain.secret import Secret
from sandbox.mailbox import Mailbox
from sleutelbos.mail import Mail
from sleutelbos.worker import Worker
from tests.scenarios.templates.writing import HER_ADDRESS, SIGN_IN_PAGE, Templates


@pytest.fixture
def mails() -> bool:
    """Whether letters can leave."""
    return True


@pytest.fixture
def office(office, mails):
    """The office, with mail."""
    return replace(office, mails=mails, portal_url=SIGN_IN_PAGE)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """Everybody's mailbox."""
    with Mailbox().serve() as served:
        yield served


@pytest.fixture
def worker(company, mailbox) -> Iterator[None]:
    """The worker of `serve`, handing letters in at the mailbox."""
    office, slack = company.office, company.slack
    head = Letterhead(office.company, SIGN_IN_PAGE)
    sender = Sender.from_text("HR <hr@example.nl>")
    letters = composing.Office(sender, head, office.language)
    mail = Mail(MailServer.from_url(mailbox.smtp_url), letters)
    client = web_client(Secret(slack.bot_token), slack.api_url)
    started = Worker(office, client, SIGN_IN_PAGE, mail)
    started.start()
    yield
    started.stop()


@pytest.fixture
def templates(company) -> Templates:
    """The templates; Slack keeps what people gave the app, as it mostly does."""
    company.slack.tolerates("cant_delete_file", "files.delete")
    # The call may be there before the ack whose modal it replaces.
    company.slack.tolerates("not_found", "views.update")
    login = {"number": "00104", "first_name": "Jan", "last_name": "Jansen"}
    company.cards.add_login(card=login | {"email": "jan@example.nl"})
    company.appoint(company.hanna, AccountType.MANAGER, email=HER_ADDRESS)
    return Templates(company)
