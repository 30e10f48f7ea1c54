"""An employee in a browser, with a mailbox."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bot.office import Office as BotOffice
from domain.database import Database
from domain.letters.composing import Office as LettersOffice
from domain.letters.mail_server import MailServer, Sender
from domain.letters.wording.words import Letterhead
from sandbox.mailbox import Mailbox
from sleutelbos.mail import Mail
from tests.domain.office import furnish
from tests.domain.sign_in.people import open_desk
from tests.portal.counter import Counter
from tests.portal.in_browser.employee import Employee, Post
from tests.portal.serving import served

SIZES = {"phone": (320, 640), "computer": (1280, 800)}


@pytest.fixture
def counter(sqlite_url, clock, keyring) -> Iterator[Counter]:
    """The portal at a real address."""
    database = Database(sqlite_url)
    desk = open_desk(furnish(database, clock()), clock, keyring)
    with served(desk) as counter:
        yield counter
    database.close()


@pytest.fixture
def post(counter: Counter) -> Iterator[Post]:
    """A mailbox for every letter."""
    office = counter.office
    with ExitStack() as ends:
        mailbox = ends.enter_context(Mailbox().serve())
        head = Letterhead(office.company, office.portal_url)
        letters = LettersOffice(Sender.from_text("hr@example.nl"), head, "nl")
        bot = BotOffice(
            office.database, office.clock, office.keyring, office.company, "nl"
        )
        mail = Mail(MailServer.from_url(mailbox.smtp_url), letters)
        (delivery,) = mail.deliveries(bot, threading.Event(), 1)
        ends.callback(delivery.close)
        yield Post(counter, mailbox, delivery)


@pytest.fixture
def arrive(counter, post, windows, axe) -> Callable[[str, str], Employee]:
    """Somebody opens the first page, in a language and on a phone or a computer."""
    # What is refused has a status that the browser's console tells of.
    windows.tolerate("the server responded with a status of 4")

    def arriving(language: str, size: str) -> Employee:
        width, height = SIZES[size]
        page = windows.open(
            counter.office.portal_url, width=width, height=height, locale=language
        )
        employee = Employee(page, language, counter, post, axe)
        employee.looks()
        return employee

    return arriving
