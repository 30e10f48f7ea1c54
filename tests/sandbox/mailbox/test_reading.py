"""What is made out in letters, good and bad."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from sandbox.mailbox.html_document import document
from sandbox.mailbox.letter import Letter
from sandbox.mailbox.reading import content_of
from sandbox.mailbox.showing import detail, source
from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.letters import raw

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PLAIN = "Content-Type: text/plain; charset="


def letter(content: bytes) -> Letter:
    about = {"id": 1, "received_at": NOON, "sender": "", "to": ("mo@example.nl",)}
    return Letter(**about, raw=content, **vars(content_of(content)))


def names(content):
    return [each.name for each in content.attachments]


def test_letter_of_text_and_html_has_both():
    content = content_of(letters.welcome())
    assert content.text == letters.WELCOME_TEXT
    assert content.html.replace("\r\n", "\n") == letters.WELCOME_HTML
    assert content.defects == ()
    assert not content.is_broken


def test_picture_that_the_html_shows_is_inline():
    (picture,) = content_of(letters.welcome()).attachments
    assert (picture.name, picture.content_type) == ("logo.png", "image/png")
    assert picture.is_inline
    assert picture.content == letters.LOGO


def test_big_attachment_comes_through_byte_by_byte():
    content = content_of(letters.with_pdf(5_000_000))
    (pdf,) = content.attachments
    assert pdf.name == "contract \u2013 caf\u00e9.pdf"
    assert (pdf.content_type, len(pdf.content)) == ("application/pdf", 5_000_000)
    assert pdf.content[:300] == b"%PDF-1.7\n" + bytes(range(256)) + bytes(range(35))
    assert not pdf.is_inline


def test_letter_without_text_has_its_attachment():
    content = content_of(letters.only_an_attachment())
    assert (content.text, content.html) == ("", "")
    assert content.attachments[0].content == b"a;b\r\n"
    assert not content.is_broken


def test_letter_within_a_letter_is_one_attachment():
    content = content_of(letters.forwarded())
    assert content.text == "Ter info.\n"
    assert names(content) == ["Het rooster.eml"]
    assert content_of(content.attachments[0].content).text == "Zie bijlage.\n"


def test_nested_parts_are_found():
    content = content_of(letters.nested())
    assert content.text == "Diep, \u00e9\u00e9n"
    assert content.html == "<p>Diep</p>"
    assert names(content) == ["part-1.txt"]
    assert content.attachments[0].content == b"Voettekst van de lijst."


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        ("=?utf-8?Q?Caf=C3=A9?=", "Caf\u00e9"),
        ("=?UTF-8?b?Q2Fmw6k=?=", "Caf\u00e9"),
        ("=?iso-8859-1?q?Caf=E9_De?= =?iso-8859-1?q?_Brug?=", "Caf\u00e9 De Brug"),
        ("=?utf-8?q?twee?=\r\n =?utf-8?q?_regels?=", "twee regels"),
        ("een lange\r\n regel", "een lange regel"),
        (b"Caf\xc3\xa9", "Caf\u00e9"),
        (b"Caf\xe9", "Caf\u00e9"),
        ("=?nergens?q?Caf=E9?=", "Caf\ufffd"),
        ("=?utf-8?q?Caf=E9?=", "Caf\ufffd"),
        ("=?utf-8?b?%%%?=", "=?utf-8?b?%%%?="),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("", ""),
    ],
)
def test_subject_is_decoded_whatever_it_is_written_in(value, subject):
    line = value if isinstance(value, bytes) else value.encode()
    content = content_of(raw(b"Subject: " + line, "", "Dag"))
    assert content.headers.get("subject") == subject


def test_headers_keep_their_order_and_their_doubles():
    content = content_of(raw("X-A: 1", "Received: b", "x-a: 2", "", "Dag"))
    assert content.headers == (("X-A", "1"), ("Received", "b"), ("x-a", "2"))
    assert content.headers.every("X-a") == ("1", "2")
    assert content.headers.get("To", "niemand") == "niemand"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((f"{PLAIN}utf-8", "", "Caf\u00e9"), "Caf\u00e9"),
        ((f"{PLAIN}windows-1252", "", b"\x80 5"), "\u20ac 5"),
        ((f"{PLAIN}iso-8859-1", "", b"\x80 5"), "\u20ac 5"),
        ((f"{PLAIN}iso-8859-15", "", b"\xa4 5"), "\u20ac 5"),
        (
            (
                f"{PLAIN}utf-8",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                "Caf=C3=A9 =\r\nDe Brug",
            ),
            "Caf\u00e9 De Brug",
        ),
        (
            (f"{PLAIN}utf-16", "Content-Transfer-Encoding: base64", "", "//5DAOkA"),
            "C\u00e9",
        ),
    ],
)
def test_text_is_decoded_by_what_it_says_it_is(lines, text):
    content = content_of(raw("Subject: x", *lines))
    assert content.text == text
    assert content.defects == ()


@pytest.mark.parametrize(
    ("charset", "content", "text", "defect"),
    [
        ("utf-8", b"Caf\xe9", "Caf\u00e9", "is not in utf-8, as it says"),
        ("us-ascii", b"Caf\xc3\xa9", "Caf\u00e9", "is not in us-ascii, as it says"),
        ("x-nergens", b"Caf\xc3\xa9", "Caf\u00e9", "names a charset that nobody knows"),
        ("rot13", b"Dag", "Dag", "is not in rot13, as it says"),
        ("utf-8", b"\x81\xff", "\x81\u00ff", "is not in utf-8, as it says"),
        ("utf-7", b"+2AA-", "+2AA-", "is not in utf-7, as it says"),
    ],
)
def test_text_with_a_wrong_charset_is_readable_and_noted(
    charset, content, text, defect
):
    found = content_of(raw("Subject: x", f"{PLAIN}{charset}", "", content))
    assert found.text == text
    assert any(defect in each for each in found.defects)
    assert not found.is_broken


def test_text_beyond_ascii_without_a_charset_is_noted():
    found = content_of(raw("Subject: x", "", "Caf\u00e9"))
    assert found.text == "Caf\u00e9"
    assert found.defects == ("text/plain has bytes beyond ASCII and names no charset",)


@pytest.mark.parametrize(
    "lines",
    [
        ("Subject: x", 'Content-Type: multipart/mixed; boundary="a"', "", "niets"),
        ("Subject: x", "Content-Type: multipart/mixed", "", "--a", "", "niets"),
        ("zomaar wat tekst zonder kop",),
        (" Subject: ingesprongen", "", "x"),
        (bytes(range(256)),),
        ("",),
    ],
)
def test_broken_letter_is_known_as_broken(lines):
    broken = letter(raw(*lines))
    assert broken.is_broken
    assert source(broken)["is_whole"]
    json.dumps(detail(broken))


def test_letter_nested_too_deep_is_kept_as_broken():
    parts = [
        f'Content-Type: multipart/mixed; boundary="{each}"\r\n\r\n--{each}\r\n'
        for each in range(3000)
    ]
    broken = letter(("Subject: diep\r\n" + "".join(parts)).encode())
    assert broken.is_broken
    assert broken.defects


@pytest.mark.parametrize(
    ("claimed", "name"),
    [
        ('filename="../../etc/passwd"', "passwd"),
        (r'filename="C:\\temp\\list.csv"', "list.csv"),
        ("filename*=utf-8''caf%C3%A9.pdf", "caf\u00e9.pdf"),
        ('filename="=?utf-8?q?caf=C3=A9=2Epdf?="', "caf\u00e9.pdf"),
        ('filename="a\r\n\tb.txt"', "ab.txt"),
        ("filename*=utf-8''x%E2%80%AEfdp.exe", "xfdp.exe"),
        ("filename*=utf-8''a%0D%0ASet-Cookie:%20b", "aSet-Cookie_ b"),
        ('filename=""', "part-1.csv"),
        ('filename=".."', "part-1.csv"),
        (f'filename="{"a" * 300}.csv"', "a" * 116 + ".csv"),
    ],
)
def test_attachment_has_a_name_that_can_be_saved(claimed, name):
    lines = ["Subject: x", "Content-Type: text/csv"]
    disposition = f"Content-Disposition: attachment; {claimed}"
    assert names(content_of(raw(*lines, disposition, "", "a;b"))) == [name]


def test_attachment_of_a_mad_type_is_just_bytes():
    lines = ("Subject: x", "Content-Type: image/<svg onload=x>", "", "a")
    (found,) = content_of(raw(*lines)).attachments
    assert found.content_type == "application/octet-stream"


def test_header_too_long_to_decode_is_kept():
    content = content_of(raw("Subject: " + "=?utf-8?q?a?= " * 5000, "", "x"))
    assert content.headers.get("Subject").startswith("=?utf-8?q?a?=")
    assert content.defects == ("Subject: too long to be decoded",)


pieces = some.sampled_from(
    [
        b"Subject: ", b"From: ", b"To: ", b"Content-Type: ", b"multipart/mixed; ",
        b"message/rfc822", b"text/html; ", b"boundary=a", b"boundary=", b"charset=",
        b"Content-Transfer-Encoding: base64", b"Content-Disposition: attachment; ",
        b"filename=", b"filename*0*=", b"=?utf-8?q?", b"=?utf-8?b?", b"?=", b"\r\n",
        b"\r\n\r\n", b"--a\r\n", b"--a--", b"<a href=", b"<![x", b"<!--", b'"', b"@",
        b"\xff", b"\x00", b"cid:a", b" ", b"\t", b";", b"<", b">", b"(", b",", b":",
    ]
)  # fmt: skip


@given(some.one_of(some.binary(), some.lists(pieces, max_size=40).map(b"".join)))
@example(b"")
@example(b" \x80")
@example(b"To: <@>\r\n\r\n")
@example(b"Content-Type: text/html\r\n\r\n<![x")
def test_any_bytes_at_all_can_be_shown(content):
    found = letter(content)
    json.dumps(detail(found), ensure_ascii=False).encode()
    json.dumps(source(found), ensure_ascii=False).encode()
    document(found).encode()
    assert found.searched is not None
