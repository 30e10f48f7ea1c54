"""W6: no address leads to another site."""

import itertools
from urllib.parse import urlsplit

import pytest

from domain.sign_in.model import Stage
from tests.domain.sign_in.people import NAME, PASSWORD

TARGETS = (
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%5cevil.example",
    "/%2f%2fevil.example",
    "/.//evil.example",
    "/..//evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "hTTps://evil.example",
    "javascript:alert(1)",
    "data:text/html,evil",
    "//evil.example@127.0.0.1",
    "https://127.0.0.1@evil.example",
    "//127.0.0.1.evil.example",
    "/mijn-gegevens//evil.example",
    "\t//evil.example",
    "%E2%80%AE//evil.example",
    "/herstel/https://evil.example",
    "/ü//evil.example",
    ".evil.example",
    "//[::1]@evil.example",
    "//evil%00.example",
)
NAMES = ("next", "naar", "page", "url", "redirect", "return_to", "continue", "language")
# 240 addresses and 60 paths.
QUERIES = tuple(itertools.product(NAMES, TARGETS))


def leads_elsewhere(answer):
    where = answer.headers.get("Location", "/")
    parts = urlsplit(where.replace("\\", "/"))
    own = parts.netloc in ("", "127.0.0.1:8080") and not where.startswith(("//", "/\\"))
    return not own or parts.scheme not in ("", "http")


@pytest.mark.parametrize("stage", [None, Stage.IN])
def test_no_parameter_leads_elsewhere(counter, stage):
    somebody = counter.at(stage)
    for name, target in QUERIES:
        for path in ("/", "/bevestigen", "/beveiliging/app", "/mijn-gegevens"):
            answer = somebody.looks(path, query_string={name: target})
            assert not leads_elsewhere(answer), (path, name, target)


@pytest.mark.parametrize("target", TARGETS)
def test_no_path_leads_elsewhere(counter, target):
    somebody = counter.visitor()
    for path in (target, f"/{target}"):
        # As a raw address: the client would tidy it up first.
        answer = somebody.client.open(
            "/", base_url=somebody.base_url, environ_overrides={"PATH_INFO": path}
        )
        assert answer.status_code in (200, 303, 308, 400, 404), path
        assert not leads_elsewhere(answer), path


@pytest.mark.parametrize("target", TARGETS)
def test_no_form_leads_elsewhere(counter, target):
    counter.desk.add_employee()
    somebody = counter.at(None)
    switched = somebody.sends("/taal", language="en", page=target)
    assert switched.headers["Location"] == "/"
    signed_in = somebody.sends(
        f"/?next={target}", user_name=NAME, password=PASSWORD.reveal(), next=target
    )
    assert signed_in.headers["Location"] == "/mijn-gegevens"
    again = somebody.client.post(
        "/bevestigen",
        base_url=somebody.base_url,
        query_string={"naar": target},
        data={
            "csrf_token": somebody.looks("/bevestigen") and somebody.token,
            "password": PASSWORD.reveal(),
        },
    )
    assert again.headers["Location"] == "/beveiliging"


def test_doubled_slashes_lead_to_the_same_page_here(counter):
    answer = counter.visitor().looks("/static//0/portal.css")
    assert answer.status_code in (308, 404)
    assert not leads_elsewhere(answer)
    doubled = counter.visitor().looks("/beveiliging//app")
    assert doubled.status_code == 308
    assert urlsplit(doubled.headers["Location"]).path == "/beveiliging/app"
    assert not leads_elsewhere(doubled)
    assert doubled.headers["Cache-Control"] == "no-store"
