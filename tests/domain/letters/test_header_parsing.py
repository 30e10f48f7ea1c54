"""Letters with shared headers are the bytes that `email` itself would write."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

import pytest

from domain.letters.header_parsing import INTERNATIONAL, POLICY

NAMES = ("", "Sanne de Wit", "Zoë", "A. \u202e(x)", "李小龙", "Jan, <x@y.nl>", "é" * 90)


def written(policy, number, name, to):
    message = EmailMessage(policy)
    message["From"] = Address(name, "hr", "example.nl")
    message["To"] = to
    message["Auto-Submitted"] = "auto-generated"
    message["Subject"] = f"{name} {number}"
    message.set_content("é" * number, cte="quoted-printable", charset="utf-8")
    message.add_alternative("<p>é", subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{number}")
    message["Content-Language"] = ("nl", "en")[number % 2]
    return message.as_bytes()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("shared", "plain", "to"),
    [
        (POLICY, SMTP, "sanne@example.nl"),
        (INTERNATIONAL, SMTPUTF8, Address("", "sanné", "example.nl")),
    ],
)
def test_a_letter_is_the_same_to_the_byte(shared, plain, to, name):
    for number in range(100):
        assert written(shared, number, name, to) == written(plain, number, name, to)


def test_a_header_of_two_lines_is_refused_every_time():
    for _ in range(2):
        message = EmailMessage(POLICY)
        with pytest.raises(ValueError, match="linefeed"):
            message["Content-Language"] = "nl\r\nBcc: mallory@example.com"


@pytest.mark.parametrize("name", ["Content-Language", "CONTENT-LANGUAGE"])
def test_a_header_keeps_the_name_that_it_was_given(name):
    message = EmailMessage(POLICY)
    message[name] = "nl"
    assert message.as_bytes().startswith(f"{name}: nl\r\n".encode())
