"""Our server with a small page behind it, and plain requests to it."""

import http.client
import socket
from dataclasses import dataclass, field

import pytest

from domain import migrations
from domain.database import Database
from sleutelbos.http.health import Readiness, installation_id
from sleutelbos.http.metrics import Metrics
from sleutelbos.http.operation import Operation
from sleutelbos.http.server import HttpServer
from sleutelbos.http.site import Site
from sleutelbos.settings import Listen

PORTAL_URL = "https://inloggen.voorbeeld.nl"
HOST = "inloggen.voorbeeld.nl"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Pages:
    """A page that says nothing and keeps what it was told of the visitor."""

    seen: list[dict] = field(default_factory=list)

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read()
        self.seen.append(dict(environ) | {"body": body})
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ja"]


@pytest.fixture
def pages():
    return Pages()


@pytest.fixture
def hops():
    """How many proxies stand before the server."""
    return 0


@pytest.fixture
def portal_url():
    return PORTAL_URL


@pytest.fixture
def parts():
    """What else runs in the process, and whether it is well."""
    return {}


@pytest.fixture
def metrics():
    return Metrics()


@pytest.fixture
def office_database(sqlite_url):
    database = Database(sqlite_url)
    assert migrations.is_up_to_date(database)
    yield database
    database.close()


@pytest.fixture
def site(pages, hops, portal_url, parts, metrics, office_database, keyring):
    readiness = Readiness(office_database, parts)
    operation = Operation(installation_id(keyring), readiness, metrics)
    return Site(portal_url, hops, operation, pages)


@pytest.fixture
def server(site):
    server = HttpServer(site.application(), Listen("127.0.0.1", 0), threads=4)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def ask(server):
    """Send one request; names of headers may come more than once."""

    def send(path="/", method="GET", headers=(), body=b"", host=HOST):
        connection = http.client.HTTPConnection(*server.address, timeout=30)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        named = [("Host", host)] if host is not None else []
        for name, value in [*named, *headers]:
            connection.putheader(name, value)
        if body:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        answer = connection.getresponse()
        given = Answer(answer.status, dict(answer.getheaders()), answer.read())
        connection.close()
        return given

    return send


@pytest.fixture
def raw(server):
    """A bare connection, for what no library would send."""
    opened = []

    def connect():
        connection = socket.create_connection(server.address, timeout=30)
        opened.append(connection)
        return connection

    yield connect
    for connection in opened:
        connection.close()
