"""The pages are there by one name; nothing that is sent makes them believe another."""

import pytest

from sleutelbos.http.hosts import host_names
from tests.sleutelbos.http.conftest import HOST

EVIL = "evil.example"
OTHER_HOSTS = [
    EVIL,
    f"{HOST}.{EVIL}",
    f"{HOST}.",
    f"{HOST}:8443",
    f"{HOST}@{EVIL}",
    f"{HOST}, {EVIL}",
    f"{HOST} {EVIL}",
    f"{HOST}/{EVIL}",
    f"https://{HOST}",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "",
    f"{HOST}:443:443",
    f"{HOST}:",
    f"{HOST}#",
    "*",
]
CLAIMS = [
    [("X-Forwarded-Host", EVIL)],
    [("X-Forwarded-Host", f"{EVIL}, {HOST}")],
    [("X-Forwarded-Server", EVIL)],
    [("X-Forwarded-Port", "1")],
    [("X-Forwarded-Prefix", "/evil")],
    [("X-Original-Host", EVIL)],
    [("X-Original-URL", "/evil")],
    [("X-Rewrite-URL", "/evil")],
    [("X-Host", EVIL)],
    [("Forwarded", f"host={EVIL};proto=http;for=1.2.3.4")],
    [("Forwarded", f'host="{EVIL}"'), ("X-Forwarded-Host", EVIL)],
    [("X_Forwarded_Host", EVIL)],
]


@pytest.mark.parametrize("host", OTHER_HOSTS)
def test_another_name_is_refused(ask, pages, host):
    answer = ask(host=host)
    assert (answer.status, answer.body) == (400, b"Bad Request\n")
    assert pages.seen == []


def test_no_name_and_two_names_are_refused(ask, pages):
    assert ask(host=None).status == 400
    assert ask(headers=[("Host", EVIL)]).status == 400
    assert ask(host=EVIL, headers=[("Host", HOST)]).status == 400
    assert pages.seen == []


@pytest.mark.parametrize("host", [HOST, HOST.upper(), f"{HOST}:443"])
def test_the_configured_name_is_ours(ask, host):
    assert ask(host=host).status == 200


@pytest.mark.parametrize("hops", [0, 2])
@pytest.mark.parametrize("headers", CLAIMS)
def test_a_claim_of_another_name_never_reaches_the_pages(ask, pages, headers):
    assert ask(headers=headers).status == 200
    (seen,) = pages.seen
    assert EVIL not in str({name: seen[name] for name in seen if name != "body"})
    assert seen["HTTP_HOST"] == HOST
    assert seen["PATH_INFO"] == "/"
    assert seen["SCRIPT_NAME"] == ""


def test_a_whole_address_in_the_request_line_changes_no_name(raw, pages):
    connection = raw()
    connection.sendall(f"GET http://{EVIL}/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    assert connection.recv(100).startswith(b"HTTP/1.1 200")
    assert pages.seen[0]["HTTP_HOST"] == HOST


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_told_by_any_name(ask, path):
    assert ask(path, host="10.0.0.7:8080").status == 200


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://a.nl", {"a.nl", "a.nl:443"}),
        ("https://a.nl:8443", {"a.nl:8443"}),
        ("http://127.0.0.1:8080", {"127.0.0.1:8080"}),
        ("http://127.0.0.1", {"127.0.0.1", "127.0.0.1:80"}),
        ("http://[::1]:8080", {"[::1]:8080"}),
    ],
)
def test_a_port_is_part_of_the_name_unless_it_is_the_usual_one(url, names):
    assert host_names(url) == names
