"""A line for each request, in which no token, name or address can be found."""

import io
import json
import logging

import pytest
import structlog
from flask import Flask

from sleutelbos import logs
from sleutelbos.http.flask_routes import tell_routes
from sleutelbos.http.server import HttpServer
from sleutelbos.http.site import Site
from sleutelbos.settings import Listen
from tests.bot.in_slack import eventually

CANARY = "kanarie-c0ffee"


@pytest.fixture
def logged():
    """What is logged, as `serve` sets it up."""
    stream = io.StringIO()
    before = structlog.get_config()
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    capped = {name: logging.getLogger(name).level for name in ("waitress", "werkzeug")}
    logs.configure(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.configure(**before)
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = handlers, level
    for name, old in capped.items():
        logging.getLogger(name).setLevel(old)


@pytest.fixture
def pages():
    app = Flask("pages")

    @app.route("/herstel/<token>", endpoint="recovery.open", methods=["GET", "POST"])
    def open_link(token):
        return "ja"

    @app.route("/stuk/<token>", endpoint="broken")
    def broken(token):
        raise ZeroDivisionError(token)

    tell_routes(app)
    return app.wsgi_app


@pytest.fixture
def site(site):
    return Site(site.portal_url, 1, site.operation, site.pages)


@pytest.fixture
def server(site, logged):
    server = HttpServer(site.application(), Listen("127.0.0.1", 0), threads=2)
    server.start()
    yield server
    server.stop()


def _requests(logged, count):
    """The lines, which are written when the answer has left."""

    def lines():
        return [line for line in logged() if line["event"] == "http.request"]

    eventually(lambda: len(lines()) >= count)
    return lines()


def test_a_line_has_method_route_status_and_time(ask, logged):
    assert ask(f"/herstel/{CANARY}").status == 200
    (line,) = _requests(logged, 1)
    assert line["ms"] >= 0
    shown = {name: line[name] for name in line if name not in ("at", "ms")}
    assert shown == {
        "event": "http.request",
        "level": "info",
        "method": "GET",
        "route": "recovery.open",
        "status": 200,
    }


def test_nothing_that_is_sent_gets_into_the_log(ask, raw, logged):
    ask(f"/herstel/{CANARY}?wachtwoord={CANARY}", headers=[("Cookie", f"a={CANARY}")])
    ask(
        f"/herstel/{CANARY}",
        method="POST",
        body=f"wachtwoord={CANARY}".encode(),
        headers=[("X-Forwarded-For", "203.0.113.9"), ("User-Agent", CANARY)],
    )
    ask(f"/nergens/{CANARY}", method=f"KANARIE{CANARY.upper()}")
    ask(f"/stuk/{CANARY}")
    ask(f"/herstel/{CANARY}", host=f"{CANARY}.example")
    connection = raw()
    connection.sendall(f"{CANARY} /{CANARY}\r\nHost: {CANARY}\r\n\r\n".encode())
    connection.recv(1000)
    requests = _requests(logged, 5)
    text = json.dumps(logged())
    assert CANARY not in text
    assert CANARY.upper() not in text
    assert "203.0.113.9" not in text
    assert sorted(line["status"] for line in requests) == [200, 200, 400, 404, 500]


def test_an_application_that_breaks_is_logged_without_its_words(ask, logged):
    assert ask(f"/stuk/{CANARY}").status == 500
    assert _requests(logged, 1)[-1]["route"] == "broken"


def test_what_machines_ask_every_few_seconds_is_not_logged(ask, logged):
    ask("/healthz")
    ask("/readyz")
    ask("/metrics", host="localhost:1")
    assert _requests(logged, 0) == []


@pytest.mark.parametrize("library", ["waitress", "waitress.queue", "werkzeug"])
def test_libraries_say_where_and_not_what(logged, library):
    logging.getLogger(library).warning("queue of %s", CANARY)
    logging.getLogger(library).error("while serving /herstel/%s", CANARY)
    lines = logged()
    assert [line["event"] for line in lines] == ["library"]
    assert CANARY not in json.dumps(lines)
