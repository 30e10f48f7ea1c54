import io

import openpyxl
import pytest

from domain import text_workbook
from domain.text_workbook import TextSheet, is_writable, writable

HOSTILE = [
    "=1+1", '=HYPERLINK("http://x.example")', "+31", "-1", "@SUM(A1)", "\tx", "00104",
    "https://x.example", "1e5", "2026-11-20", "a\rb\nc", "<&>", "TRUE", "🍕",
]  # fmt: skip


@pytest.fixture
def nothing_on_disk(tmp_path, monkeypatch):
    """Whatever is written to a temporary file fails."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))


def read(*sheets):
    file = io.BytesIO()
    text_workbook.write(file, *sheets)
    return openpyxl.load_workbook(file)


def test_every_cell_is_the_text_it_was_given(nothing_on_disk):
    rows = [(text, str(index)) for index, text in enumerate(HOSTILE)]
    book = read(TextSheet("Een", ("Tekst", "Nummer"), (40, 10), rows))
    sheet = book["Een"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert [cell.value for cell in cells] == [text for row in rows for text in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:B{len(rows) + 1}")
    assert sheet["A1"].font.bold


def test_each_sheet_has_its_own_rows():
    sheets = [TextSheet(name, (name,), (10,), [(name * 2,)]) for name in ("a", "b")]
    book = read(*sheets)
    assert book.sheetnames == ["a", "b"]
    assert [book[name]["A2"].value for name in "ab"] == ["aa", "bb"]


def test_what_no_cell_can_hold_becomes_a_question_mark():
    for text in ("a\x0bb", "_x0041_", "\ud800", "x" * 40_000):
        assert not is_writable(text)
        assert is_writable(writable(text))
    assert writable("a\x0bb") == "a?b"
    assert all(writable(text) == text for text in HOSTILE)
