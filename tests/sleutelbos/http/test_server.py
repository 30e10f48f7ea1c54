"""The server itself: what is too much, who is too slow, and how it ends."""

import http.client
import socket
import threading

import pytest

from bot.http_mode import LARGEST, PATH, REFUSAL
from sleutelbos.http import server as http_server
from sleutelbos.http.server import HttpServer
from sleutelbos.settings import Listen
from sleutelbos.wording import CommandError
from tests.sleutelbos.http.conftest import HOST

LISTEN = Listen("127.0.0.1", 0)


def answered(connection):
    """All that comes until the server hangs up."""
    received = b""
    while part := connection.recv(65_536):
        received += part
    return received


def hung_up(connection):
    try:
        return connection.recv(10) == b""
    except ConnectionError:
        return True


def test_a_body_that_is_too_large_is_refused_before_it_is_read(raw, pages):
    connection = raw()
    connection.sendall(
        f"POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5000000\r\n\r\n".encode()
    )
    answer = answered(connection)
    assert answer.startswith(b"HTTP/1.1 413")
    for header in (
        b"Cache-Control: no-store",
        b"Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
        b"Referrer-Policy: no-referrer",
        b"X-Content-Type-Options: nosniff",
        b"X-Frame-Options: DENY",
    ):
        assert header + b"\r\n" in answer
    assert pages.seen == []


def test_a_body_in_chunks_is_counted_too(raw, pages):
    connection = raw()
    head = f"POST / HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n"
    connection.sendall(head.encode())
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    try:
        for _ in range(LARGEST // 0x10000 + 2):
            connection.sendall(chunk)
        answer = answered(connection)
    except ConnectionError:
        answer = b"HTTP/1.1 413"  # it hung up while we were still sending
    assert answer.startswith(b"HTTP/1.1 413")
    assert pages.seen == []


def test_at_slacks_address_even_that_is_the_one_refusal(raw):
    connection = raw()
    connection.sendall(
        f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n".encode()
    )
    answer = answered(connection)
    assert answer.startswith(b"HTTP/1.1 401 Unauthorized")
    assert answer.endswith(b"\r\n\r\n" + REFUSAL)


def test_headers_that_are_too_large_are_refused(ask, pages):
    answer = ask(headers=[("X-Large", "x" * http_server.LARGEST_HEADERS)])
    assert answer.status == 431
    assert pages.seen == []


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",  # somebody speaks TLS
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
    ],
)
def test_what_is_no_http_reaches_nobody_and_is_not_quoted(raw, pages, request_):
    connection = raw()
    connection.sendall(request_ + b"\r\n\r\nkanarie")
    connection.shutdown(socket.SHUT_WR)
    assert b"kanarie" not in answered(connection)
    assert [seen for seen in pages.seen if seen.get("HTTP_HOST")] == []


def test_the_server_does_not_say_what_it_is(ask):
    answer = ask()
    assert "Server" not in answer.headers
    assert "waitress" not in str(answer)


def test_who_sends_a_byte_now_and_then_is_let_go(site, pages):
    server = HttpServer(site.application(), LISTEN, threads=1, request_seconds=0)
    server.start()
    with socket.create_connection(server.address, timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for letter in b"GET / HTTP/1.1":
            try:
                connection.sendall(bytes([letter]))
            except ConnectionError:
                break
            threading.Event().wait(0.01)
        connection.settimeout(30)
        assert hung_up(connection)
    server.stop()
    assert pages.seen == []


def test_a_taken_address_is_said_in_words(server):
    with pytest.raises(CommandError, match="SLEUTELBOS_LISTEN"):
        HttpServer(print, server.address, threads=1)


def test_an_address_that_is_not_ours_is_said_in_words():
    with pytest.raises(CommandError, match=r"192\.0\.2\.1:8080"):
        HttpServer(print, Listen("192.0.2.1", 8080), threads=1)


def test_it_listens_on_the_other_loopback_too(site):
    if not socket.has_ipv6:
        pytest.skip("a machine without IPv6")
    try:
        server = HttpServer(site.application(), Listen("::1", 0), threads=1)
    except CommandError:
        pytest.skip("a machine without IPv6")
    server.start()
    connection = http.client.HTTPConnection(*server.address)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()
    server.stop()


class Slow:
    """A page that is under way until somebody lets it end."""

    def __init__(self):
        self.is_reached = threading.Event()
        self.may_end = threading.Event()

    def __call__(self, environ, start_response):
        self.is_reached.set()
        assert self.may_end.wait(30)
        start_response("200 OK", [("Content-Length", "4")])
        return [b"klaar"[:4]]


def test_stopping_takes_no_more_and_finishes_what_is_in_hand():
    slow = Slow()
    server = HttpServer(slow, LISTEN, threads=2)
    server.start()
    address = server.address
    idle = socket.create_connection(address, timeout=30)
    answers = []

    def ask():
        connection = http.client.HTTPConnection(*address, timeout=30)
        connection.request("GET", "/")
        answers.append(connection.getresponse().read())
        connection.close()

    asking = threading.Thread(target=ask)
    asking.start()
    assert slow.is_reached.wait(30)
    stopping = threading.Thread(target=server.stop)
    stopping.start()
    # It hangs up on who says nothing, and the door is shut from then on.
    assert idle.recv(10) == b""
    idle.close()
    with pytest.raises(OSError):  # noqa: PT011 (refused or reset)
        socket.create_connection(address, timeout=30).recv(1)
    assert answers == []
    slow.may_end.set()
    asking.join(30)
    stopping.join(30)
    assert answers == [b"klaa"]
    assert not stopping.is_alive()


def test_it_can_be_stopped_before_it_was_started():
    HttpServer(print, LISTEN, threads=1).stop()
