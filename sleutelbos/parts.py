"""The parts of a running process: built all, then started, stopped side by side."""

from collections.abc import Callable, Collection
from dataclasses import replace
from enum import StrEnum

import structlog
from slack_sdk import WebClient

from bot.app import build_app, socket_mode
from bot.http_mode import HttpMode
from bot.office import Office
from bot.socket_mode import SocketMode
from sleutelbos.http import front
from sleutelbos.http.metrics import Metrics
from sleutelbos.http.server import HttpServer
from sleutelbos.http.slack_door import SlackDoor
from sleutelbos.mail import mail_of
from sleutelbos.retention import kept_by
from sleutelbos.settings import Settings
from sleutelbos.slack_connection import SlackConnection
from sleutelbos.wording import CommandError
from sleutelbos.worker import Worker

_log = structlog.get_logger()
_MAIL_SETTINGS = ("SLEUTELBOS_SMTP_URL", "SLEUTELBOS_MAIL_FROM")
_BOT_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105 (the name of a setting)


class Part(StrEnum):
    """What a process may run."""

    PORTAL = "portal"
    BOT = "bot"
    WORKER = "worker"


class Running:
    """What runs in this process; without a client the portal alone can.

    `refused` is told when Slack will have nothing of us any more. Raises
    CommandError when the server can't listen.
    """

    def __init__(
        self,
        settings: Settings,
        office: Office,
        client: WebClient | None,
        wanted: Collection[Part],
        refused: Callable[[CommandError], None],
    ) -> None:
        self._settings = settings
        self._refused = refused
        self._metrics = Metrics()
        self._door = SlackDoor()
        self._worker: Worker | None = None
        self._bot: SlackConnection | None = None
        if Part.WORKER in wanted and client is not None:
            mail = mail_of(settings)
            if mail is None:
                _log.warning("letters.waiting", unset=_MAIL_SETTINGS)
            self._worker = Worker(
                office, client, settings.portal_url, mail, kept_by(settings)
            )
            office = replace(office, wake_worker=self._worker.wake)
        if Part.BOT in wanted and client is not None:
            self._bot = self._connection(office, client)
        self._server = self._http_server(office, with_pages=Part.PORTAL in wanted)

    def start(self) -> None:
        """Begin; the server answers from now on."""
        if self._worker is not None:
            self._worker.start()
        if self._bot is not None:
            self._bot.start()
        if self._server is not None:
            self._server.start()
            host, port = self._server.address
            _log.info("http.listening", host=host, port=port)

    @property
    def stops(self) -> list[Callable[[], None]]:
        """What stops it, each apart from the others."""
        stops: list[Callable[[], None]] = [self._stop_answering]
        if self._worker is not None:
            stops.append(self._worker.stop)
        return stops

    def _stop_answering(self) -> None:
        # What comes in over HTTP leaves work for the bot's pool.
        if self._server is not None:
            self._server.stop()
        if self._bot is not None:
            self._bot.close()

    def _connection(self, office: Office, client: WebClient) -> SlackConnection:
        if self._settings.is_http_mode:
            prepare = self._door.led_to(lambda: self._http_mode(office, client))
            return SlackConnection(prepare, self._refused, token_name=_BOT_TOKEN)
        return SlackConnection(lambda: self._socket_mode(office, client), self._refused)

    def _socket_mode(self, office: Office, client: WebClient) -> SocketMode:
        app_token = self._settings.slack_app_token
        if app_token is None:
            raise ValueError("Socket Mode needs an app token")
        return socket_mode(build_app(office, client), app_token)

    def _http_mode(self, office: Office, client: WebClient) -> HttpMode:
        secret = self._settings.slack_signing_secret
        if secret is None:
            raise ValueError("HTTP needs a signing secret")
        app = build_app(office, client)
        return HttpMode(app, office, secret, self._metrics.count_delivery)

    def _http_server(self, office: Office, *, with_pages: bool) -> HttpServer | None:
        has_door = self._bot is not None and self._settings.is_http_mode
        if not with_pages and not has_door:
            return None
        return front.build(
            self._settings,
            office,
            self._metrics,
            self._parts(),
            with_pages=with_pages,
            slack=self._door if has_door else None,
        )

    def _parts(self) -> dict[str, Callable[[], bool]]:
        parts: dict[str, Callable[[], bool]] = {}
        if worker := self._worker:
            parts["worker"] = lambda: worker.is_alive
        if bot := self._bot:
            parts["slack"] = lambda: bot.is_connected
        return parts
