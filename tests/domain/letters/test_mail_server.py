"""The settings about mail, taken apart."""

import pytest

from domain.letters.mail_server import (
    MailServer,
    MailSettingError,
    MailSettingProblem,
    Security,
    Sender,
    deliverable,
)
from domain.secret import Secret


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.nl", ("mail.example.nl", 25, Security.NONE, None)),
        ("smtp://mail.example.nl:2525", ("mail.example.nl", 2525, "smtp", None)),
        ("smtps://mail.example.nl", ("mail.example.nl", 465, "smtps", None)),
        (
            "smtp+starttls://hr%40example.nl:p%40ss%2Fw%23%25@mail.example.nl",
            (
                "mail.example.nl",
                587,
                "smtp+starttls",
                ("hr@example.nl", Secret("p@ss/w#%")),
            ),
        ),
        ("smtp://a:b@127.0.0.1:1025", ("127.0.0.1", 1025, "smtp", ("a", Secret("b")))),
        (" smtp://[::1]:25/ ", ("::1", 25, "smtp", None)),
    ],
)
def test_a_mail_server_is_read_from_its_url(url, server):
    found = MailServer.from_url(url)
    assert (found.host, found.port, found.security, found.login) == server


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.nl:25",
        "http://mail.example.nl",
        "smtp://",
        "smtp://:25",
        "smtp://mail.example.nl:0",
        "smtp://mail.example.nl:99999",
        "smtp://mail.example.nl:abc",
        "smtp://mail.example.nl/inbox",
        "smtp://mail.example.nl?tls=1",
        "smtps://hr@mail.example.nl",
        "smtps://hr:@mail.example.nl",
        "smtps://:secret@mail.example.nl",
        "smtps://hr:wacht%0Awoord@mail.example.nl",
        "smtps://hr:wachtwoörd@mail.example.nl",
        "smtps://hr:sec#ret@mail.example.nl",
        "smtp://[::1",
    ],
)
def test_another_url_is_refused(url):
    with pytest.raises(MailSettingError) as raised:
        MailServer.from_url(url)
    assert raised.value.problem is MailSettingProblem.UNREADABLE


def test_a_password_leaves_this_machine_encrypted_or_not_at_all():
    with pytest.raises(MailSettingError) as raised:
        MailServer.from_url("smtp://hr:secret@mail.example.nl")
    assert raised.value.problem is MailSettingProblem.PASSWORD_IN_CLEAR


def test_a_mail_server_prints_no_password():
    assert "hush" not in repr(MailServer.from_url("smtps://hr:hush@mail.example.nl"))


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("hr@example.nl", ("", "hr@example.nl")),
        ("<hr@example.nl>", ("", "hr@example.nl")),
        (
            "De Vries & Zn. B.V. <hr@example.nl>",
            ("De Vries & Zn. B.V.", "hr@example.nl"),
        ),
        ('"Vries, de" <hr@example.nl>', ("Vries, de", "hr@example.nl")),
        ("Café Zoë <hr@bücher.nl>", ("Café Zoë", "hr@xn--bcher-kva.nl")),
    ],
)
def test_a_sender_is_an_address_with_or_without_a_name(text, sender):
    found = Sender.from_text(text)
    assert (found.name, found.address) == sender


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hr",
        "a@example.nl, b@example.nl",
        "A <a@example.nl>, B <b@example.nl>",
        "HR\r\nBcc: b@example.nl <a@example.nl>",
        "HR\x00 <a@example.nl>",
        "a@example.nl <b@example.nl>",
        "søren@example.nl",
        "x" * 101 + " <a@example.nl>",
    ],
)
def test_what_is_not_one_plain_address_sends_no_letters(text):
    with pytest.raises(MailSettingError) as raised:
        Sender.from_text(text)
    assert raised.value.problem is MailSettingProblem.NO_ADDRESS


def test_an_international_domain_is_known_by_its_ascii_form():
    assert deliverable("info@bücher.nl") == "info@xn--bcher-kva.nl"
    assert deliverable("søren@bücher.nl") == "søren@xn--bcher-kva.nl"


def test_the_exact_owner_gets_a_letter_and_no_namesake_in_other_letters():
    assert deliverable("mıke@example.nl") != deliverable("mike@example.nl")
