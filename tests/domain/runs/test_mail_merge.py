"""The mail merge without us: a workbook that a run posted, merged in LibreOffice."""

import re
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

import tests
from domain.exports import built_in_letters
from domain.exports.columns import HEADINGS
from domain.exports.letter_words import WORDS
from domain.exports.word_fields import merge_fields
from tests.domain.runs.looking import opening_password
from tests.office_suite import mail_merge_or_skip, steered

pytestmark = pytest.mark.office

SCRIPT = Path(tests.__file__).parent / "merging_script.py"
LINE = re.compile(r"(\w+): \[(.*)\]")
STAFF = (
    {"number": "00007", "first_name": "José", "last_name": "Núñez y Ñíguez"},
    {"number": "000123", "first_name": "Zoë", "prefix": "van 't", "last_name": "Çelik"},
    {"number": "42", "first_name": "Gülşen", "prefix": "van der", "last_name": "Øst"},
    {"number": "1E5", "first_name": None, "last_name": "d'Ångström-Łukasz"},
    {"number": "007", "first_name": "=1+1", "last_name": "Smit & <b>Zn</b>"},
    {"number": "12-04", "first_name": "Ștefan", "last_name": "O’Brien", "city": "Ede"},
)


@pytest.fixture(autouse=True)
def _office_suite():
    mail_merge_or_skip()


@pytest.fixture
def database_url(sqlite_url):
    """A workbook is the same from either database."""
    return sqlite_url


@pytest.fixture
def handed_over(office, worker, drawer, keyring, start, clock):
    """The encrypted workbook of a run, its opening password, and what is in it."""
    for card in STAFF:
        office.add_login(card={"street": "Kade 1", "postal_code": "0123 AB"} | card)
    run_id = start()
    worker.works()
    (file_id,) = drawer.posted
    password = opening_password(office, keyring, run_id, clock)
    lines = [
        {heading: text or "" for heading, text in line.items()}
        for line in drawer.workbook(password)
    ]
    assert [line["Personeelsnummer"] for line in lines] != []
    assert len(lines) == len(STAFF)
    return drawer.contents[file_id], password, lines


@pytest.fixture
def merges(handed_over, tmp_path):
    """Merge a letter with it; gives every file of letters as the texts of its pages."""
    content, password, _lines = handed_over

    def merging(letter: str = "", *, in_one: bool) -> list[list[str]]:
        path = tmp_path / "werknemerslogins.xlsx"
        path.write_bytes(content)
        order = {
            "path": str(path),
            "password": password.reveal(),
            "folder": str(tmp_path),
            "letter": letter,
            "text": "".join(f"{name}: [{{{name}}}]\n" for name in HEADINGS),
            "in_one": in_one,
        }
        assert steered(SCRIPT, order) == list(HEADINGS)
        return [_pages(path) for path in sorted((tmp_path / "brieven").iterdir())]

    return merging


def _pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as letters:
        pages = [letters.get_page(number) for number in range(len(letters))]
        return [page.get_textpage().get_text_bounded() for page in pages]


def _letter_from_word(path: Path) -> str:
    """A letter as Word keeps it: a merge field is named, with a text in its place."""
    letter = Document()
    for heading in HEADINGS:
        paragraph = letter.add_paragraph(f"{heading}: [")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" MERGEFIELD {heading} \\* MERGEFORMAT ")
        paragraph._p.append(field)
        run = paragraph.add_run(f"«{heading}»")
        field.append(run._r)
        paragraph.add_run("]")
    letter.save(str(path))
    return str(path)


def test_everybody_gets_a_letter_of_their_own_with_what_the_workbook_says(
    handed_over, merges
):
    _content, _password, lines = handed_over
    letters = merges(in_one=False)
    assert [len(pages) for pages in letters] == [1] * len(STAFF)
    assert [dict(LINE.findall(pages[0])) for pages in letters] == lines


def test_all_letters_in_one_file_are_a_page_each(handed_over, merges):
    _content, _password, lines = handed_over
    (pages,) = merges(in_one=True)
    assert [dict(LINE.findall(page)) for page in pages] == lines


def test_a_letter_from_word_takes_the_same_workbook(handed_over, merges, tmp_path):
    _content, _password, lines = handed_over
    letter = _letter_from_word(tmp_path / "brief.docx")
    letters = merges(letter, in_one=False)
    assert [dict(LINE.findall(pages[0])) for pages in letters] == lines


@pytest.mark.parametrize("built_in", WORDS)
def test_the_built_in_word_template_takes_the_same_workbook(
    handed_over, merges, tmp_path, built_in
):
    _content, _password, lines = handed_over
    template = built_in_letters.template(built_in, "https://inloggen.example.nl")
    fields = merge_fields(template)
    assert set(fields) <= set(HEADINGS)
    letter = tmp_path / "sjabloon.docx"
    letter.write_bytes(template)
    letters = merges(str(letter), in_one=False)
    assert [len(pages) for pages in letters] == [1] * len(STAFF)
    for line, (page,) in zip(lines, letters, strict=True):
        said = " ".join(page.split())
        missing = [name for name in fields if " ".join(line[name].split()) not in said]
        assert missing == [], said
        assert "«" not in said


def test_numbers_keep_their_zeros_and_names_their_accents(merges):
    text = "\n".join(page for pages in merges(in_one=False) for page in pages)
    for said in ("[00007]", "[000123]", "[1E5]", "[12-04]", "[Zoë van 't Çelik]"):
        assert said in text
    assert re.search(r"Geldig_tot: \[27-11-2026 10:30\]", text)
    assert re.search(r"Postcode: \[0123 AB\]", text)
