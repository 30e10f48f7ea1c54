"""The guides that go along with letters, as they stand in the tree."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

import portal
from domain.letters.kinds import CODE_LIFE, LINK_LIFE
from domain.sign_in.one_time_codes import RECOVERY_CODES
from domain.sign_in.password_rules import SHORTEST
from domain.sign_in.recovery_limits import HOUR, OF_A_LOGIN
from domain.sign_in.sessions import IDLE
from tests.guide import sources
from tests.guide.document import (
    LANGUAGES,
    PICTURES,
    UnknownLabelError,
    document,
    label,
    slack_label,
)

PORTAL = Path(portal.__file__).parent
LARGEST = 700_000
A4 = (595, 842)
HEADING = re.compile(r"<h[12]>(.*?)</h[12]>")
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def guide(language):
    with pypdfium2.PdfDocument(sources.guide_path(language)) as opened:
        yield opened


def _text(guide):
    pages = [page.get_textpage().get_text_bounded() for page in guide]
    return " ".join(" ".join(pages).split())


def _headings(language):
    html = document(language, dict.fromkeys(PICTURES, ""))
    return HEADING.findall(html)


@BOTH
def test_the_guide_is_of_todays_text_and_pages(language):
    assert language not in sources.outdated()


@BOTH
def test_the_guide_is_two_to_four_pages_of_a4_and_small_enough_for_every_letter(
    language, guide
):
    assert 2 <= len(guide) <= 4
    for page in guide:
        assert page.get_size() == pytest.approx(A4, abs=1)
    assert sources.guide_path(language).stat().st_size < LARGEST


@BOTH
def test_every_heading_of_the_text_is_on_paper_in_its_order(language, guide):
    text = _text(guide)
    headings = _headings(language)
    assert len(headings) == 8
    places = [text.find(heading) for heading in headings]
    assert -1 not in places, headings
    assert places == sorted(places)


@BOTH
def test_every_page_that_is_spoken_of_is_pictured(guide):
    pictures = [
        one
        for page in guide
        for one in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,))
    ]
    assert len(pictures) == len(PICTURES)


@BOTH
def test_nothing_lies_outside_the_pages(guide):
    for page in guide:
        width, height = page.get_size()
        for one in page.get_objects():
            left, bottom, right, top = one.get_bounds()
            assert left >= 0
            assert bottom >= 0
            assert right <= width
            assert top <= height


@BOTH
def test_the_guide_names_no_company_no_address_and_nobody(language, guide):
    text = _text(guide)
    for name in ("De Gouden Lepel", "http", "www.", "127.0.0.1", "@", "Anna"):
        assert name not in text


@BOTH
def test_a_screen_reader_hears_the_language_and_what_the_pictures_show(language):
    content = sources.guide_path(language).read_bytes()
    assert f"/Lang ({language})".encode() in content
    assert content.count(b"/Alt") == len(PICTURES)


def test_the_rules_are_still_those_that_the_texts_tell():
    """Twelve characters, ten minutes, half an hour, three links an hour, ten codes."""
    assert SHORTEST == 12
    assert timedelta(minutes=10) == CODE_LIFE
    assert timedelta(minutes=30) == LINK_LIFE == IDLE
    assert (HOUR, 3) in OF_A_LOGIN
    assert RECOVERY_CODES == 10


@BOTH
@pytest.mark.parametrize("of", [label, slack_label])
def test_a_button_that_nobody_sees_is_not_spoken_of(language, of):
    with pytest.raises(UnknownLabelError):
        of(language, "A button of years ago")


@pytest.mark.parametrize(
    ("name", "word", "other"),
    [
        ("templates/second_step.html", "No e-mail?", "Nothing yet?"),
        ("static/portal.css", "#14532d", "#2d1453"),
        ("refusals.py", "Signing in did not work", "That was not it"),
    ],
)
@BOTH
def test_a_page_that_changes_makes_the_guide_outdated(
    language, name, word, other, tmp_path
):
    pages = shutil.copytree(PORTAL, tmp_path / "portal")
    before = sources.digest(language)
    assert sources.digest(language, pages) == before
    text = (pages / name).read_text()
    assert word in text
    (pages / name).write_text(text.replace(word, other))
    assert sources.digest(language, pages) != before


@BOTH
def test_no_hour_and_no_machine_is_in_what_the_guide_was_made_of(language):
    parts = "\n".join(sources.parts(language))
    assert "POT-Creation-Date" not in parts
    assert "Babel" not in parts
    assert str(PORTAL.parent) not in parts


@BOTH
def test_a_page_that_the_guide_does_not_show_may_change(language, tmp_path):
    pages = shutil.copytree(PORTAL, tmp_path / "portal")
    with (pages / "templates" / "my_data.html").open("a") as page:
        page.write("<p>{{ _('Something new') }}</p>")
    assert sources.digest(language, pages) == sources.digest(language)


@BOTH
def test_a_guide_that_make_guide_did_not_write_is_noticed(language, tmp_path):
    folder = shutil.copytree(sources.FOLDER, tmp_path / "guide")
    assert sources.outdated(folder) == []
    with sources.guide_path(language, folder).open("ab") as guide:
        guide.write(b" ")
    assert sources.outdated(folder) == [language]
