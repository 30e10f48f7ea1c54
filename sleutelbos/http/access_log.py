"""A line for each request: method, name of the route, status, milliseconds.

Never a path or a query: a recovery link has its token in there.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog

_ROUTE: Final = "sleutelbos.route"
UNKNOWN: Final = "unknown"
# Asked for every few seconds by machines.
QUIET: Final = frozenset({"healthz", "readyz", "metrics"})
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
_log = structlog.get_logger()
Count = Callable[[str, str, int, float], None]


def name_route(environ: WSGIEnvironment, route: str | None) -> None:
    """Say what answers this request."""
    environ[_ROUTE] = route or UNKNOWN


def logged(application: WSGIApplication, count: Count) -> WSGIApplication:
    """The application with its log; `count` gets route, method, status, seconds."""

    def answer(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        line = _Line(environ, count)
        try:
            given = application(environ, line.noting(start_response))
        except BaseException:
            line.end()
            raise
        return _Watched(given, line)

    return answer


class _Line:
    """What will be written of one request."""

    def __init__(self, environ: WSGIEnvironment, count: Count) -> None:
        self._environ = environ
        self._count = count
        self._status = 500
        self._began_at = time.perf_counter()

    def noting(self, start_response: StartResponse) -> StartResponse:
        """Keep the status that the application answers with."""

        def start(status: str, headers: Any, exc_info: Any = None) -> Any:
            self._status = int(status[:3])
            return start_response(status, headers, exc_info)

        return start

    def end(self) -> None:
        """Write it."""
        seconds = time.perf_counter() - self._began_at
        asked = self._environ["REQUEST_METHOD"]
        method = asked if asked in _METHODS else UNKNOWN
        route = self._environ.get(_ROUTE, UNKNOWN)
        self._count(route, method, self._status, seconds)
        if route not in QUIET:
            _log.info(
                "http.request",
                method=method,
                route=route,
                status=self._status,
                ms=round(seconds * 1000, 1),
            )


class _Watched:
    """An answer whose end is noted."""

    def __init__(self, given: Iterable[bytes], line: _Line) -> None:
        self._given = given
        self._line = line

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._given)

    def close(self) -> None:
        """The server has written it all, or given up."""
        try:
            close = getattr(self._given, "close", None)
            if close is not None:
                close()
        finally:
            self._line.end()
