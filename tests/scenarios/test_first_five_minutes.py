"""What README tells a newcomer to do, done in the browser by clicking only."""

from pathlib import Path

import pytest

from tests.browser_person import BrowserPerson
from tests.first_five_minutes import LABELS, FirstFiveMinutes
from tests.office_suite import read_with_libreoffice
from tests.sleutelbos.demo.conftest import desk
from tests.sleutelbos.demo.desk import free_block

__all__ = ["desk"]

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(params=LABELS)
def language(request):
    return request.param


@pytest.fixture
def demo(desk, language):
    port = str(free_block())
    with desk.opens("--port", port, SLEUTELBOS_LANGUAGE=language) as demo:
        yield demo.is_ready()


def test_from_the_staff_list_to_the_opened_workbook(demo, language, windows, tmp_path):
    page = windows.open(demo.address("Slack"))
    hanna = BrowserPerson(page)
    handed_over = FirstFiveMinutes(hanna, LABELS[language], tmp_path).play()
    heading, *rows = read_with_libreoffice(
        handed_over.workbook, handed_over.opening_password
    )
    passwords = {row[heading.index("Wachtwoord")] for row in rows}
    assert len(passwords) == len(rows) == handed_over.people


def test_readme_tells_the_same_in_the_same_order(language):
    _, _, after = README.read_text().partition("### The first five minutes\n")
    told, _, _ = after.partition("Then be somebody else")
    told = " ".join(told.split())
    labels = LABELS[language]
    position = 0
    for words in (
        labels.channel,
        labels.staff_list,
        labels.command,
        labels.importing,
        labels.check,
        labels.importing,
        labels.creating,
        labels.create,
        labels.close,
        labels.activating,
        labels.activate,
        labels.close,
        labels.exporting,
        labels.export,
        labels.show_password,
    ):
        marked = f"**{words}**" if language == "nl" else f"*{words}*"
        shown = next(each for each in (marked, f"`{words}`") if each in told)
        position = told.index(shown, position) + len(shown)
