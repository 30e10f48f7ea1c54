"""The bot as Slack calls it over HTTP: on the real server, behind its guard."""

import io
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bot.app import build_app, web_client
from bot.http_mode import PATH, HttpMode, Remark
from bot.office import Office
from bot.slack_signature import sign
from domain.database import Database
from domain.secret import Secret
from sandbox.slack import Workspace
from sleutelbos.http.server import HttpServer
from sleutelbos.settings import Listen

COPIES = 8


class Remarks:
    """What had no effect, counted."""

    def __init__(self) -> None:
        self.counts: Counter[Remark] = Counter()
        self._lock = threading.Lock()

    def __call__(self, remark: Remark) -> None:
        with self._lock:
            self.counts[remark] += 1


def http_mode(slack: Workspace, office: Office, remarks: Remarks) -> HttpMode:
    """The bot behind its guard; not served yet."""
    app = build_app(office, web_client(Secret(slack.bot_token), slack.api_url))
    return HttpMode(app, office, Secret(slack.signing_secret), remarks)


@contextmanager
def served(application: WSGIApplication) -> Iterator[str]:
    """The application on our server; gives Slack's address there."""
    server = HttpServer(application, Listen("127.0.0.1", 0), threads=24)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.address.port}{PATH}"
    finally:
        server.stop()


@contextmanager
def bot_over_http(slack: Workspace, office: Office) -> Iterator[None]:
    """The bot, called by the sandbox."""
    mode = http_mode(slack, office, Remarks())
    try:
        with served(mode) as address:
            slack.call_app_at(address)
            yield
            slack.wait_for_acks()
    finally:
        mode.close()


@contextmanager
def two_bots_behind_a_stuttering_proxy(
    slack: Workspace, office: Office
) -> Iterator[None]:
    """Two replicas on one database; each request reaches them several times at once."""
    with ExitStack() as open_parts:
        modes = []
        for _ in range(2):
            database = Database(office.database.url)
            open_parts.callback(database.close)
            replica = replace(office, database=database)
            mode = http_mode(slack, replica, Remarks())
            open_parts.callback(mode.close)
            modes.append(mode)
        senders = open_parts.enter_context(ThreadPoolExecutor(4 * COPIES))
        address = open_parts.enter_context(served(_stuttering(modes, senders)))
        slack.call_app_at(address)
        yield
        slack.wait_for_acks()


def _stuttering(modes: list[HttpMode], senders: ThreadPoolExecutor) -> WSGIApplication:
    def pass_on(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        begin = threading.Barrier(COPIES)

        def send(number: int) -> tuple[str, list[Any], bytes]:
            copy = environ | {"wsgi.input": io.BytesIO(body)}
            begin.wait()
            return call(modes[number % len(modes)], copy)

        answers = list(senders.map(send, range(COPIES)))
        # Those that came too late are empty.
        status, headers, text = max(answers, key=lambda answer: len(answer[2]))
        start_response(status, headers)
        return [text]

    return pass_on


def call(
    application: WSGIApplication, environ: WSGIEnvironment
) -> tuple[str, list[Any], bytes]:
    """Status, headers and body of one request, as a server would have it written."""
    said: list[Any] = []

    def start_response(status: str, headers: Any, _exc_info: Any = None) -> Any:
        said.extend((status, headers))

    given: Any = application(environ, start_response)
    body = b"".join(given)
    if hasattr(given, "close"):
        given.close()
    return said[0], said[1], body


class Slack:
    """Signs and posts by hand, for what the sandbox would never send."""

    def __init__(self, mode: HttpMode, secret: str, clock: Callable[[], Any]) -> None:
        self.mode = mode
        self.secret = Secret(secret)
        self.clock = clock

    def signed(self, body: bytes, **more: str) -> WSGIEnvironment:
        """A request that Slack could have sent."""
        timestamp = str(int(self.clock().timestamp()))
        return {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": PATH,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_X_SLACK_REQUEST_TIMESTAMP": timestamp,
            "HTTP_X_SLACK_SIGNATURE": sign(self.secret, timestamp, body),
            "wsgi.input": io.BytesIO(body),
        } | more

    def post(self, body: bytes, **more: str) -> tuple[int, bytes]:
        """Status and body of the answer."""
        status, _, answer = call(self.mode, self.signed(body, **more))
        return int(status[:3]), answer

    def post_form(self, **fields: str) -> tuple[int, bytes]:
        """The same for a form."""
        form = "application/x-www-form-urlencoded"
        return self.post(urlencode(fields).encode(), CONTENT_TYPE=form)
