"""The bot's token goes to Slack's file host and nowhere else; 10 MB in a minute."""

import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.app import web_client
from bot.delivery import downloads
from bot.delivery.downloads import (
    MAX_BYTES,
    FileGoneError,
    FileTooBigError,
    FileWithheldError,
    GivenFile,
)
from domain.secret import Secret

CONTENT = b"PK\x03\x04 lijst"
SIZE = len(CONTENT)
TOKEN = Secret("xoxb-canary")


@pytest.fixture
def given(slack, hanna):
    """Give the app a file, as a file input does; gives its id."""

    def give(content=CONTENT, name="Lijst Café.xlsx"):
        file = slack.files.announce(name, len(content), hanna.id)
        file.content, file.completed = content, True
        return file.id

    return give


@contextmanager
def answering(answer):
    """A server that answers each GET by calling `answer`; gives where, and headers."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(dict(self.headers))
            answer(self)

        def log_message(self, *_):
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sends(content, length=None, status=200, **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(length or len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def file_at(url, size=SIZE):
    return GivenFile("F1", "lijst.xlsx", size, "U1", url)


def fetched(url, base, size=SIZE, **limit):
    client = web_client(TOKEN, f"{base}/api/")
    return downloads.download(client, file_at(url, size), **limit)


def test_what_somebody_gave_is_found_and_read(client, given, hanna):
    file = downloads.find_file(client, given())
    assert (file.name, file.owner_id, file.size) == (
        "Lijst Café.xlsx",
        hanna.id,
        len(CONTENT),
    )
    assert downloads.download(client, file) == CONTENT


def test_a_file_that_is_gone_is_told_so(slack, client, given):
    slack.tolerates("file_deleted")
    slack.tolerates("file_not_found")
    file_id = given()
    file = downloads.find_file(client, file_id)
    with slack.changed:
        slack.files.delete(slack.files.all[file_id])
    with pytest.raises(FileGoneError):
        downloads.find_file(client, file_id)
    with pytest.raises(FileGoneError):
        downloads.find_file(client, "F0NOWHERE")
    with pytest.raises(FileGoneError):
        downloads.download(client, file)


@pytest.mark.parametrize("trouble", ["internal_error", "access_denied"])
def test_a_slack_that_tells_nothing_of_a_file_withholds_it(
    slack, client, given, trouble
):
    slack.tolerates(trouble)
    slack.next_call("files.info").answers(trouble)
    with pytest.raises(FileWithheldError):
        downloads.find_file(client, given())


def test_a_host_that_is_not_well_withholds_the_file(slack, client, given):
    file = downloads.find_file(client, given())
    slack.next_call("url_private").fails(503)
    with pytest.raises(FileWithheldError):
        downloads.download(client, file)


def test_a_sign_in_page_is_not_taken_for_the_file(slack, given):
    other = web_client(Secret("xoxb-of-another-app"), slack.api_url)
    ours = web_client(Secret(slack.bot_token), slack.api_url)
    file = downloads.find_file(ours, given())
    with pytest.raises(FileWithheldError):
        downloads.download(other, file)


# Where the token goes.

SANDBOX = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/files-pri/T1-F1/lijst.xlsx",
        "http://files.slack.com/files-pri/T1-F1/lijst.xlsx",
        "https://files.slack.com.evil.example/x",
        "https://evil.example/files.slack.com/x",
        "https://files.slack.com@evil.example/x",
        "https://files.slack.com:secret@evil.example/x",
        "https://files.slack.com\\@evil.example/x",
        "https://evil.example\\files.slack.com/x",
        "https://files.slack.com:8443/x",
        "https://files.slack.com%2eevil.example/x",
        "https:evil.example/x",
        "//evil.example/x",
        "file:///etc/passwd",
        "ftp://files.slack.com/x",
        "data:,x",
        "https://[::1/x",
        "http://127.0.0.1:1/files-pri/F1/x",
        "",
    ],
)
def test_no_other_host_is_asked_for_a_file_of_slack(url, monkeypatch):
    def connects(*_):
        raise AssertionError("the token left")

    monkeypatch.setattr(socket, "create_connection", connects)
    client = web_client(TOKEN)
    with pytest.raises(FileWithheldError):
        downloads.download(client, file_at(url))


def test_slacks_own_file_host_is_asked(monkeypatch):
    asked = []

    def connects(address, *_):
        asked.append(address)
        raise ConnectionRefusedError

    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(socket, "create_connection", connects)
    file = file_at("https://files.slack.com/files-pri/T1-F1/download/lijst.xlsx")
    with pytest.raises(FileWithheldError):
        downloads.download(web_client(TOKEN), file)
    assert asked == [("files.slack.com", 443)]


def test_with_a_sandbox_only_its_own_port_is_asked():
    with (
        answering(sends(CONTENT)) as (here, seen),
        answering(sends(CONTENT)) as (elsewhere, seen_elsewhere),
    ):
        assert fetched(f"{here}/x", here) == CONTENT
        for url in (f"{elsewhere}/x", f"{here.replace('127.0.0.1', 'localhost')}/x"):
            with pytest.raises(FileWithheldError):
                fetched(url, here)
    assert [headers["Authorization"] for headers in seen] == ["Bearer xoxb-canary"]
    assert seen_elsewhere == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    with answering(sends(CONTENT)) as (evil, seen):
        away = sends(b"", length=0, status=status, Location=f"{evil}/x")
        with answering(away) as (here, _), pytest.raises(FileWithheldError):
            fetched(f"{here}/x", here)
    assert seen == []


# How much, and how long.


def test_a_file_that_is_too_big_is_not_asked_for():
    with answering(sends(CONTENT)) as (here, seen):
        with pytest.raises(FileTooBigError):
            fetched(f"{here}/x", here, size=MAX_BYTES + 1)
        assert seen == []


def test_no_more_than_ten_megabytes_are_read_whatever_slack_said():
    written = []

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            while sum(written) < 10 * MAX_BYTES:
                written.append(handler.wfile.write(bytes(1024 * 1024)))
        except OSError:
            pass

    with answering(endless) as (here, _), pytest.raises(FileTooBigError):
        fetched(f"{here}/x", here)
    assert sum(written) < 3 * MAX_BYTES


def test_a_file_that_drips_is_given_up_when_its_time_is_over():
    gone_on = threading.Event()

    def drips(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(SIZE))
        handler.end_headers()
        handler.wfile.write(CONTENT[:1])
        gone_on.wait(5)
        handler.wfile.write(CONTENT[1:])

    with answering(drips) as (here, _):
        with pytest.raises(FileWithheldError):
            fetched(f"{here}/x", here, within=timedelta())
        assert not gone_on.is_set()
        gone_on.set()


@pytest.mark.parametrize("size", [SIZE - 1, SIZE + 1])
def test_a_file_of_another_size_than_slack_says_is_withheld(size):
    with answering(sends(CONTENT)) as (here, _), pytest.raises(FileWithheldError):
        fetched(f"{here}/x", here, size=size)


def test_a_connection_that_breaks_halfway_withholds_the_file():
    with (
        answering(sends(CONTENT, length=1000)) as (here, _),
        pytest.raises(FileWithheldError),
    ):
        fetched(f"{here}/x", here, size=1000)


def test_a_description_without_an_address_withholds_the_file(slack, client, given):
    file = replace(downloads.find_file(client, given()), url="nergens")
    with pytest.raises(FileWithheldError):
        downloads.download(client, file)
