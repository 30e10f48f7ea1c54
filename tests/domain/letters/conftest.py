"""A mailbox, and letters for it."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from domain.letters.composing import Office, compose
from domain.letters.kinds import CONTENTS, LetterKind
from domain.letters.mail_server import MailServer, Sender
from domain.letters.queueing import QueuedLetter, Recipient
from domain.letters.smtp import MailConnection
from domain.letters.wording.words import Letterhead
from domain.secret import Secret
from sandbox.mailbox import Mailbox

SANNE = "sanne@example.nl"


@pytest.fixture
def letters_office() -> Office:
    """Whose letters they are."""
    return Office(
        Sender.from_text("Personeelszaken <hr@example.nl>"),
        Letterhead("De Gouden Lepel", "https://inloggen.example.nl"),
        "nl",
    )


@pytest.fixture
def letter(now) -> Callable[..., QueuedLetter]:
    """A letter, by default with a code to Sanne; `number` tells letters apart."""

    def make(
        kind: LetterKind = LetterKind.CODE,
        *,
        address: str = SANNE,
        first_name: str = "Sanne",
        language: str | None = "nl",
        number: int = 1,
        good_for: timedelta | None = None,
        **values: str,
    ) -> QueuedLetter:
        if kind is LetterKind.CODE and not values:
            values = {"code": "482913"}
        return QueuedLetter(
            kind,
            Recipient(address, first_name, language),
            {name: Secret(value) for name, value in values.items()},
            f"{number:032x}",
            now,
            now + (good_for or CONTENTS[kind].life),
        )

    return make


@pytest.fixture
def composed(letter, letters_office):
    """The same, ready to hand in."""
    return lambda *given, **named: compose(letter(*given, **named), letters_office)


@pytest.fixture
def mailbox_with() -> Iterator[Callable[..., Mailbox]]:
    """A mailbox with settings of its own."""
    with ExitStack() as ends:
        yield lambda **settings: ends.enter_context(Mailbox(**settings).serve())


@pytest.fixture
def mailbox(mailbox_with) -> Mailbox:
    return mailbox_with()


@pytest.fixture
def connection_to() -> Iterator[Callable[..., MailConnection]]:
    """A connection to a mailbox, which trusts its certificate; closed at the end."""
    with ExitStack() as ends:

        def connect(mailbox: Mailbox, **more: Any) -> MailConnection:
            trusting = (
                ssl.create_default_context(cadata=mailbox.certificate)
                if mailbox.certificate
                else None
            )
            more = {"context": trusting} | more
            server = MailServer.from_url(more.pop("url", mailbox.smtp_url))
            connection = MailConnection(server, **more)
            ends.callback(connection.close)
            return connection

        yield connect
