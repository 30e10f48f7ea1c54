"""Mail as it is set: the server that takes letters, and whose letters they are."""

import threading
from dataclasses import dataclass

from bot.office import Office
from domain.letters import composing
from domain.letters.mail_server import MailServer
from domain.letters.smtp import MailConnection
from domain.letters.wording.words import Letterhead
from sleutelbos.letter_delivery import LetterDelivery
from sleutelbos.settings import Settings


@dataclass(frozen=True)
class Mail:
    """What it takes to send letters."""

    server: MailServer
    office: composing.Office

    def delivery(self, office: Office, stopping: threading.Event) -> LetterDelivery:
        """The work of the letters' loop, over a connection of its own."""
        return LetterDelivery(
            office.database,
            office.keyring,
            self.office,
            MailConnection(self.server),
            office.clock,
            stopping,
        )


def mail_of(settings: Settings) -> Mail | None:
    """Mail by the settings, or None while it is not set: letters wait."""
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    head = Letterhead(settings.company, settings.portal_url)
    office = composing.Office(settings.mail_from, head, settings.language)
    return Mail(settings.smtp_url, office)
