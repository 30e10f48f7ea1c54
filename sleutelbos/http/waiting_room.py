"""Keeps threads free for who asks for little while many wait for a hash."""

import threading
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sleutelbos.http.answers import say

# On two cores these are worked off in about a second.
PLACES: Final = 64
RETRY_AFTER_SECONDS: Final = 3
_ASKING: Final = frozenset({"GET", "HEAD"})
_FULL: Final = """\
<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Een ogenblik / One moment</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Een ogenblik geduld</h1>
<p>Het is nu heel druk. Ga terug en probeer het over een paar seconden opnieuw.</p>
<div lang="en"><h2>One moment please</h2>
<p>It is very busy just now. Go back and try again in a few seconds.</p></div>
</main></body></html>
"""


class WaitingRoom:
    """Lets so many forms in at once; who comes when it is full is told to return.

    Sent forms may wait two seconds for a core to hash on, each in a thread. With
    more threads than places, pages and health always find one.
    """

    def __init__(self, application: WSGIApplication, places: int = PLACES) -> None:
        self._application = application
        self._places = threading.BoundedSemaphore(places)
        self._refused = 0
        self._counting = threading.Lock()

    @property
    def refused(self) -> int:
        """How many were sent away so far."""
        return self._refused

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer, or send away."""
        if environ["REQUEST_METHOD"] in _ASKING:
            return self._application(environ, start_response)
        if not self._places.acquire(blocking=False):
            with self._counting:
                self._refused += 1
            return _send_away(start_response)
        try:
            # The pages are made whole before they are given back.
            return self._application(environ, start_response)
        finally:
            self._places.release()


def _send_away(start_response: StartResponse) -> list[bytes]:
    return say(
        start_response,
        HTTPStatus.SERVICE_UNAVAILABLE,
        _FULL.encode(),
        "text/html; charset=utf-8",
        [("Retry-After", str(RETRY_AFTER_SECONDS))],
    )
