"""What README tells a newcomer to do, done in the browser by clicking only."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from domain.secret import Secret
from tests import administering, employees_turn
from tests.administering import Administering
from tests.browser_person import BrowserPerson
from tests.domain.exports import reading
from tests.domain.runs.letters import texts_of_letters
from tests.employees_turn import FATIMA, EmployeesTurn
from tests.first_five_minutes import LABELS, FirstFiveMinutes
from tests.office_suite import read_with_libreoffice
from tests.sleutelbos.demo.conftest import desk
from tests.sleutelbos.demo.desk import free_block

__all__ = ["desk"]


@dataclass(frozen=True)
class Addresses:
    """What the terminal calls the pages."""

    mailbox: str
    portal: str
    channel: str


ADDRESSES = {
    "nl": Addresses("Postvak", "Inlogpagina", "algemeen"),
    "en": Addresses("Mailbox", "Sign-in page", "general"),
}
README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(params=LABELS)
def language(request):
    return request.param


@pytest.fixture
def demo(desk, language):
    port = str(free_block())
    with desk.opens("--port", port, SLEUTELBOS_LANGUAGE=language) as demo:
        yield demo.is_ready()


def test_from_the_staff_list_to_an_employee_who_gets_in(
    demo, language, windows, tmp_path
):
    slack, names = demo.address("Slack"), ADDRESSES[language]
    hanna = BrowserPerson(windows.open(slack))
    minutes = FirstFiveMinutes(hanna, LABELS[language], tmp_path)
    handed_over = minutes.play()
    heading, *rows = read_with_libreoffice(
        handed_over.workbook, handed_over.opening_password
    )
    lines = [dict(zip(heading, row, strict=True)) for row in rows]
    passwords = {line["Wachtwoord"] for line in lines}
    assert len(passwords) == len(lines) == handed_over.people
    line = next(each for each in lines if each["Voornaam"] == "Fatima")
    assert f"{line['Inlogpagina']}/" == demo.address(names.portal)
    locale = {"nl": "nl-NL", "en": "en-GB"}[language]
    turn = EmployeesTurn(
        page=windows.open(line["Inlogpagina"], width=390, locale=locale),
        fatima=BrowserPerson(windows.open(f"{slack}?as={FATIMA}")),
        hanna=hanna,
        mailbox=windows.open(demo.address(names.mailbox)),
        labels=employees_turn.LABELS[language],
    )
    # A refused password has a status of its own, which the browser notes.
    windows.tolerate("the server responded with a status of 403")
    turn.play(line["Gebruikersnaam"], Secret(line["Wachtwoord"]))
    letters = texts_of_letters(
        reading.decrypt(handed_over.letters.read_bytes(), handed_over.opening_password)
    )
    assert len(letters) == len(lines)
    # Everybody but Fatima, who is in by now.
    assert minutes.mails() == len(lines) - 1
    turn.mailbox.get_by_role("list").first.get_by_text(
        minutes.labels.letter
    ).first.click()
    letter = turn.mailbox.frame_locator("iframe")
    expect(letter.get_by_role("link", name=turn.labels.link).first).to_be_visible()
    Administering(hanna, turn.mailbox, administering.LABELS[language]).play()
    mo = BrowserPerson(windows.open(f"{slack}?as=mo"))
    mo.goes_to(names.channel)
    mo.types(f"{minutes.labels.command} logins rotterdam")
    mo.sees_modal(minutes.labels.branch_screen)


def test_readme_tells_the_same_in_the_same_order(language):
    _, _, after = README.read_text().partition("### The first five minutes\n")
    told, _, _ = after.partition("Then be somebody else")
    told = " ".join(told.split())
    labels, turn = LABELS[language], employees_turn.LABELS[language]
    admin, names = administering.LABELS[language], ADDRESSES[language]
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
        labels.letters,
        labels.export,
        labels.show_password,
        names.portal,
        names.mailbox,
        turn.user_name,
        turn.password,
        turn.save,
        turn.sign_out,
        turn.channel,
        turn.activate,
        turn.plea,
        turn.ask,
        turn.send,
        turn.link,
        labels.mailing,
        labels.mail,
        admin.cards,
        admin.email,
        admin.save,
        admin.moves,
        admin.move,
        admin.undo,
        admin.manage,
        admin.administrators,
        admin.user,
        admin.appoint,
        admin.settings,
        admin.log,
    ):
        marked = f"**{words}**" if language == "nl" else f"*{words}*"
        shown = next(each for each in (marked, f"`{words}`") if each in told)
        position = told.index(shown, position) + len(shown)
