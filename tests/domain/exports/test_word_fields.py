import io
import zipfile

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from domain.exports.built_in_letters import template
from domain.exports.columns import HEADINGS
from domain.exports.letter_words import WORDS
from domain.exports.model import ReadyLetters
from domain.exports.word_fields import merge_fields, nearest
from domain.exports.word_package import LARGEST
from domain.exports.word_problems import WordProblem, WordTemplateRefusedError
from domain.exports.workbook import encrypt, new_opening_password
from tests.domain.exports.word_files import (
    add_field,
    document,
    every_field,
    with_parts,
)

PAGE = "https://inloggen.example.nl"
GOOD = document("MERGEFIELD Naam")
END = b"</Relationships>"
OUTSIDE = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument'
    b'/2006/relationships/%s" Target="%s" TargetMode="External"/></Relationships>'
)


def relation(kind, target):
    return [(END, OUTSIDE % (kind.encode(), target.encode()))]


def put_in_body(tag, parent="w:p"):
    def change(made):
        made.paragraphs[0]._p.append(OxmlElement(tag))

    return change


def nested(made):
    paragraph = made.add_paragraph()
    outer = OxmlElement("w:fldSimple")
    outer.set(qn("w:instr"), ' HYPERLINK "x" ')
    paragraph._p.append(outer)
    add_field(paragraph, "MERGEFIELD Naam")
    for run in list(paragraph._p)[1:]:
        outer.append(run)


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 41 * 1024 * 1024)
    return file.getvalue()


def twice():
    file = io.BytesIO(GOOD)
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(file, "a") as archive,
    ):
        archive.writestr("word/document.xml", b"<a/>")
    return file.getvalue()


def entities(part=b"word/document.xml"):
    doctype = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document '
    return with_parts(GOOD, replace=[(b"<w:document ", doctype)])


REFUSED = {
    "empty": (lambda: b"", WordProblem.EMPTY),
    "large": (lambda: b"PK" + b"x" * LARGEST, WordProblem.TOO_LARGE),
    "bomb": (bomb, WordProblem.TOO_LARGE),
    "text": (lambda: b"Beste Jan", WordProblem.NO_WORD),
    "cut off": (lambda: GOOD[: len(GOOD) // 2], WordProblem.NO_WORD),
    "a part twice": (twice, WordProblem.DAMAGED),
    "a doctype": (entities, WordProblem.DAMAGED),
    "encrypted": (
        lambda: encrypt(io.BytesIO(GOOD), new_opening_password()),
        WordProblem.PROTECTED,
    ),
    "macros": (
        lambda: with_parts(GOOD, {"word/vbaProject.bin": b"x"}),
        WordProblem.MACROS,
    ),
    "macro type": (
        lambda: with_parts(
            GOOD,
            replace=[
                (
                    b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                    b"vnd.ms-word.document.macroEnabled.main",
                )
            ],
        ),
        WordProblem.MACROS,
    ),
    "a template file": (
        lambda: with_parts(
            GOOD, replace=[(b"document.main+xml", b"template.main+xml")]
        ),
        WordProblem.NO_WORD,
    ),
    "a remote picture": (
        lambda: with_parts(GOOD, replace=relation("image", "https://x.example/a.png")),
        WordProblem.POINTS_OUTSIDE,
    ),
    "a remote template": (
        lambda: with_parts(
            GOOD, replace=relation("attachedTemplate", "https://x.example/a.dotm")
        ),
        WordProblem.POINTS_OUTSIDE,
    ),
    "a link to a file": (
        lambda: with_parts(GOOD, replace=relation("hyperlink", "file:///c:/x")),
        WordProblem.POINTS_OUTSIDE,
    ),
    "an object": (
        lambda: with_parts(GOOD, replace=relation("oleObject", "x.bin")),
        WordProblem.EMBEDS,
    ),
    "another document": (
        lambda: with_parts(GOOD, replace=relation("aFChunk", "x.html")),
        WordProblem.EMBEDS,
    ),
    "a footnote": (
        lambda: document("MERGEFIELD Naam", change=put_in_body("w:footnoteReference")),
        WordProblem.NOTES,
    ),
    "tracked changes": (
        lambda: document("MERGEFIELD Naam", change=put_in_body("w:ins")),
        WordProblem.CHANGES_TRACKED,
    ),
    "another field": (
        lambda: document("MERGEFIELD Naam", "INCLUDETEXT x"),
        WordProblem.OTHER_FIELD,
    ),
    "the next record": (
        lambda: document("MERGEFIELD Naam", "NEXT"),
        WordProblem.OTHER_FIELD,
    ),
    "DDE": (lambda: document("DDEAUTO c:\\x"), WordProblem.OTHER_FIELD),
    "a field in a field": (
        lambda: document("MERGEFIELD Naam", change=nested),
        WordProblem.FIELD_IN_FIELD,
    ),
    "upper case": (
        lambda: document("MERGEFIELD Wachtwoord \\* Upper"),
        WordProblem.FIELD_CHANGES_VALUE,
    ),
    "relations in upper case": (
        lambda: with_parts(GOOD, {"word/_rels/settings.xml.RELS": b"<a/>"}),
        WordProblem.DAMAGED,
    ),
    "relations percent-encoded": (
        lambda: with_parts(GOOD, {"word/_rels/settings.xml.%72els": b"<a/>"}),
        WordProblem.DAMAGED,
    ),
    "an unknown target mode": (
        lambda: with_parts(
            GOOD,
            replace=[(END, OUTSIDE.replace(b"Ext", b"ext") % (b"image", b"http://x"))],
        ),
        WordProblem.DAMAGED,
    ),
    "a header without .xml": (
        lambda: with_parts(
            GOOD,
            replace=[
                (
                    b"<Default ",
                    (
                        b'<Default Extension="hdr" ContentType="application/vnd.'
                        b"openxmlformats-officedocument.wordprocessingml.header+xml"
                        b'"/><Default '
                    ),
                )
            ],
        ),
        WordProblem.DAMAGED,
    ),
    "DDE in another part": (
        lambda: with_parts(
            GOOD,
            {
                "word/other.xml": b'<w:p xmlns:w="http://schemas.openxmlformats.org/'
                b'wordprocessingml/2006/main"><w:fldSimple w:instr="DDEAUTO x"/></w:p>'
            },
        ),
        WordProblem.OTHER_FIELD,
    ),
    "too many tags": (
        lambda: with_parts(GOOD, {"word/o.xml": b"<a>" + b"<b/>" * 400_000 + b"</a>"}),
        WordProblem.TOO_LARGE,
    ),
    "no fields": (document, WordProblem.NO_FIELDS),
    "a date only": (lambda: document("DATE \\@ d"), WordProblem.NO_FIELDS),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_proper_template_is_refused_with_its_reason(what):
    make, problem = REFUSED[what]
    with pytest.raises(WordTemplateRefusedError) as refusal:
        merge_fields(make())
    assert refusal.value.problem is problem


@pytest.mark.parametrize("cut", range(0, 2000, 97))
def test_a_package_with_a_changed_byte_is_taken_or_refused_and_never_fails(cut):
    damaged = bytearray(GOOD)
    damaged[cut * 7 % len(damaged)] ^= 0xFF
    try:
        assert merge_fields(bytes(damaged)) == ("Naam",)
    except WordTemplateRefusedError:
        return


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Gebruikersnaan", "Gebruikersnaam"),
        ("wachtwoord", "Wachtwoord"),
        ("Geldig tot", "Geldig_tot"),
        ("Voornam", "Voornaam"),
        ("xyz123", ""),
    ],
)
def test_an_unknown_field_is_named_with_the_nearest_right_one(typed, right):
    with pytest.raises(WordTemplateRefusedError) as refusal:
        merge_fields(document("MERGEFIELD Naam", f'MERGEFIELD "{typed}"'))
    error = refusal.value
    assert (error.problem, error.found) == (WordProblem.UNKNOWN_FIELD, (typed,))
    assert error.nearest == nearest(typed) == right


@pytest.mark.parametrize("simple", [True, False])
def test_the_fields_are_read_in_both_ways_in_which_word_writes_them(simple):
    assert merge_fields(every_field(simple=simple)) == HEADINGS


def test_a_field_in_a_header_counts(row):
    content = document("MERGEFIELD Naam", header="MERGEFIELD Vestiging")
    assert set(merge_fields(content)) == {"Naam", "Vestiging"}


def test_a_link_and_the_list_of_words_own_mail_merge_may_be_there():
    for kind, target in (
        ("hyperlink", "https://inloggen.example.nl"),
        ("mailMergeSource", "file:///C:/lijst.xlsx"),
    ):
        content = with_parts(GOOD, replace=relation(kind, target))
        assert merge_fields(content) == ("Naam",)


@pytest.mark.parametrize("built_in", WORDS)
def test_the_built_in_letters_ask_for_columns_of_the_workbook_only(built_in):
    fields = merge_fields(template(built_in, PAGE))
    assert set(fields) <= set(HEADINGS)
    wanted = {"Naam", "Gebruikersnaam", "Wachtwoord", "Geldig_tot", "Inlogpagina"}
    assert wanted <= set(fields)


def test_a_built_in_letter_is_the_same_whenever_it_is_made():
    for built_in in (ReadyLetters.BUILT_IN_NL, ReadyLetters.BUILT_IN_EN):
        assert template(built_in, PAGE) == template(built_in, PAGE)
