"""The guard before Bolt where Slack calls us over HTTP, at `/slack/events`.

Size and signature are checked on the raw bytes; only what Slack signed is parsed.
Every bad request gets the same answer, and no body is logged.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIEnvironment

from slack_bolt import App, BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from bot import http_payload, slack_signature
from bot.answering import answer
from bot.http_payload import UnreadableError
from bot.interaction import BEFORE_ACK
from bot.office import Office
from domain import slack_deliveries
from domain.errors import DatabaseBusyError
from domain.secret import Secret

PATH: Final = "/slack/events"
# Slack's largest payloads hold a view, which has 250 KB at most.
LARGEST: Final = 256 * 1024
REFUSAL: Final = b"unauthorized"
# Somebody types: nothing but an answer comes of it, and the same letters typed twice
# within a second have the same signature.
_WITHOUT_EFFECT: Final = "block_suggestion"
_EVENT_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")
_TEXT: Final = "text/plain; charset=utf-8"
_JSON: Final = "application/json; charset=utf-8"


class Remark(StrEnum):
    """What there was to a delivery that did nothing; counted, never told."""

    METHOD = "method"
    TOO_LARGE = "too_large"
    TIMESTAMP = "timestamp"
    SIGNATURE = "signature"
    UNREADABLE = "unreadable"
    REPEATED = "repeated"
    UNHEARD = "unheard"
    DATABASE = "database"


class _RefusedError(Exception):
    """This request is not Slack's, or not for us."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark)
        self.remark = remark


@dataclass(frozen=True)
class _Answer:
    """What goes back, and what is begun when it has left."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = _TEXT
    afterwards: Sequence[Callable[[], None]] = field(default=())


class HttpMode:
    """Receives payloads as signed requests; a WSGI application.

    `remark` is told of every delivery that had no effect, and why.
    """

    def __init__(
        self,
        app: App,
        office: Office,
        signing_secret: Secret,
        remark: Callable[[Remark], None],
    ) -> None:
        self._app = app
        self._office = office
        self._secret = signing_secret
        self._remark = remark
        self._executor: Executor = app.listener_runner.listener_executor
        self.is_connected = False

    def connect(self) -> None:
        """Begin to answer."""
        self.is_connected = True

    def close(self) -> None:
        """Finish what is in hand; whoever serves this has stopped before."""
        self.is_connected = False
        self._executor.shutdown(wait=True)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer one request."""
        try:
            given = self._answered(environ)
        except _RefusedError as refused:
            self._remark(refused.remark)
            given = _Answer(HTTPStatus.UNAUTHORIZED, REFUSAL)
        except (DatabaseBusyError, SQLAlchemyError):
            # Without a note of it, it could have its effect twice: Slack comes again.
            self._remark(Remark.DATABASE)
            given = _Answer(HTTPStatus.SERVICE_UNAVAILABLE)
        start_response(
            f"{given.status.value} {given.status.phrase}",
            [
                ("Content-Type", given.content_type),
                ("Content-Length", str(len(given.body))),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
        return _Leaving(given, self._executor)

    def _answered(self, environ: WSGIEnvironment) -> _Answer:
        body, signature = self._verified(environ)
        content_type = environ.get("CONTENT_TYPE", "")
        try:
            payload = http_payload.parse(content_type, body)
        except UnreadableError as error:
            raise _RefusedError(Remark.UNREADABLE) from error
        if payload.get("type") == "url_verification":
            return _Answer(HTTPStatus.OK, str(payload.get("challenge", "")).encode())
        has_effect = payload.get("type") != _WITHOUT_EFFECT
        if has_effect and not self._is_first(payload, signature):
            self._remark(Remark.REPEATED)
            return _Answer(HTTPStatus.OK)
        return self._dispatched(payload, environ)

    def _verified(self, environ: WSGIEnvironment) -> tuple[bytes, str]:
        if environ["REQUEST_METHOD"] != "POST":
            raise _RefusedError(Remark.METHOD)
        # The announced length is a claim; what is read counts.
        body = environ["wsgi.input"].read(LARGEST + 1)
        if len(body) > LARGEST:
            raise _RefusedError(Remark.TOO_LARGE)
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        if not slack_signature.is_timely(timestamp, now=self._office.clock()):
            raise _RefusedError(Remark.TIMESTAMP)
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not slack_signature.is_signed(self._secret, timestamp, body, signature):
            raise _RefusedError(Remark.SIGNATURE)
        return body, signature

    def _is_first(self, payload: dict[str, Any], signature: str) -> bool:
        """Take the delivery, so that no other process has an effect of it too.

        The same bytes again have the same signature; a retry of Slack's is signed
        anew and has the same event id.
        """
        keys = [f"signature {hashlib.sha256(signature.encode()).hexdigest()}"]
        event_id = payload.get("event_id")
        if isinstance(event_id, str) and _EVENT_ID.fullmatch(event_id):
            keys.append(f"event {event_id}")
        now = self._office.clock()
        with self._office.database.transaction(BEFORE_ACK) as session:
            # Every key is written, whichever was there.
            first = [slack_deliveries.is_first(session, key, now=now) for key in keys]
        return all(first)

    def _dispatched(self, payload: dict[str, Any], environ: WSGIEnvironment) -> _Answer:
        headers = {
            name: environ[key]
            for name, key in (
                ("x-slack-retry-num", "HTTP_X_SLACK_RETRY_NUM"),
                ("x-slack-retry-reason", "HTTP_X_SLACK_RETRY_REASON"),
            )
            if key in environ
        }
        answered = answer(self._app, payload, headers)
        if not answered.is_heard:
            self._remark(Remark.UNHEARD)
        return _as_http(answered.response, answered.afterwards)


class _Leaving:
    """An answer on its way; the server closes it when it has been written."""

    def __init__(self, given: _Answer, executor: Executor) -> None:
        self._given = given
        self._executor = executor

    def __iter__(self) -> Iterator[bytes]:
        yield self._given.body

    def close(self) -> None:
        """Begin what follows the ack."""
        for job in self._given.afterwards:
            self._executor.submit(job)


def _as_http(
    response: BoltResponse, afterwards: Sequence[Callable[[], None]]
) -> _Answer:
    content_type = str(response.first_headers().get("content-type", ""))
    is_json = content_type.startswith("application/json")
    return _Answer(
        HTTPStatus(response.status),
        response.body.encode(),
        _JSON if is_json else _TEXT,
        afterwards,
    )
