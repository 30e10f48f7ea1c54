import io
import os
import struct
import tracemalloc
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from domain.importing import staff_lists
from domain.importing.spreadsheet import MAX_ROWS
from domain.importing.unpacking import MAX_UNPACKED, check_workbook
from domain.importing.unreadable import Unreadable, UnreadableListError
from domain.record_cards.fields import Reason
from tests.domain.importing import workbooks
from tests.domain.importing.test_sample_lists import ORDINARY
from tests.domain.importing.workbooks import (
    BRANCH,
    LAST_NAME,
    NUMBER,
    package,
    sheet_xml,
    text_row,
)

HEADINGS = text_row(1, NUMBER, LAST_NAME, BRANCH)
GOOD = package(sheet_xml(HEADINGS + text_row(2, "1", "Wit", "Utrecht")))


def _reason(file, now):
    with pytest.raises(UnreadableListError) as caught:
        staff_lists.read(file, now=now)
    return caught.value.reason


def _said(file, now):
    """What the list says, or the one reason why it is refused."""
    try:
        return repr(staff_lists.read(file, now=now))
    except UnreadableListError as error:
        return error.reason.value


def test_the_hand_made_workbook_is_a_good_one(now):
    assert len(staff_lists.read(GOOD, now=now).checked.cards) == 1


# No workbook at all.


def _word_document():
    return package("<x/>").replace(b"xl/", b"wd/")


@pytest.mark.parametrize(
    "content",
    [
        b"Personeelsnummer;Achternaam;Vestiging\n1;Wit;Utrecht\n",
        b"<html><table><tr><td>Personeelsnummer</td></tr></table></html>",
        b"%PDF-1.7",
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096),
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        GOOD[:-30],
        GOOD[: len(GOOD) // 2],
        GOOD[:400] + bytes(200) + GOOD[600:],
        GOOD.replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"),
        b"\x00" * 1000,
        _word_document(),
    ],
    ids=[
        "csv", "html", "pdf", "xls", "zip start", "empty zip", "cut short", "cut",
        "overwritten", "of a later age", "zeros", "word",
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused(content, now):
    assert _reason(content, now) is Unreadable.NOT_A_WORKBOOK


def test_a_zip_of_something_else_is_no_workbook(now):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hallo")
    assert _reason(file.getvalue(), now) is Unreadable.NOT_A_WORKBOOK


def test_an_empty_file_is_refused(now, tmp_path):
    (tmp_path / "leeg.xlsx").touch()
    assert _reason(tmp_path / "leeg.xlsx", now) is Unreadable.EMPTY
    assert _reason(b"", now) is Unreadable.EMPTY


def test_a_folder_or_a_path_that_leads_nowhere_is_refused(now, tmp_path):
    assert _reason(tmp_path, now) is Unreadable.NO_FILE
    assert _reason(tmp_path / "weg.xlsx", now) is Unreadable.NO_FILE
    assert _reason(ORDINARY / "lijst.xlsx", now) is Unreadable.NO_FILE
    assert _reason(tmp_path / ("x" * 300), now) is Unreadable.NO_FILE


def test_a_file_that_may_not_be_read_is_refused(now, tmp_path):
    # A link to itself is what even root can't read.
    path = tmp_path / "dicht.xlsx"
    path.symlink_to(path)
    assert _reason(path, now) is Unreadable.NO_FILE


def test_a_pipe_or_a_device_is_refused_without_waiting_for_it(now, tmp_path):
    os.mkfifo(tmp_path / "pijp.xlsx")
    assert _reason(tmp_path / "pijp.xlsx", now) is Unreadable.NO_FILE
    assert _reason(Path(os.devnull), now) is Unreadable.NO_FILE


def test_an_encrypted_workbook_is_refused(now):
    sealed = io.BytesIO()
    with ORDINARY.open("rb") as file:
        msoffcrypto.format.ooxml.OOXMLFile(file).encrypt("geheim", sealed)
    assert _reason(sealed.getvalue(), now) is Unreadable.ENCRYPTED


def test_a_workbook_without_headings_is_refused(now):
    assert _reason(workbooks.workbook([]), now) is Unreadable.NO_HEADING_ROW
    rows = [["naam", "plaats"], ["Wit", "Utrecht"]]
    assert _reason(workbooks.workbook(rows), now) is Unreadable.NO_HEADING_ROW


def test_a_list_without_a_required_column_says_which(now):
    file = workbooks.workbook(["x"], [[NUMBER, "Voornaam", "Plaats"], ["1", "a", "b"]])
    with pytest.raises(UnreadableListError) as caught:
        staff_lists.read(file, now=now)
    assert caught.value.reason is Unreadable.COLUMNS_MISSING
    assert caught.value.columns == ("last_name", "branch")


# Too large, or made to seem small.


def _with_part(content: bytes, claimed: int | None = None) -> bytes:
    """A workbook with one more part, which may lie about its size."""
    packed = package(sheet_xml(HEADINGS), {"xl/media/x.bin": content})
    if claimed is None:
        return packed
    true, lie = struct.pack("<L", len(content)), struct.pack("<L", claimed)
    assert packed.count(true) == 2
    return packed.replace(true, lie)


def test_a_workbook_that_unpacks_to_too_much_is_refused(now):
    assert _reason(_with_part(bytes(MAX_UNPACKED)), now) is Unreadable.TOO_LARGE


def test_what_the_archive_says_of_its_sizes_is_not_believed(now):
    file = _with_part(bytes(MAX_UNPACKED), claimed=10)
    assert len(file) < 300_000
    assert _reason(file, now) is Unreadable.TOO_LARGE


def test_unpacked_bytes_are_counted_over_all_parts():
    file = _with_part(bytes(50_000))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        total = sum(part.file_size for part in archive.infolist())
    check_workbook(file, limit=total)
    with pytest.raises(UnreadableListError):
        check_workbook(file, limit=total - 1)


def test_parts_that_overlap_are_counted_each_time():
    """One packed part, named by a thousand lines of the directory."""
    packed = _with_part(bytes(1_000_000))
    end = packed.rindex(b"PK\x05\x06")
    line_start = packed.rindex(b"PK\x01\x02", 0, end)
    line = packed[line_start:end]
    directory_start = packed.index(b"PK\x01\x02")
    lines = packed[directory_start:end] + line * 999
    count = 6 + 999
    tail = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(lines), directory_start, 0
    )
    with pytest.raises(UnreadableListError) as caught:
        check_workbook(packed[:directory_start] + lines + tail)
    assert caught.value.reason is Unreadable.TOO_LARGE


def test_counting_takes_a_little_memory_at_a_time():
    file = _with_part(bytes(30_000_000))
    tracemalloc.start()
    try:
        check_workbook(file)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000


def test_two_cells_far_apart_do_not_take_the_memory_between_them(now):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    file = package(sheet_xml(HEADINGS + far))
    assert _reason(file, now) is Unreadable.TOO_LARGE


def _repeating(text: str, rows: int, cells: int) -> bytes:
    """A workbook of a few kilobytes with one text in so many cells."""
    strings = (
        '<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxml'
        f'formats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>'
    )
    row = '<c t="s"><v>0</v></c>' * cells
    body = "".join(f'<row r="{at}">{row}</row>' for at in range(2, rows + 2))
    types = workbooks.CONTENT_TYPES.replace(
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    relations = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.'
        'openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        ' Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>'
    )
    extra = {
        "[Content_Types].xml": types,
        "xl/_rels/workbook.xml.rels": relations,
        "xl/sharedStrings.xml": strings,
    }
    return package(sheet_xml(HEADINGS + body), extra)


def test_one_long_text_in_every_cell_does_not_take_memory_for_each(now):
    """A gigabyte and a half of repeats in a workbook of a few kilobytes."""
    file = _repeating("x" * 30_000, rows=5_000, cells=10)
    assert len(file) < 30_000
    assert _reason(file, now) is Unreadable.TOO_LARGE


def test_what_the_reading_process_can_hold_does_not_fill_our_memory(now):
    """A hundred megabytes, within the reading process' limits and past ours."""
    file = _repeating("x" * 1_000, rows=36_000, cells=3)
    assert _reason(file, now) is Unreadable.TOO_LARGE


def test_more_rows_than_any_company_has_people_are_refused(now):
    rows = "".join(
        f'<row r="{row}"><c><v>1</v></c></row>' for row in range(2, MAX_ROWS + 3)
    )
    file = package(sheet_xml(HEADINGS + rows))
    assert _reason(file, now) is Unreadable.TOO_LARGE


def test_of_an_endless_text_is_kept_what_shows_that_it_is_too_long(now):
    row = text_row(2, "1", "x" * 30_000, "Utrecht")
    file = package(
        sheet_xml(text_row(1, NUMBER, LAST_NAME, BRANCH, "y" * 30_000) + row)
    )
    read = staff_lists.read(file, now=now)
    ((problem,),) = [line.problems for line in read.checked.refused]
    assert (problem.reason, problem.value) == (Reason.TOO_LONG, "x" * 1000)
    assert read.unknown_columns == ("y" * 1000,)


# XML with a plan.

ENTITIES = (
    "<!DOCTYPE x ["
    '<!ENTITY file SYSTEM "file:///etc/passwd">'
    '<!ENTITY web SYSTEM "http://127.0.0.1:9/">'
    '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize("entity", ["file", "web", "c"])
def test_entities_of_the_files_own_are_never_expanded(entity, now):
    row = text_row(2, "1", f"Wit&{entity};", "Utrecht")
    file = package(sheet_xml(HEADINGS + row, before=ENTITIES))
    said = _said(file, now)
    assert "root:" not in said
    assert "lollol" not in said


def test_macros_are_not_looked_at(now):
    extra = {"xl/vbaProject.bin": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)}
    file = package(sheet_xml(HEADINGS + text_row(2, "1", "Wit", "Utrecht")), extra)
    assert len(staff_lists.read(file, now=now).checked.cards) == 1


def test_names_that_point_outside_the_archive_write_nothing(now, tmp_path):
    target = tmp_path / "evil"
    extra = {f"../../../../../..{target}": b"x", str(target): b"x"}
    file = package(sheet_xml(HEADINGS + text_row(2, "1", "Wit", "Utrecht")), extra)
    assert len(staff_lists.read(file, now=now).checked.cards) == 1
    assert not target.exists()


def test_reading_passes_on_none_of_our_tokens(now, tmp_path, monkeypatch):
    """The reading process starts by importing what stands first on our path."""
    seen = tmp_path / "seen"
    (tmp_path / "python_calamine.py").write_text(
        f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))\nboom"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")
    assert _reason(GOOD, now) is Unreadable.NOT_A_WORKBOOK
    assert "PYTHONPATH" in seen.read_text()
    assert "canary" not in seen.read_text()


# Damage of any kind.


@pytest.mark.parametrize("step", range(40))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(step, now):
    start = step * len(GOOD) // 40
    damaged = GOOD[:start] + bytes(255 - b for b in GOOD[start : start + 3])
    damaged += GOOD[start + 3 :]
    assert _said(damaged, now)


def test_a_workbook_with_a_damaged_sheet_is_refused_whole(now):
    """The first rows are fine and were read already."""
    rows = "".join(text_row(row, str(row), "Wit", "Utrecht") for row in range(2, 9_000))
    file = package(sheet_xml(HEADINGS + rows + "<row r='x'><c r='1'><v>"))
    assert _reason(file, now) is Unreadable.NOT_A_WORKBOOK


def test_other_compressions_than_excels_are_refused(now):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", workbooks.CONTENT_TYPES)
    assert _reason(file.getvalue(), now) is Unreadable.NOT_A_WORKBOOK


def test_parts_that_are_stored_as_they_are_count_too():
    file = io.BytesIO(GOOD)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/x.bin", bytes(50_000))
    check_workbook(file.getvalue())
    with pytest.raises(UnreadableListError) as caught:
        check_workbook(file.getvalue(), limit=50_000)
    assert caught.value.reason is Unreadable.TOO_LARGE


def test_an_archive_with_a_password_is_refused_as_encrypted(now):
    """Bit 0 of the flags, at byte 8 of each line of the directory."""
    line = GOOD.index(b"PK\x01\x02")
    flagged = GOOD[: line + 8] + b"\x01" + GOOD[line + 9 :]
    assert _reason(flagged, now) is Unreadable.ENCRYPTED


def test_a_file_too_large_to_unpack_is_not_even_looked_into():
    with pytest.raises(UnreadableListError) as caught:
        check_workbook(bytes(1001), limit=1000)
    assert caught.value.reason is Unreadable.TOO_LARGE


def test_a_workbook_that_openpyxl_saves_is_never_refused(now):
    book = openpyxl.Workbook()
    book.active.append([NUMBER, LAST_NAME, BRANCH])
    assert staff_lists.read(workbooks.saved(book), now=now).checked.cards == ()
