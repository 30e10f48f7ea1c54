"""Slack's address on our server: shut until the bot can answer."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

from bot.http_mode import HttpMode
from sleutelbos.http.answers import say_status


class SlackDoor:
    """A WSGI application for `/slack/events`; the bot may come later, or go."""

    def __init__(self) -> None:
        self._mode: HttpMode | None = None

    def led_to(self, prepare: Callable[[], HttpMode]) -> Callable[[], HttpMode]:
        """`prepare`, whose outcome will stand behind this door."""

        def prepared() -> HttpMode:
            self._mode = prepare()
            return self._mode

        return prepared

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer Slack, or have it come again."""
        mode = self._mode
        if mode is None or not mode.is_connected:
            return say_status(start_response, HTTPStatus.SERVICE_UNAVAILABLE)
        return mode(environ, start_response)
