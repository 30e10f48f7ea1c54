"""What the page gets over HTTP."""

import json
import socket
from urllib.parse import quote

import pytest

from sandbox.mailbox import Mailbox
from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.letters import MO
from tests.sandbox.mailbox.sending import HOST, connected
from tests.sandbox.page.window import Stream, Window

HR = "hr@example.nl"
JAN = "jan@example.nl"


@pytest.fixture
def stream(mailbox):
    with Stream(mailbox.url.removeprefix("http://"), "/live") as opened:
        yield opened


def listed(mailbox, query=""):
    with Stream(mailbox.url.removeprefix("http://"), f"/live{query}") as opened:
        _, summary = opened.next()
        return [each["subject"] for each in summary["letters"]]


def get(http, path):
    response, body = http.ask("GET", path)
    assert response.status == 200
    return json.loads(body)


def test_list_has_the_newest_letter_first(mailbox, post, stream):
    assert stream.next()[1]["letters"] == []
    post(letters.text(subject="Eerst"), MO, JAN)
    post(letters.with_pdf(1000))
    summary = stream.until(lambda shown: shown["count"] == 2)
    newest, oldest = summary["letters"]
    assert (newest["subject"], newest["has_attachments"]) == ("Je contract", True)
    assert (oldest["to"], oldest["has_attachments"]) == ([MO, JAN], False)
    assert oldest["received_at"].endswith("+00:00")
    assert summary["mailboxes"] == [
        {"address": JAN, "count": 1},
        {"address": MO, "count": 2},
    ]
    assert summary["smtp_url"] == mailbox.smtp_url


def test_own_picture_is_no_attachment_in_the_list(post, stream):
    post(letters.welcome())
    summary = stream.until(lambda shown: shown["count"])
    assert not summary["letters"][0]["has_attachments"]


def test_list_can_be_the_mailbox_of_one_person(mailbox, post):
    post(letters.text(subject="Allebei"), MO, JAN)
    post(letters.text(subject="Mo"), "Mo@Example.NL")
    post(letters.text(subject="Jan"), JAN)
    assert listed(mailbox, "?for=mo@EXAMPLE.nl") == ["Mo", "Allebei"]
    assert listed(mailbox, "?for=jan@example.nl") == ["Jan", "Allebei"]
    assert listed(mailbox, "?for=mo") == []


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        ("rooster", ["Het rooster"]),
        ("ROOSTER hanna", ["Het rooster"]),
        ("rooster contract", []),
        ("jan@example", ["Het rooster"]),
        ("caf\u00c9", ["Menu"]),
        ("example", ["Menu", "Het rooster"]),
        (" ", ["Menu", "Het rooster"]),
    ],
)
def test_list_can_be_searched(mailbox, post, words, subjects):
    post(letters.text("Ma di wo", "Het rooster"), JAN)
    post(letters.text("Morgen in het caf\u00e9", "Menu"))
    assert listed(mailbox, f"?find={quote(words)}") == subjects


def test_list_says_what_had_to_go():
    with Mailbox(most_letters=1).serve() as mailbox:
        with connected(mailbox) as smtp:
            smtp.sendmail(HR, MO, letters.text())
            smtp.sendmail(HR, MO, letters.text())
        with Stream(mailbox.url.removeprefix("http://"), "/live") as stream:
            _, summary = stream.next()
    assert (summary["let_go"], summary["most_letters"]) == (1, 1)


def test_letter_has_everything_but_what_is_asked_for_apart(post, http):
    letter = post(letters.welcome(), MO, JAN)
    found = get(http, f"/letters/{letter.id}")
    assert found["from"] == letters.HR
    assert found["sender"] == HR
    assert found["to"] == [MO, JAN]
    assert found["text"] == letters.WELCOME_TEXT
    assert found["has_html"]
    assert ["Message-ID", "<1@example.nl>"] in found["headers"]
    assert found["attachments"] == [
        {
            "name": "logo.png",
            "type": "image/png",
            "size": len(letters.LOGO),
            "is_inline": True,
        }
    ]
    assert found["size"] == len(letter.raw)


def test_html_may_neither_run_nor_fetch(post, http):
    post(letters.hostile("http://elsewhere.example"))
    response, body = http.ask("GET", "/letters/1/html")
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert not any("script" in each or "http" in each for each in policy)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["X-DNS-Prefetch-Control"] == "off"
    assert b"U heeft gewonnen" in body


def test_source_shows_a_letter_and_the_beginning_of_a_big_one(post, http):
    post(letters.text("Dag"))
    assert get(http, "/letters/1/source")["text"].endswith("\n\nDag\n")
    post(letters.with_pdf())
    found = get(http, "/letters/2/source")
    assert not found["is_whole"]
    assert len(found["text"]) < 250_000


def test_whole_letter_can_be_downloaded(post, http):
    letter = post(letters.with_pdf())
    response, body = http.ask("GET", "/letters/1/letter.eml")
    assert body == letter.raw
    disposition = response.headers["Content-Disposition"]
    assert disposition == "attachment; filename=letter-1.eml"


def test_attachment_can_be_downloaded(post, http):
    post(letters.with_pdf())
    response, body = http.ask("GET", "/letters/1/attachments/0")
    assert len(body) == 5_000_000
    assert response.headers["Content-Type"] == "application/pdf"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "contract%20%E2%80%93%20caf%C3%A9.pdf" in disposition
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize(
    "content", [letters.broken(), b"", bytes(range(256)), letters.only_an_attachment()]
)
def test_broken_letter_gives_no_error_anywhere(post, http, content):
    post(content)
    for path in ("", "/html", "/source", "/letter.eml"):
        assert http.ask("GET", f"/letters/1{path}")[0].status == 200


@pytest.mark.parametrize(
    "path", ["", "/html", "/source", "/letter.eml", "/attachments/0", "/attachments/9"]
)
def test_letter_that_is_not_kept_is_not_found(mailbox, post, http, path):
    post(letters.with_pdf(10))
    assert http.ask("GET", f"/letters/2{path}")[0].status == 404
    mailbox.clear()
    assert http.ask("GET", f"/letters/1{path}")[0].status == 404


def test_all_letters_can_be_cleared(mailbox, post, http, stream):
    post(letters.text())
    assert http.ask("GET", "/clear")[0].status == 405
    assert http.ask("POST", "/clear")[0].status == 200
    assert mailbox.letters == ()
    stream.until(lambda shown: shown["newest"] == 0)


def test_another_name_for_this_machine_is_refused(http, post):
    post(letters.text())
    for path in ("/", "/static/mailbox.css", "/letters/1", "/live"):
        assert status(http, path, Host="evil.example") == 403
    port = http.netloc.partition(":")[2]
    assert status(http, "/letters/1", Host=f"localhost:{port}") == 200


def status(http: Window, path, method="GET", **headers):
    return http.ask(method, path, **headers)[0].status


def test_another_page_in_the_same_browser_is_refused(mailbox, post, http):
    post(letters.text())
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        assert status(http, "/clear", "POST", Origin=origin) == 403
    assert len(mailbox.letters) == 1
    assert status(http, "/clear", "POST", Origin=mailbox.url) == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_link_from_elsewhere_opens_the_page_and_nothing_else(post, http, site):
    post(letters.text())
    link = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "navigate"}
    assert status(http, "/?letter=1", **link) == 200
    assert status(http, "/letters/1/letter.eml", **link) == 403
    assert status(http, "/", **link, Sec_Fetch_Dest="iframe") == 403
    picture = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "no-cors"}
    assert status(http, "/letters/1/attachments/0", **picture) == 403


def test_page_runs_nothing_inline_and_nothing_from_other_hosts(http):
    response, _ = http.ask("GET", "/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pages.py",
        "/static/%2e%2e/pages.py",
        "/static/%2e%2e/static/main.js",
        "/static/none.js",
        "/static/",
        "/shared/../pages.py",
        "/shared/etc/passwd",
    ],
)
def test_only_what_is_for_the_page_is_served(http, path):
    assert status(http, path) == 404


def test_modules_and_styles_come_as_what_they_are(http):
    for path, kind in (
        ("/static/main.js", "text/javascript"),
        ("/shared/live.js", "text/javascript"),
        ("/static/mailbox.css", "text/css"),
        ("/static/icon.svg", "image/svg+xml"),
    ):
        response, _ = http.ask("GET", path)
        assert response.headers["Content-Type"].partition(";")[0] == kind


def test_file_that_did_not_change_is_not_sent_again(http):
    response, _ = http.ask("GET", "/static/main.js")
    tag = response.headers["ETag"]
    again, body = http.ask("GET", "/static/main.js", If_None_Match=tag)
    assert (again.status, body) == (304, b"")


def test_other_machines_reach_neither_port(mailbox):
    for port in (mailbox.smtp_port, int(mailbox.url.rpartition(":")[2])):
        with socket.create_connection((HOST, port)) as connection:
            assert connection.getpeername()[0] == "127.0.0.1"
        with pytest.raises(OSError), socket.create_connection(("::1", port), 1):  # noqa: PT011
            pytest.fail("it listens on more than the loopback")
