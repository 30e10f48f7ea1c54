"""A letter as bytes: for one person, in two languages, the same every time."""

import email
import itertools
import re
from dataclasses import replace
from datetime import timedelta
from email import policy

import pytest

from domain.letters.composing import compose
from domain.letters.kinds import FROM_TEMPLATES, LetterKind
from domain.letters.mail_server import UndeliverableAddressError
from tests.domain.letters.conftest import SANNE

HEADERS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
}
VALUES = {
    LetterKind.ADDRESS_REPLACED: [
        {"new_address": "j•••@example.nl", "token": "t0ken-t0ken_t0ken"}
    ],
    LetterKind.CODE: [{"code": "482913"}],
    LetterKind.STEP_UP_CODE: [{"code": "482913"}],
    LetterKind.STEP_UP_SET: [
        *({"way": way} for way in ("mail", "app", "off")),
        {"way": "mail", "by": "operator"},
    ],
    LetterKind.RECOVERY_LINK: [
        {"token": "aVeryLongToken_-" * 3},
        {"token": "aVeryLongToken_-" * 3, "asked_in": "slack"},
    ],
    LetterKind.RECOVERY_LOCKED: [{}, {"asked_in": "slack"}],
    LetterKind.RECOVERY_INACTIVE: [{}, {"asked_in": "slack"}],
    LetterKind.FACTOR_SET: [
        *({"factor": factor} for factor in ("app", "mail", "recovery_codes")),
        {"factor": "mail", "by": "operator"},
    ],
    LetterKind.SLACK_LINKED: [{}, {"by": "administrator"}],
    LetterKind.FACTOR_REMOVED: [{}, {"by": "administrator"}],
}
KINDS = [kind for kind in LetterKind if kind not in FROM_TEMPLATES]
EVERY_LETTER = [
    (kind, values, language)
    for kind in KINDS
    for values in VALUES.get(kind, [{}])
    for language in ("nl", "en")
]


def _read(composed):
    return email.message_from_bytes(composed.content, policy=policy.default)


def _part(composed, subtype: str) -> str:
    return _read(composed).get_body((subtype,)).get_content()


@pytest.mark.parametrize(("kind", "values", "language"), EVERY_LETTER)
def test_each_letter_says_the_same_in_text_and_html(composed, kind, values, language):
    letter = composed(kind, language=language, **values)
    text, html = _part(letter, "plain"), _part(letter, "html")
    shown = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    for paragraph in text.split("\n\n"):
        for line in paragraph.splitlines():
            assert line.strip().removesuffix(":").replace("'", "&#39;") in shown
    assert f'<html lang="{language}">' in html
    assert _read(letter)["Content-Language"] == language


@pytest.mark.parametrize(("kind", "values", "language"), EVERY_LETTER)
def test_no_letter_fetches_anything_from_elsewhere(composed, kind, values, language):
    html = _part(composed(kind, language=language, **values), "html")
    addresses = re.findall(r"https?://[^\"'<>\s,.]+\.example\.nl", html)
    assert set(addresses) <= {"https://inloggen.example.nl"}
    for tag in ("<img", "<script", "<link", "<style", "url("):
        assert tag not in html


@pytest.mark.parametrize(("kind", "values", "language"), EVERY_LETTER)
def test_no_letter_has_other_headers(composed, kind, values, language):
    letter = _read(composed(kind, language=language, **values))
    assert set(letter.keys()) == HEADERS
    assert len(letter.keys()) == len(HEADERS)


def test_every_kind_of_letter_differs_between_the_languages(composed):
    subjects = {
        (kind, language): _read(composed(kind, language=language, **values))["Subject"]
        for kind, values, language in EVERY_LETTER
    }
    for kind in KINDS:
        assert subjects[kind, "nl"] != subjects[kind, "en"]


def test_a_code_stands_in_the_body_only(composed):
    letter = composed(code="482913")
    head, _, body = letter.content.partition(b"\r\n\r\n")
    assert b"482913" not in head
    assert body.count(b"482913") == 2
    assert all("482913" not in value for value in _read(letter).values())


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (LetterKind.RECOVERY_LINK, {"token": "t0ken-t0ken_t0ken"}),
        (LetterKind.RECOVERY_LOCKED, {}),
        (LetterKind.RECOVERY_INACTIVE, {}),
    ],
)
def test_what_was_asked_in_slack_says_so_and_nothing_else_besides(
    composed, kind, values
):
    for language, words in (("en", ", in Slack"), ("nl", " in Slack")):
        asked = composed(kind, language=language, **values)
        in_slack = composed(kind, language=language, asked_in="slack", **values)
        told = " ".join(_part(in_slack, "plain").split())
        assert told.count("Slack") == 1
        as_before = " ".join(_part(asked, "plain").split())
        assert told.replace(words, "") == as_before
        assert _read(in_slack)["Subject"] == _read(asked)["Subject"]


def test_a_link_is_built_from_the_configured_address(composed):
    letter = composed(LetterKind.RECOVERY_LINK, token="t0ken-t0ken_t0ken")
    link = "https://inloggen.example.nl/herstel/t0ken-t0ken_t0ken"
    assert link in _part(letter, "plain").splitlines()
    assert _part(letter, "html").count(link) == 2


def test_the_same_letter_is_the_same_to_the_byte(composed):
    assert composed().content == composed().content
    assert composed(number=1).content != composed(number=2).content


def test_a_letter_without_a_language_is_in_the_companys(composed):
    assert _read(composed(language=None))["Content-Language"] == "nl"
    assert _read(composed(language="de"))["Content-Language"] == "nl"


def test_answers_go_where_somebody_reads_them(composed):
    letter = _read(composed())
    assert str(letter["From"]) == "Personeelszaken <hr@example.nl>"
    assert str(letter["Reply-To"]) == "hr@example.nl"
    assert letter["Auto-Submitted"] == "auto-generated"


def test_a_moment_is_told_by_the_clock_in_the_netherlands(composed):
    assert "tot 10:40 uur" in _part(composed(), "plain")
    assert "until 10:40" in _part(composed(language="en"), "plain")


def test_a_link_for_days_names_its_last_day(composed, letter, letters_office, now):
    invitation = letter(
        LetterKind.RECOVERY_LINK, token="t" * 43, good_for=timedelta(days=7)
    )
    text = _part(compose(invitation, letters_office), "plain")
    assert "tot 27 november om 10:30 uur" in text


NASTY = ["\r\n", "\n", "\r", "\x0b", "\x00", "\u2028", "\u2029", "\x85"]
LURES = [
    "Bcc: evil@example.nl",
    "Subject: other",
    "To: evil@example.nl",
    "Content-Type: text/html",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% if %}",
    "{company} {first_name} %s %(x)s",
    '"><img src=x>',
    "=?utf-8?q?=0ABcc:evil=40example.nl?=",
    ".",
]
NAMES = [
    f"Jan{nasty}{lure}" for nasty, lure in itertools.product(["", " ", *NASTY], LURES)
]


@pytest.mark.parametrize("kind", [LetterKind.CODE, LetterKind.LOCKED_OUT])
def test_no_name_adds_a_recipient_or_a_header(composed, kind):
    for name in NAMES:
        letter = composed(kind, first_name=name)
        read = _read(letter)
        assert set(read.keys()) == HEADERS
        assert read["To"].addresses[0].addr_spec == SANNE
        assert len(read["To"].addresses) == 1
        html = _part(letter, "html")
        assert "<script" not in html
        assert "<img" not in html
        assert _part(letter, "plain").startswith("Hallo Jan")


def test_a_name_turns_no_text_around_it(composed):
    letter = composed(first_name="San\u202ene\u2066")
    assert _part(letter, "plain").startswith("Hallo Sanne,")


@pytest.mark.parametrize("address", ["søren@bücher.nl", "用户@例子.广告"])
def test_an_international_address_stands_in_the_header_as_it_is(composed, address):
    letter = composed(address=address)
    assert f"\r\nTo: {letter.to}\r\n".encode() in letter.content
    assert letter.is_international


@pytest.mark.parametrize(
    "company", ["Café 't Hoekje & Zn — " + "ë" * 30, "日本" * 30, "a, b; c: d"]
)
def test_a_long_name_of_a_company_survives_the_header(letter, letters_office, company):
    office = replace(letters_office, head=replace(letters_office.head, company=company))
    written = compose(letter(), office)
    assert _read(written)["Subject"] == f"Uw code om in te loggen bij {company}"
    assert written.content.isascii()


@pytest.mark.parametrize(
    "address",
    [
        "a@example.nl, b@example.nl",
        "a@example.nl;b@example.nl",
        "a@example.nl b@example.nl",
        "Groep: a@example.nl, b@example.nl;",
        "Groep: a@example.nl;",
        "Jan <a@example.nl>",
        "<a@example.nl>",
        "a@example.nl (Jan)",
        "(Jan) a@example.nl",
        "a(b)@example.nl",
        "a@example.nl\r\nBcc: b@example.nl",
        "a@example.nl\nRCPT TO:<b@example.nl>",
        "a@example.nl>",
        "a@example.nl> SIZE=1",
        '"a b"@example.nl',
        '"a@b"@example.nl',
        "a@b@example.nl",
        "@example.nl:a@example.nl",
        "a%b@example.nl@example.org",
        "a@[127.0.0.1]",
        "a@localhost",
        "a@example",
        "a@.example.nl",
        "a@example..nl",
        "a.@example.nl",
        ".a@example.nl",
        "a@-example.nl",
        "a@exa mple.nl",
        "a\u2028@example.nl",
        "a\u00a0b@example.nl",
        "a＠example.nl",
        "a@example。nl\u2028",
        "\x00a@example.nl",
        "a\x00@example.nl",
        "a" * 65 + "@example.nl",
        "a@" + "b" * 64 + ".nl",
        "",
        "@",
        "a@",
        "@example.nl",
        "a",
    ],
)
def test_what_is_not_exactly_one_address_gets_no_letter(composed, address):
    for more in ("", ",", ", ", "\r\n", "\t"):
        with pytest.raises(UndeliverableAddressError):
            composed(address=f"{address}{more}" if address else more)
