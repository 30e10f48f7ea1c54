"""Hanna in her admin channel, and the callables that reach it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.app import web_client
from bot.delivery.files import FileDelivery
from domain.secret import Secret
from domain.slack_users import SlackIdentity


@pytest.fixture
def client(slack):
    return web_client(Secret(slack.bot_token), slack.api_url)


@pytest.fixture
def hanna(slack):
    return slack.add_person("hanna", "Hanna de Vries")


@pytest.fixture
def beheer(slack, hanna):
    """The admin channel: private, with Hanna and the bot in it."""
    return slack.add_channel("beheer", ["hanna"], private=True)


@pytest.fixture
def identity(slack, hanna):
    return SlackIdentity(slack.team_id, hanna.id)


@pytest.fixture
def files(client):
    return FileDelivery(client)


@pytest.fixture
def upload(files, beheer):
    """Take a file all the way to its completion; gives its id."""

    def go(content=b"encrypted", name="lijst.xlsx"):
        reserved = files.reserve(name, len(content))
        files.send(reserved.upload_url, content)
        files.complete(reserved.file_id, name, beheer.id, "Logins van Utrecht")
        return reserved.file_id

    return go


@pytest.fixture
def shared(slack):
    """Wait until Slack shared a file."""

    def wait(file_id):
        file = slack.files.all[file_id]
        assert slack.wait_until(lambda: file.shares, slack.patience)

    return wait


@contextmanager
def _serving(status, body, headers) -> Iterator[tuple[str, list]]:
    seen = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            seen.append(dict(self.headers))
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def serving():
    """A server that answers every POST alike, and shows the headers that came."""
    return _serving
