"""Delivery over HTTP: signed posts to the address that the app answers at."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import SplitResult, urlencode, urlsplit

if TYPE_CHECKING:
    from sandbox.slack.record import Delivery
    from sandbox.slack.state import State

POSTERS = 16
LOOPBACK = ("127.0.0.1", "localhost")
JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


class Reply(NamedTuple):
    """What the app answered; status 0 is a connection that failed."""

    status: int
    text: str = ""
    content_type: str = ""
    wants_no_retry: bool = False

    @property
    def failure(self) -> str:
        """Slack's word for what went wrong, "" for nothing."""
        if self.status == 0:
            return "connection_failed"
        return "" if self.status == http.client.OK else "http_error"

    def payload(self) -> dict[str, Any] | None:
        """What the answer says; plain words are a message.

        Raises ValueError for what is called JSON and is no object.
        """
        if not self.text.strip():
            return None
        if not self.content_type.startswith(JSON_TYPE):
            return {"text": self.text}
        return dict(json.loads(self.text))


Heard = Callable[["Delivery", Reply], None]


class RequestUrl:
    """Posts payloads as Slack does where an app has no Socket Mode.

    `given` is an address for all of them, in place of those in the manifest. Nothing
    but the loopback is ever called. `heard` gets each answer.
    """

    def __init__(self, workspace: State, given: str | None, heard: Heard) -> None:
        self.workspace = workspace
        self.given = given and loopback_address(given)
        self._heard = heard
        self._verified: set[str] = set()
        self._posters = ThreadPoolExecutor(POSTERS, "slack post")

    @property
    def is_used(self) -> bool:
        """Whether payloads go this way, and not over sockets."""
        return self.given is not None or not self.workspace.manifest.socket_mode

    def change(self, url: str) -> None:
        """Call the app here from now on. Raises AssertionError if it isn't there.

        The app answers Slack's challenge first, as when somebody saves an address.
        """
        self.given = loopback_address(url)
        if not self._is_verified(self.given):
            raise AssertionError(f"{url} does not answer url_verification")

    def send(self, delivery: Delivery) -> None:
        """Post a payload; returns at once."""
        self._posters.submit(partial(self._deliver, delivery))

    def close(self) -> None:
        """Let what is under way end."""
        self._posters.shutdown(wait=True)

    def _deliver(self, delivery: Delivery) -> None:
        url = self.given or self.workspace.manifest.request_url_of(delivery.payload)
        if urlsplit(url).hostname not in LOOPBACK:
            self._fail(delivery, f"the sandbox calls this machine only, not {url}")
        elif delivery.kind == "events_api" and not self._is_verified(url):
            self._fail(delivery, f"{url} does not answer url_verification")
        else:
            content_type, body = _body(delivery)
            more = _retry_headers(delivery)
            self._heard(delivery, self._post(url, content_type, body, more))

    def _fail(self, delivery: Delivery, why: str) -> None:
        self.workspace.blame("url_not_verified", why)
        self._heard(delivery, Reply(0))

    def _is_verified(self, url: str) -> bool:
        """Slack sends no event to an address that has not given a challenge back."""
        if url in self._verified:
            return True
        challenge = secrets.token_hex(20)
        body = {
            "token": self.workspace.verification_token,
            "challenge": challenge,
            "type": "url_verification",
        }
        reply = self._post(url, JSON_TYPE, json.dumps(body).encode(), {})
        if reply.failure or challenge not in reply.text:
            return False
        self._verified.add(url)
        return True

    def _post(
        self, url: str, content_type: str, body: bytes, more: dict[str, str]
    ) -> Reply:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(
            parts.hostname or "", parts.port, timeout=self.workspace.ack_seconds
        )
        headers = self._headers(content_type, body) | more
        try:
            connection.request("POST", _target(parts), body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return Reply(0)
        finally:
            connection.close()
        return Reply(
            answer.status,
            text,
            answer.getheader("Content-Type", ""),
            answer.getheader("X-Slack-No-Retry") == "1",
        )

    def _headers(self, content_type: str, body: bytes) -> dict[str, str]:
        """docs.slack.dev/authentication/verifying-requests-from-slack."""
        timestamp = str(int(self.workspace.now().timestamp()))
        signed = b":".join((b"v0", timestamp.encode(), body))
        key = self.workspace.signing_secret.encode()
        return {
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "*/*",
            "Accept-Encoding": "gzip,deflate",
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": "v0="
            + hmac.new(key, signed, hashlib.sha256).hexdigest(),
        }


def loopback_address(url: str) -> str:
    """The address, if it is one of this machine; raises ValueError if not."""
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK:
        raise ValueError(f"the sandbox calls http://127.0.0.1 only, not {url}")
    return url


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _body(delivery: Delivery) -> tuple[str, bytes]:
    """Events are JSON; a command is a form, everything else a form with JSON in it."""
    payload = delivery.payload
    if delivery.kind == "events_api":
        return JSON_TYPE, json.dumps(payload).encode()
    fields: dict[str, Any] = payload
    if delivery.kind == "interactive":
        fields = {"payload": json.dumps(payload)}
    return FORM_TYPE, urlencode(fields).encode()


def _retry_headers(delivery: Delivery) -> dict[str, str]:
    if not delivery.retry_attempt:
        return {}
    return {
        "X-Slack-Retry-Num": str(delivery.retry_attempt),
        "X-Slack-Retry-Reason": delivery.retry_reason or "http_timeout",
    }
