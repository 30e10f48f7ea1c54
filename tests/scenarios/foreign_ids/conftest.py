"""A company with a worker and mail, whose foreign branch is Amsterdam."""

from dataclasses import replace

import pytest

from bot.app import web_client
from domain.administrators import Administrator
from domain.branches import Branch
from domain.letters import composing
from domain.letters.mail_server import MailServer, Sender
from domain.letters.wording.words import Letterhead
from domain.secret import Secret
from sandbox.mailbox import Mailbox
from sleutelbos.mail import Mail
from tests.scenarios.foreign_ids.touring import CHANNEL
from tests.scenarios.handing_out.conftest import (
    SIGN_IN_PAGE,
    WorkerProcess,
    counter,
    worker,
)

__all__ = ["WorkerProcess", "counter", "worker"]


@pytest.fixture
def rate_limits():
    """Hundreds of payloads come in seconds here."""
    return False


@pytest.fixture
def mailbox():
    """Everybody's mailbox."""
    with Mailbox().serve() as served:
        yield served


@pytest.fixture
def office(office, worker):
    """The office, with mail and a worker that is woken."""
    return replace(
        office, mails=True, portal_url=SIGN_IN_PAGE, wake_worker=worker.wakes
    )


@pytest.fixture
def company(company, worker, mailbox):
    """Hanna has an address of her own, and Amsterdam an admin channel."""
    office, slack = company.office, company.slack
    # What is sent once more is sent from another view than it came from.
    slack.tolerates("not_found", "views.update")
    slack.tolerates("cant_delete_file", "files.delete")
    worker.office = office
    worker.client = web_client(Secret(slack.bot_token), slack.api_url)
    head = Letterhead(office.company, SIGN_IN_PAGE)
    sender = Sender.from_text("HR <hr@example.nl>")
    letters = composing.Office(sender, head, office.language)
    worker.mail = Mail(MailServer.from_url(mailbox.smtp_url), letters)
    channel = slack.add_channel(CHANNEL, ["hanna"], private=True)
    with office.database.transaction() as session:
        hanna = session.get_one(Administrator, company.cards.hanna.administrator_id)
        hanna.email = "hanna.de.vries@example.nl"
        amsterdam = session.get_one(Branch, company.cards.amsterdam)
        amsterdam.admin_channel_id = channel.id
    return company
