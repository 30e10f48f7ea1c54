"""Mail as it is set: the server that takes letters, and whose letters they are."""

import threading
from dataclasses import dataclass
from typing import Final

from bot.office import Office
from domain.letters import composing
from domain.letters.mail_server import MailServer
from domain.letters.smtp import MailConnection
from domain.letters.wording.words import Letterhead
from sleutelbos.letter_delivery import LetterDelivery
from sleutelbos.letter_writing import LetterWriter
from sleutelbos.mail_pause import MailPause
from sleutelbos.settings import Settings

# As many as a small mail server likes from one place.
CONNECTIONS: Final = 4


@dataclass(frozen=True)
class Mail:
    """What it takes to send letters."""

    server: MailServer
    office: composing.Office

    def deliveries(
        self, office: Office, stopping: threading.Event, connections: int = CONNECTIONS
    ) -> tuple[LetterDelivery, ...]:
        """The work of the letters' loops, each over a connection of its own."""
        writer = LetterWriter(office.database, self.office)
        pause = MailPause(office.clock)
        return tuple(
            LetterDelivery(
                office.database,
                office.keyring,
                writer,
                MailConnection(self.server),
                pause,
                office.clock,
                stopping,
            )
            for _ in range(connections)
        )


def mail_of(settings: Settings) -> Mail | None:
    """Mail by the settings, or None while it is not set: letters wait."""
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    head = Letterhead(settings.company, settings.portal_url)
    office = composing.Office(settings.mail_from, head, settings.language)
    return Mail(settings.smtp_url, office)
