import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plain_text import clean, fold, strip

KEPT = [
    '=HYPERLINK("http://x.example")',
    "<!channel>",
    "O'Neill–Ångström 🍕",
    "علي",
    "👩\u200d🍳",
    "نامه\u200cای",
    "❤\ufe0f",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_can_be_seen_is_kept(text):
    assert clean(text) == text
    assert clean(f"\u00a0\u200b{text}\u200d\ufeff\n") == text


@pytest.mark.parametrize(
    "invisible",
    [
        *"\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2066\u2069\ufeff",
        *"\u202a\u202b\u202c\u202d\u202e \t\n\r\x0b\x0c\x1c\x85",
        *"\u00a0\u2003\u2028\u3000",
        *"\x00\x07\x1b\x7f\x9f\ufffe\u115f\u2800\u3164\uffa0",
    ],
)
def test_invisible_characters_around_a_value_go(invisible):
    assert clean(f"{invisible}Jan{invisible * 2}") == "Jan"
    assert strip(f"{invisible}Jan{invisible * 2}") == "Jan"
    assert clean(invisible) == ""


def test_blanks_inside_become_spaces_and_marks_inside_go():
    assert clean("Jan\u00a0de\r\nVries") == "Jan de Vries"
    assert clean("Jan\x0bsen") == "Jan sen"
    assert clean("Ja\u00adn\u200bsen\x07\u202e\ud800") == "Jansen"
    assert clean("Jose\u0301") == "José"


def test_stripping_leaves_the_inside_alone():
    assert strip(" a\u200b\nb ") == "a\u200b\nb"


def test_a_long_run_of_blanks_costs_no_more_than_its_length():
    text = "a" + "\u00a0" * 1_000_000 + "b"
    assert clean(text) == "a b"
    assert strip(text) == text


@given(st.text())
def test_clean_text_is_one_line_that_cleaning_leaves_alone(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert len(cleaned.splitlines()) <= 1
    assert cleaned == cleaned.strip()


@given(st.text(max_size=30))
def test_clean_text_can_be_written_to_a_workbook(text):
    cleaned = clean(text)
    book = openpyxl.Workbook()
    cell = book.active.cell(1, 1)
    cell.value = "x" + cleaned
    file = io.BytesIO()
    book.save(file)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_texts_are_compared_without_case_blanks_and_compatibility_forms():
    assert fold(" Café 't HOEKJE") == fold("cafe\u0301'THoekje")
    assert fold("ＵＴＲＥＣＨＴ") == "utrecht"
    assert fold("STRASSE") == fold("straße")
