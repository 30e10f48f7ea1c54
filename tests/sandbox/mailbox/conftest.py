"""A mailbox, and programs that send letters to it."""

from collections.abc import Callable, Iterator
from smtplib import SMTP
from typing import Any

import pytest
from playwright.sync_api import Page

from sandbox.mailbox import Letter, Mailbox
from tests.chromium import Windows
from tests.sandbox.mailbox.elsewhere import Elsewhere
from tests.sandbox.mailbox.letters import MO
from tests.sandbox.mailbox.sending import connected
from tests.sandbox.page.window import Window

HERE = {"timezone_id": "Europe/Amsterdam", "locale": "en-GB"}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox().serve() as served:
        yield served


@pytest.fixture
def smtp(mailbox) -> Iterator[SMTP]:
    """A connection that is kept open."""
    with connected(mailbox) as connection:
        yield connection


@pytest.fixture
def post(mailbox) -> Callable[..., Letter]:
    """Send a letter over a connection of its own; gives what the mailbox made of it."""

    def send(letter: bytes, *to: str) -> Letter:
        with connected(mailbox) as connection:
            connection.sendmail("hr@example.nl", to or (MO,), letter)
        return mailbox.letters[-1]

    return send


@pytest.fixture
def http(mailbox) -> Window:
    """Plain requests to the page."""
    return Window(mailbox.url, "")


@pytest.fixture
def open_page(mailbox, windows: Windows) -> Callable[..., Page]:
    """A browser window on the mailbox; `at` is more of the address."""

    def opened(at: str = "", **more: Any) -> Page:
        return windows.open(f"{mailbox.url}/?{at}", **(HERE | more))

    return opened


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """Another web server, where a letter may try to go."""
    with Elsewhere() as server:
        yield server
