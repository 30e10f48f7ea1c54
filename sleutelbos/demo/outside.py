"""What of the demo faces employees: the sign-in page, and the letters' way out."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bot.office import Office
from domain.letters.mail_server import MailServer, Sender
from sleutelbos.demo import company
from sleutelbos.demo.ports import Ports
from sleutelbos.http import front
from sleutelbos.http.metrics import Metrics
from sleutelbos.settings import Listen, Settings
from sleutelbos.wording import Language

_HOST: Final = "127.0.0.1"
_SENDER: Final = f"{company.NAME} <inloggen@example.nl>"


def settings(ports: Ports, smtp_url: str, language: Language) -> Settings:
    """Where the pages are and letters go; nothing of the environment."""
    port = ports.portal or _free_port()
    return Settings.model_construct(
        portal_url=f"http://{_HOST}:{port}",
        listen=Listen(_HOST, port),
        smtp_url=MailServer.from_url(smtp_url),
        mail_from=Sender.from_text(_SENDER),
        company=company.NAME,
        language=language,
    )


@contextmanager
def served(settings: Settings, office: Office) -> Iterator[None]:
    """The sign-in page, until the end. Raises CommandError for a taken port."""
    server = front.build(settings, office, Metrics(), {}, with_pages=True, slack=None)
    server.start()
    try:
        yield
    finally:
        server.stop()


def _free_port() -> int:
    with socket.create_server((_HOST, 0)) as free:
        port: int = free.getsockname()[1]
        return port
