"""Tells the log by which of its views a Flask app answers."""

from typing import Any

from flask import Flask, request, request_started

from sleutelbos.http.access_log import name_route


def tell_routes(app: Flask) -> None:
    """Have every request of the app named by its endpoint.

    A signal, because it is sent whatever the app's own checks then decide.
    """
    request_started.connect(_tell, app)


def _tell(_app: Flask, **_more: Any) -> None:
    name_route(request.environ, request.endpoint)
