"""`/healthz`, `/readyz` and `/metrics`: for machines that look after this one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

from prometheus_client import CONTENT_TYPE_LATEST

from sleutelbos.http.access_log import name_route
from sleutelbos.http.answers import say, say_json, say_status
from sleutelbos.http.health import Readiness
from sleutelbos.http.metrics import Metrics
from sleutelbos.http.proxies import PEER, VIA_PROXY

_ASKING: Final = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Operation:
    """A WSGI application for each of the three addresses.

    Health is told to everybody and by any name: it depends on no name, says nothing
    that is not seen from outside anyway, and whoever probes it knows the machine by
    an address. Metrics are for this machine alone.
    """

    installation: str
    readiness: Readiness
    metrics: Metrics

    def find(self, path: str) -> Callable[..., Iterable[bytes]] | None:
        """What answers at this path, if anything here does."""
        return {
            "/healthz": self._health,
            "/readyz": self._ready,
            "/metrics": self._measured,
        }.get(path)

    def _health(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        name_route(environ, "healthz")
        if environ["REQUEST_METHOD"] not in _ASKING:
            return say_status(start_response, HTTPStatus.METHOD_NOT_ALLOWED)
        content = {"status": "ok", "installation": self.installation}
        return say_json(start_response, HTTPStatus.OK, content)

    def _ready(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        name_route(environ, "readyz")
        if environ["REQUEST_METHOD"] not in _ASKING:
            return say_status(start_response, HTTPStatus.METHOD_NOT_ALLOWED)
        missing = self.readiness.missing()
        if not missing:
            return say_json(start_response, HTTPStatus.OK, {"status": "ready"})
        content = {"status": "not ready", "missing": missing}
        return say_json(start_response, HTTPStatus.SERVICE_UNAVAILABLE, content)

    def _measured(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        name_route(environ, "metrics")
        if not _is_this_machine(environ):
            return say_status(start_response, HTTPStatus.NOT_FOUND)
        if environ["REQUEST_METHOD"] not in _ASKING:
            return say_status(start_response, HTTPStatus.METHOD_NOT_ALLOWED)
        return say(
            start_response, HTTPStatus.OK, self.metrics.text(), CONTENT_TYPE_LATEST
        )


def _is_this_machine(environ: WSGIEnvironment) -> bool:
    """Whether a program of this machine asks by itself, for nobody else.

    A proxy beside us is on the loopback too: what it passes on bears its headers,
    or the public name. A page in a browser here comes by another name (DNS
    rebinding) or says that it is a page.
    """
    if environ[VIA_PROXY] or "HTTP_ORIGIN" in environ:
        return False
    name = environ.get("HTTP_HOST", "").lower()
    host = name.rpartition(":")[0] if not name.endswith("]") else name
    return _is_loopback(environ[PEER]) and (
        (host or name) == "localhost" or _is_loopback((host or name).strip("[]"))
    )


def _is_loopback(text: str) -> bool:
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False
