import gc
import io
import itertools
import math
import re
import subprocess
import sys
from zipfile import ZIP_DEFLATED, ZipFile

import msoffcrypto
import pytest
from msoffcrypto.exceptions import InvalidKeyError
from openpyxl import load_workbook

from domain.exports.columns import HEADINGS
from domain.exports.workbook import build, encrypt, new_opening_password
from domain.logins.model import LoginId
from domain.secret import Secret
from tests.domain.exports import hostile, reading

PASSWORD = Secret("open-sesa-me42")
TEXT_FIELDS = (
    "number", "first_name", "prefix", "last_name", "full_name", "street",
    "postal_code", "city", "branch", "user_name", "password", "sign_in_page",
)  # fmt: skip

# Run apart: an audit hook stays for good, and so would a poisoned folder.
WATCHED_BUILD = """
import io, sys, tempfile
from dataclasses import replace
from domain.exports.workbook import build
from domain.secret import Secret
from tests.domain.exports.conftest import HANNA
from openpyxl import Workbook

tempfile.tempdir = "/nowhere/to/write"
rows = [replace(HANNA, login_id=number) for number in range(200)]
build(rows[:1], opening_password=Secret("x"))
opened = []
sys.addaudithook(lambda event, detail: opened.append((event, detail))
    if event in ("open", "os.mkdir", "os.rename", "tempfile.mkstemp") else None)
built = build(rows, opening_password=Secret("x"))
assert built.row_count == 200
print(len(opened), opened)
try:
    Workbook().save(io.BytesIO())
except FileNotFoundError:
    print("openpyxl alone asks for a temporary file:", len(opened) > 0)
"""


def _plain(rows):
    built = build(rows, opening_password=PASSWORD)
    return built, reading.decrypt(built.content, PASSWORD)


def _filled(texts):
    """Twelve texts as the fields of a row."""
    fields = dict(zip(TEXT_FIELDS, texts, strict=True))
    return fields | {"password": Secret(fields["password"])}


@pytest.fixture
def hostile_rows(row):
    """Rows whose every field but the date is hostile: 11,000 cells."""
    texts = itertools.cycle(hostile.WRITABLE)
    count = math.ceil(len(hostile.WRITABLE) / len(TEXT_FIELDS))
    return [
        row(login_id=LoginId(number), **_filled(itertools.islice(texts, 12)))
        for number in range(count)
    ]


def _read(text):
    """As a reader sees it: a text of blanks alone is an empty cell."""
    return "" if text.isspace() else text


def test_every_hostile_text_is_read_unchanged_by_both_libraries(hostile_rows):
    assert len(hostile_rows) * len(TEXT_FIELDS) >= 10_000
    built, plain = _plain(hostile_rows)
    expected = [list(HEADINGS)]
    expected += [[_read(text) for text in row.cells()] for row in hostile_rows]
    assert reading.with_openpyxl(plain) == expected
    assert reading.with_calamine(plain) == expected
    assert (built.row_count, built.refused) == (len(hostile_rows), ())


def test_no_text_becomes_a_formula_a_link_or_a_relation_to_the_outside(hostile_rows):
    _, plain = _plain(hostile_rows)
    parts = reading.parts(plain)
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert set(re.findall(r"<(\w+)", sheet.partition("<sheetData>")[2])) == {
        "row", "c", "is", "t", "autoFilter", "pageMargins",
    }  # fmt: skip
    assert set(re.findall(r'<c [^>]*?t="(\w+)"', sheet)) == {"inlineStr"}
    assert "External" not in "".join(
        text for name, text in parts.items() if name.endswith(".rels")
    )
    assert set(parts) == {
        "[Content_Types].xml", "_rels/.rels", "docProps/app.xml",
        "docProps/core.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/theme/theme1.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml",
    }  # fmt: skip


def test_rows_that_no_workbook_can_hold_are_named_and_the_others_delivered(row):
    poisoned = [
        {field: Secret(text) if field == "password" else text}
        for text in hostile.UNWRITABLE
        for field in TEXT_FIELDS
    ]
    rows = [row(login_id=LoginId(0), number="first")]
    rows += [row(login_id=LoginId(n), **at) for n, at in enumerate(poisoned, start=1)]
    rows += [row(login_id=LoginId(len(rows)), number="last")]
    built, plain = _plain(rows)
    assert built.refused == tuple(range(1, len(poisoned) + 1))
    assert built.row_count == 2
    assert [line[0] for line in reading.with_openpyxl(plain)[1:]] == ["first", "last"]
    assert [line[0] for line in reading.with_calamine(plain)[1:]] == ["first", "last"]


def test_one_poisoned_row_of_500_leaves_499_and_one_report(row):
    rows = [row(login_id=LoginId(n), number=f"{n:05}") for n in range(500)]
    rows[250] = row(login_id=LoginId(250), last_name="Jan\x0bsen")
    built, plain = _plain(rows)
    numbers = [line[0] for line in reading.with_calamine(plain)[1:]]
    assert numbers == [f"{n:05}" for n in range(500) if n != 250]
    assert built.refused == (LoginId(250),)


def test_the_heading_is_bold_frozen_and_filtered_and_every_cell_is_text(row):
    _, plain = _plain([row(), row()])
    sheet = load_workbook(io.BytesIO(plain))["Werknemerslogins"]
    assert all(cell.font.bold for cell in sheet[1])
    assert not any(cell.font.bold for cell in sheet[2])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:M3"
    assert {cell.number_format for line in sheet for cell in line} == {"@"}
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJKLM"]
    assert all(
        width >= len(heading) for width, heading in zip(widths, HEADINGS, strict=True)
    )


def test_rows_that_break_off_break_off_the_workbook(row):
    def rows():
        yield row()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        build(rows(), opening_password=PASSWORD)
    gc.collect()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_smallest_workbook_opens(row, count):
    _, plain = _plain([row() for _ in range(count)])
    assert len(reading.with_openpyxl(plain)) == 1 + count


@pytest.mark.parametrize("size", [4097, 7000, 400_000, 20_000_000])
def test_an_encrypted_file_of_any_size_is_read_back_unchanged(size):
    plain = reading.decrypt(encrypt(_package(size), PASSWORD), PASSWORD)
    with ZipFile(io.BytesIO(plain)) as archive:
        assert archive.read("xl/part.xml") == b"x" * size


def test_a_file_too_small_to_be_read_again_is_not_encrypted():
    with pytest.raises(ValueError, match="too small"):
        encrypt(_package(100), PASSWORD)


def _package(size):
    package = io.BytesIO()
    content_types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    )
    with ZipFile(package, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", content_types)
        archive.writestr("xl/part.xml", b"x" * size)
    return package


def test_a_wrong_password_does_not_open_the_workbook(row):
    content = build([row()], opening_password=PASSWORD).content
    with pytest.raises(InvalidKeyError):
        reading.decrypt(content, Secret("open-sesa-me43"))


def test_the_workbook_is_encrypted_with_aes_256_and_shows_no_password(row):
    content = build([row()], opening_password=PASSWORD).content
    info = msoffcrypto.OfficeFile(io.BytesIO(content)).info
    assert (info["passwordKeyBits"], info["passwordHashAlgorithm"]) == (256, "SHA512")
    for canary in ("kq7m-3xwe-9hrd-p2ta", "hanna@example.nl", PASSWORD.reveal()):
        for encoding in ("utf-8", "utf-16-le"):
            assert canary.encode(encoding) not in content


def test_building_opens_no_file_and_needs_no_temporary_folder():
    done = subprocess.run(
        [sys.executable, "-c", WATCHED_BUILD],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "0 []",
        "openpyxl alone asks for a temporary file: True",
    ]


def test_opening_passwords_are_groups_that_can_be_read_out_with_100_bits():
    passwords = {new_opening_password().reveal() for _ in range(10_000)}
    assert len(passwords) == 10_000
    symbols = set("".join(passwords)) - {"-"}
    assert all(re.fullmatch(r"(\w{4}-){5}\w{4}", password) for password in passwords)
    assert not symbols & set("01ilo")
    assert 24 * math.log2(len(symbols)) >= 100
