"""The same company with mail: a mailbox, a sign-in page, and nothing told in Slack."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from domain.letters import composing
from domain.letters.mail_server import MailServer, Sender
from domain.letters.wording.words import Letterhead
from domain.record_cards.model import RecordCard
from sandbox.mailbox import Mailbox
from sleutelbos.mail import Mail
from tests.scenarios.handing_out.by_mail.people import LINK, PASSWORD
from tests.scenarios.handing_out.conftest import SIGN_IN_PAGE

MESSAGES = ("chat.postMessage", "chat.update", "chat.postEphemeral")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """Everybody's mailbox."""
    with Mailbox().serve() as served:
        yield served


@pytest.fixture
def mails() -> bool:
    """Whether somebody said how letters leave."""
    return True


@pytest.fixture
def office(office, mails):
    """The office, with mail."""
    return replace(office, mails=mails, portal_url=SIGN_IN_PAGE)


@pytest.fixture
def company(company, worker, mailbox):
    """The worker hands letters in at the mailbox."""
    office = company.office
    head = Letterhead(office.company, SIGN_IN_PAGE)
    letters = composing.Office(
        Sender.from_text("HR <hr@example.nl>"), head, office.language
    )
    worker.mail = Mail(MailServer.from_url(mailbox.smtp_url), letters)
    return company


@pytest.fixture(autouse=True)
def _told_nobody(company, mailbox, canaries, caplog) -> Iterator[None]:
    """No link, password, name or address is in a message; no secret anywhere else."""
    yield
    canaries.initial |= {
        found
        for letter in mailbox.letters
        for pattern in (LINK, PASSWORD)
        for found in pattern.findall(letter.text)
    }
    calls = company.slack.calls()
    told = _text([each.arguments for each in calls if each.method in MESSAGES])
    with company.office.database.reading() as session:
        cards = session.scalars(select(RecordCard)).all()
    for card in cards:
        for word in (card.full_name, card.last_name, card.email, card.number):
            assert not word or not re.search(rf"\b{re.escape(word)}\b", told)
        assert not card.email or card.email not in caplog.text


def _text(arguments: list) -> str:
    return json.dumps(arguments, ensure_ascii=False, default=str)
