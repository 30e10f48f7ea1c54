"""What docs/brieven.md and docs/letters.md tell HR is what HR gets to see."""

import re
from pathlib import Path

import pytest

import tests
from bot.locale.completeness import CATALOG
from domain.exports.columns import HEADINGS
from domain.exports.workbook import SHEET

DOCS = Path(tests.__file__).parents[1] / "docs"
DUTCH, ENGLISH = DOCS / "brieven.md", DOCS / "letters.md"
# Our labels are in italics, those of other programs in bold.
OURS = re.compile(r"(?<!\*)\*([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)")
LINK = re.compile(r"\]\(([^)#]+)\)")
SHAPE = re.compile(r"^(?:#+ |\d+\. |- |\|)", re.MULTILINE)
BOTH = pytest.mark.parametrize("page", [DUTCH, ENGLISH], ids=["nl", "en"])


def _ours(page):
    return {" ".join(label.split()) for label in OURS.findall(page.read_text())}


def test_every_label_of_ours_is_one_that_slack_shows():
    catalog = CATALOG.read()
    english = {message.id for message in catalog if isinstance(message.id, str)}
    dutch = {message.string for message in catalog}
    assert len(_ours(DUTCH)) >= 6
    assert _ours(DUTCH) <= dutch
    assert _ours(ENGLISH) <= english


def test_both_pages_speak_of_the_same_labels():
    catalog = CATALOG.read()
    translated = {catalog[label].string for label in _ours(ENGLISH) if label in catalog}
    assert translated == _ours(DUTCH)


@BOTH
def test_every_field_of_the_workbook_is_explained(page):
    text = page.read_text()
    rows = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    explained = [name for row in rows for name in row.split(", ") if name in HEADINGS]
    assert explained == list(HEADINGS)
    assert f"**{SHEET}**" in text


def test_both_pages_have_the_same_headings_steps_and_rows():
    shapes = [SHAPE.findall(page.read_text()) for page in (DUTCH, ENGLISH)]
    assert shapes[0] == shapes[1]


@BOTH
def test_every_link_leads_somewhere(page):
    text = page.read_text()
    links = LINK.findall(text)
    assert len(links) == 2
    for link in links:
        assert (page.parent / link).is_file(), link
    for anchor in re.findall(r"\]\(#([^)]+)\)", text):
        assert re.search(rf"^## {anchor}$", text, re.MULTILINE | re.IGNORECASE)
