import subprocess
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
import segno
from docx import Document
from lxml import etree

from domain.exports import merge_letters, qr_code
from domain.exports.built_in_letters import template
from domain.exports.columns import HEADINGS
from domain.exports.letter_words import WORDS
from domain.exports.model import ReadyLetters
from domain.exports.word_fields import merge_fields
from domain.exports.word_package import W
from domain.exports.workbook import build, new_opening_password
from tests.domain.exports import reading
from tests.domain.exports.hostile import UNWRITABLE, WRITABLE
from tests.domain.exports.word_files import every_field, with_parts
from tests.domain.runs.letters import texts_of_letters
from tests.office_suite import office_or_skip

PAGE = "https://inloggen.example.nl/"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
LOOK_ALIKES = [
    "{ MERGEFIELD Wachtwoord }",
    "«Wachtwoord»",
    "{{ wachtwoord }}",
    "</w:t></w:r><w:r><w:t>x",
    "<w:fldSimple w:instr='INCLUDETEXT x'/>",
    "]]><!--",
    "&lt;&#13;",
    " begin en eind ",
    "{0} %s $x \\1",
]


def merged(rows, content, page=PAGE):
    password = new_opening_password()
    built = merge_letters.build(
        rows, content, sign_in_page=page, opening_password=password
    )
    return built, reading.decrypt(built.content, password)


def lines_of(plain):
    """What each field of each letter shows, with its breaks and tabs."""
    found, letter = [], {}
    for paragraph in Document(BytesIO(plain)).paragraphs:
        name, _bracket, rest = paragraph.text.partition(": [")
        if name in HEADINGS:
            letter[name] = rest.removesuffix("]")
        if len(letter) == len(HEADINGS):
            found.append(letter)
            letter = {}
    return found


def unbroken(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("simple", [True, False])
def test_each_letter_says_what_the_row_of_its_employee_says(row, simple):
    rows = [row(number=str(number), full_name=f"Jan {number}") for number in range(5)]
    built, plain = merged(rows, every_field(simple=simple))
    said = [dict(zip(HEADINGS, each.cells(), strict=True)) for each in rows]
    assert lines_of(plain) == said
    assert (built.row_count, built.refused) == (5, ())


def test_hostile_names_come_out_literally(row):
    texts = [text for text in (*LOOK_ALIKES, *WRITABLE) if len(text) < 1000]
    _built, plain = merged([row(last_name=text) for text in texts], every_field())
    said = [line["Achternaam"] for line in lines_of(plain)]
    assert said == [unbroken(text) for text in texts]
    body = etree.fromstring(ZipFile(BytesIO(plain)).read("word/document.xml"))
    assert (
        next(body.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"), None) is None
    )


@pytest.mark.parametrize("text", UNWRITABLE)
def test_whom_no_letter_can_name_is_left_out_by_name(row, text):
    rows = [row(), row(login_id=8, last_name=text), row()]
    built, plain = merged(rows, every_field())
    assert (built.row_count, built.refused) == (2, (8,))
    assert len(lines_of(plain)) == 2


@pytest.mark.parametrize("built_in", WORDS)
def test_whatever_must_be_there_once_is(row, built_in):
    _built, plain = merged([row() for _ in range(30)], template(built_in, PAGE))
    package = ZipFile(BytesIO(plain))
    body = etree.fromstring(package.read("word/document.xml"))
    pictures = [each.get("id") for each in body.iter(f"{WP}docPr")]
    assert len(pictures) == len(set(pictures)) == 30
    assert len(package.namelist()) == len(set(package.namelist()))
    assert len(texts_of_letters(plain)) == 30


def test_each_letter_has_its_own_header_with_its_own_name(row):
    content = every_field(header="MERGEFIELD Naam")
    names = [f"Jan {number}" for number in range(4)]
    _built, plain = merged([row(full_name=name) for name in names], content)
    sections = Document(BytesIO(plain)).sections
    said = [section.header.paragraphs[0].text for section in sections]
    assert said == [f"Voor [{name}]" for name in names]


@pytest.mark.parametrize("target", ["/word/header1.xml", "../word/header1.xml"])
def test_a_header_is_found_wherever_its_name_begins(row, target):
    content = with_parts(
        every_field(header="MERGEFIELD Naam"),
        replace=[(b'Target="header1.xml"', f'Target="{target}"'.encode())],
    )
    assert f'Target="{target}"'.encode() in ZipFile(BytesIO(content)).read(
        "word/_rels/document.xml.rels"
    )
    _built, plain = merged([row(full_name="Jan"), row(full_name="Piet")], content)
    with ZipFile(BytesIO(plain)) as package:
        said = [
            package.read(name).decode()
            for name in package.namelist()
            if "header" in name and name.endswith(".xml")
        ]
    assert any("Jan" in each for each in said)
    assert any("Piet" in each for each in said)


def test_one_letter_is_encrypted_and_opens(row):
    built, plain = merged([row()], template(ReadyLetters.BUILT_IN_NL, PAGE))
    assert not built.content.startswith(b"PK")
    assert "kq7m-3xwe-9hrd-p2ta" in texts_of_letters(plain)[0]


def test_the_code_is_that_of_todays_sign_in_page(row):
    old = template(ReadyLetters.BUILT_IN_NL, "https://oud.example.nl")
    _built, plain = merged([row()], old)
    assert ZipFile(BytesIO(plain)).read("word/media/image1.png") == qr_code.draw(PAGE)


def test_the_same_template_has_the_fields_that_the_workbook_has_columns_for(row):
    password = new_opening_password()
    workbook = build([row()], opening_password=password)
    plain = reading.decrypt(workbook.content, password)
    headings = reading.with_openpyxl(plain)[0]
    for content in (
        *(template(built_in, PAGE) for built_in in WORDS),
        every_field(),
        every_field(simple=True),
    ):
        assert set(merge_fields(content)) <= set(headings)


def as_pdf(plain, folder):
    office, _python = office_or_skip()
    path = folder / "brieven.docx"
    path.write_bytes(plain)
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation={folder.as_uri()}/profile",
            *("--convert-to", "pdf", "--outdir", folder, path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return pypdfium2.PdfDocument(path.with_suffix(".pdf"))


@pytest.mark.office
@pytest.mark.parametrize("built_in", WORDS)
def test_libreoffice_makes_a_page_for_each_employee_with_only_theirs_on_it(
    row, tmp_path, built_in
):
    people = [
        {
            "full_name": f"Jan-{number} Núñez & <b>",
            "user_name": f"jan-{number}@example.nl",
            "street": None if number % 2 else "Kade 1",
            "last_name": "x",
        }
        for number in range(12)
    ]
    rows = [row(**person) for person in people]
    _built, plain = merged(rows, template(built_in, PAGE))
    with as_pdf(plain, tmp_path) as pdf:
        assert len(pdf) == len(people)
        for page, person in zip(pdf, people, strict=True):
            text = page.get_textpage().get_text_bounded()
            assert person["full_name"] in text
            assert person["user_name"] in text
            assert "kq7m-3xwe-9hrd-p2ta" in text
            assert "27-11-2026 10:30" in text
            assert "«" not in text
            others = [each for each in people if each is not person]
            assert not any(each["user_name"] in text for each in others)
            assert modules_on(page) == modules_of(PAGE)


def modules_of(address):
    code = segno.make(address, error="m", micro=False)
    return [[bool(module) for module in line] for line in code.matrix]


def modules_on(page):
    """The code on a page, out of the one picture that it has."""
    pictures = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    (picture,) = pictures
    bitmap = picture.get_bitmap()
    border, size = 4, len(modules_of(PAGE))
    module = bitmap.width / (size + 2 * border)
    pixels, channels = bytes(bitmap.buffer), bitmap.n_channels

    def is_dark(x, y):
        line = int((y + border + 0.5) * module) * bitmap.stride
        return pixels[line + int((x + border + 0.5) * module) * channels] < 128

    return [[is_dark(x, y) for x in range(size)] for y in range(size)]
