"""Letters in the words of a template, as a mail program reads them."""

import re
from dataclasses import replace

import pytest

from domain.letters.attachments import AttachedFile, guide_file
from domain.letters.composing import compose, language_of
from domain.letters.kinds import LetterKind
from domain.letters.mail_server import UndeliverableAddressError
from domain.letters.model import BuiltIn
from tests.domain.letters.templating import (
    ADDRESS,
    HEADERS,
    LINK,
    PASSWORD,
    access_letter,
    built_in,
    read,
    template,
    wording,
    written,
)

FILE = AttachedFile("Uitleg één.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 400)
BOTH = wording(
    "NL {{ link }}", "Onderwerp", subject_en="Subject", body_en="EN {{ link }}"
)


@pytest.mark.parametrize("which", BuiltIn)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_built_in_letter_says_the_same_in_text_and_html(
    letters_office, which, language
):
    password = PASSWORD if which is BuiltIn.PASSWORD else None
    letter = access_letter(language=language, password=password)
    got = written(built_in(which), letters_office, letter)
    shown = " ".join(re.sub(r"<[^>]+>", " ", got.html).split())
    for line in got.text.splitlines():
        words = line.strip().removeprefix("- ").removesuffix(":")
        for piece in re.split(r"(?<=\.) |https://\S+|sanne@\S+", words):
            assert piece.strip(" .") in shown
    assert got.language == language
    assert f'<html lang="{language}">' in got.html
    assert got.headers == HEADERS
    for sign in ("{{", "}}", "**", "None"):
        assert sign not in got.text + got.html


def test_a_link_on_its_own_is_a_button(letters_office):
    got = written(built_in(BuiltIn.LINK), letters_office)
    assert f"Kies een wachtwoord:\n{LINK}\n" in got.text
    assert f'<a href="{LINK}"' in got.html
    assert ">Kies een wachtwoord</a>" in got.html
    assert "Doet de knop het niet?" in got.html
    assert got.html.count(LINK) == 2
    assert "27 november om 10:30 uur" in got.text
    assert PASSWORD not in got.text


def test_a_password_on_its_own_is_framed(letters_office):
    letter = access_letter(password=PASSWORD)
    got = written(built_in(BuiltIn.PASSWORD), letters_office, letter)
    assert f"\n\n    {PASSWORD}\n\n" in got.text
    assert f">{PASSWORD}</td>" in got.html
    assert got.html.count(PASSWORD) == 1
    assert "/herstel/" not in got.text + got.html
    assert PASSWORD not in got.subject


@pytest.mark.parametrize(
    ("said", "wanted", "companys", "expected"),
    [
        (BOTH, "nl", "en", "nl"),
        (BOTH, "en", "nl", "en"),
        (BOTH, None, "en", "en"),
        (BOTH, "de", "nl", "nl"),
        (replace(BOTH, subject_en="", body_en=""), "en", "nl", "nl"),
        (replace(BOTH, subject_en="", body_en=""), "en", "en", "nl"),
        (replace(BOTH, subject_nl="", body_nl=""), "nl", "nl", "en"),
        (replace(BOTH, subject_nl="", body_nl=""), None, "en", "en"),
    ],
)
def test_a_letter_is_in_the_recipients_language_if_the_template_has_it(
    letters_office, said, wanted, companys, expected
):
    office = replace(letters_office, language=companys)
    letter = access_letter(language=wanted)
    got = written(said, office, letter)
    assert got.language == expected
    assert got.text == f"{expected.upper()} {LINK}\n"
    assert got.subject == {"nl": "Onderwerp", "en": "Subject"}[expected]
    assert language_of(letter, office, template(said)) == expected


def test_the_subject_is_filled_in_on_one_line(letters_office):
    said = wording(subject_nl="Voor {{ naam }} van {{ Branch }}: {{ geldig_tot }}")
    got = written(said, letters_office)
    assert got.subject == "Voor Sanne de Vries van Utrecht: 27 november om 10:30 uur"


def test_a_test_says_so_in_its_subject(letters_office):
    got = written(wording(), letters_office, access_letter(LetterKind.TEMPLATE_TEST))
    assert got.subject == "Test: Uw login"
    assert got.headers == HEADERS


def test_an_attachment_is_a_pdf_behind_the_text(letters_office):
    got = written(wording(), letters_office, attachment=FILE)
    assert got.attached == [(FILE.file_name, "application/pdf", FILE.content)]
    assert got.headers == HEADERS
    assert LINK in got.text
    assert LINK in got.html
    without = written(wording(), letters_office)
    assert (without.text, without.html) == (got.text, got.html)
    assert without.attached == []


def test_the_guide_goes_along(letters_office):
    got = written(built_in(BuiltIn.LINK), letters_office, attachment=guide_file("nl"))
    assert [content for _, _, content in got.attached] == [guide_file("nl").content]


@pytest.mark.parametrize("attachment", [None, FILE])
def test_the_same_letter_is_the_same_to_the_byte(letters_office, attachment):
    def once(number=1):
        fresh = attachment and replace(attachment)
        letter = access_letter(number=number)
        return compose(letter, letters_office, template(wording()), fresh).content

    assert once() == once()
    assert once(1) != once(2)
    assert f"Message-ID: <{1:032x}@example.nl>".encode() in once()


@pytest.mark.parametrize("attachment", [None, FILE])
def test_all_lines_of_a_letter_can_be_mailed(letters_office, attachment):
    said = wording("é" * 1500 + " {{ link }}", "ë" * 150)
    content = written(said, letters_office, attachment=attachment).composed.content
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_what_is_put_in_the_attachments_place_can_not_be_a_name(letters_office):
    said = wording("{{ naam }}\n=_place_=\n\n{{ link }}", "=_place_=")
    letter = access_letter(name="=_place_=")
    got = written(said, letters_office, letter, FILE)
    assert got.attached == [(FILE.file_name, "application/pdf", FILE.content)]
    assert got.text.startswith("=_place_=\n=_place_=\n")
    assert got.subject == "=_place_="


def test_no_letter_fetches_anything_from_elsewhere(letters_office):
    got = written(built_in(BuiltIn.LINK), letters_office, access_letter())
    addresses = re.findall(r"https?://[^\"'<>\s]+", got.html)
    assert {address.split("/herstel")[0] for address in addresses} == {
        "https://inloggen.example.nl"
    }
    for tag in ("<img", "<script", "<link", "<style", "url("):
        assert tag not in got.html


def test_a_letter_of_access_needs_its_template(letters_office):
    with pytest.raises(ValueError, match="template"):
        compose(access_letter(), letters_office)


def test_an_international_address_is_kept(letters_office):
    letter = access_letter(address="søren@bücher.nl")
    composed = compose(letter, letters_office, template(wording()), FILE)
    assert composed.is_international
    assert f"\r\nTo: {composed.to}\r\n".encode() in composed.content
    assert read(composed).attached[0][2] == FILE.content


@pytest.mark.parametrize(
    "address", [f"{ADDRESS}, evil@example.nl", f"{ADDRESS}\r\nBcc: evil@example.nl", ""]
)
def test_what_is_not_exactly_one_address_gets_no_letter(letters_office, address):
    with pytest.raises(UndeliverableAddressError):
        written(wording(), letters_office, access_letter(address=address))
