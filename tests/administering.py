"""What README tells to do as somebody who administers, after the first handing out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser_person import BrowserPerson

NEW_ADDRESS: Final = "fatima@example.com"


@dataclass(frozen=True)
class Labels:
    """What Hanna reads and presses, in one language."""

    home: str
    channel: str
    board: str
    staff: str
    staff_menu: str
    cards: str
    find_card: str
    card: str
    email: str
    save: str
    saved: str
    not_right: str
    moves: str
    move_title: str
    compare: re.Pattern[str]
    move: str
    moved: str
    undo: str
    undo_title: str
    undone: str
    manage: str
    management: str
    administrators: str
    new: str
    who: str
    user: str
    branches: str
    address: str
    appoint: str
    appointed: str
    settings: str
    attempts: str
    log: str
    logged: str


DUTCH = Labels(
    home="Sleutelbos",
    channel="beheer-utrecht",
    board="Hoe ver uw vestigingen zijn",
    staff="/personeel",
    staff_menu="Personeel",
    cards="Stamkaarten",
    find_card="Zoek een stamkaart",
    card="Stamkaart",
    email="E-mailadres",
    save="Opslaan",
    saved="Opgeslagen.",
    not_right="Dit klopt niet",
    moves="Medewerker gegevens verplaatsen",
    move_title="Gegevens verplaatsen",
    compare=re.compile("Stamkaarten van .* vergelijken"),
    move="Verplaatsen",
    moved="Verplaatst:",
    undo="Ongedaan maken",
    undo_title="Ongedaan maken",
    undone="ongedaan gemaakt",
    manage="/beheer",
    management="Beheer",
    administrators="Gebruikersbeheer",
    new="Nieuwe beheerder",
    who="Wie",
    user="gebruiker",
    branches="Vestigingen",
    address="E-mailadres voor codes",
    appoint="Benoemen",
    appointed="Benoemd.",
    settings="Vestiging instellingen",
    attempts="Toegestane foute pogingen",
    log="Logboek",
    logged="Beheerder benoemd",
)
ENGLISH = Labels(
    home="Sleutelbos",
    channel="hr-admin-utrecht",
    board="How far your branches are",
    staff="/staff",
    staff_menu="Staff",
    cards="Record cards",
    find_card="Search for a record card",
    card="Record card",
    email="E-mail address",
    save="Save",
    saved="Saved.",
    not_right="This is not right",
    moves="Move employee data",
    move_title="Move data",
    compare=re.compile("Compare the cards of .*"),
    move="Move",
    moved="Moved:",
    undo="Undo",
    undo_title="Undo move",
    undone="was undone",
    manage="/manage",
    management="Management",
    administrators="Administrators",
    new="New administrator",
    who="Who",
    user="user",
    branches="Branches",
    address="E-mail address for codes",
    appoint="Appoint",
    appointed="Appointed.",
    settings="Branch settings",
    attempts="Wrong attempts allowed",
    log="Audit log",
    logged="Administrator appointed",
)
LABELS = {"nl": DUTCH, "en": ENGLISH}
Look = Callable[[str], None]


def _nobody_looks(_name: str) -> None:
    return


@dataclass(frozen=True)
class Administering:
    """Hanna at her page, and the mailbox; `look` is called at each screen."""

    hanna: BrowserPerson
    mailbox: Page
    labels: Labels
    look: Look = _nobody_looks

    def play(self) -> None:
        """The board, a card, two cards of one person, an administrator."""
        self.reads_the_board()
        self.changes_an_address()
        self.moves_and_undoes()
        self.appoints()
        self.opens_settings()
        self.reads_the_log()

    def reads_the_board(self) -> None:
        """How far each branch is."""
        self.hanna.goes_to(self.labels.home)
        self.hanna.sees(self.labels.board)
        self.look("home")

    def changes_an_address(self) -> None:
        """Fatima's, found by her name; both addresses get a letter."""
        hanna, labels = self.hanna, self.labels
        hanna.goes_to(labels.channel)
        hanna.types(labels.staff)
        hanna.sees_modal(labels.staff_menu)
        hanna.presses(labels.cards)
        hanna.sees_modal(labels.cards)
        hanna.chooses(labels.find_card, "fatima")
        hanna.sees_modal(labels.card)
        hanna.sees_button(labels.save)
        self.look("card")
        hanna.fills(labels.email, NEW_ADDRESS)
        hanna.presses(labels.save)
        hanna.sees(labels.saved)
        hanna.closes()
        letters = self.mailbox.get_by_role("list").first
        expect(letters.get_by_text(NEW_ADDRESS)).to_be_visible()
        letters.get_by_text("fatima.").first.click()
        letter = self.mailbox.frame_locator("iframe")
        expect(letter.get_by_role("link", name=labels.not_right)).to_be_visible()
        self.look("address-letter")

    def moves_and_undoes(self) -> None:
        """The first pair that is proposed; undone, because it was to look only."""
        hanna, labels = self.hanna, self.labels
        hanna.types(labels.staff)
        hanna.sees_modal(labels.staff_menu)
        hanna.presses(labels.moves)
        hanna.sees_modal(labels.move_title)
        button = hanna.modal.get_by_role("button", name=labels.compare).first
        expect(button).to_be_visible()
        self.look("pairs")
        button.click()
        hanna.sees_button(labels.move)
        self.look("move")
        hanna.presses(labels.move)
        hanna.sees(labels.moved)
        self.look("moved")
        hanna.presses(labels.undo)
        hanna.sees_modal(labels.undo_title)
        hanna.sees_button(labels.undo)
        hanna.presses(labels.undo)
        hanna.sees(labels.undone)
        hanna.closes()

    def appoints(self) -> None:
        """Mo, for the logins of Rotterdam."""
        hanna, labels = self.hanna, self.labels
        hanna.types(labels.manage)
        hanna.sees_modal(labels.management)
        hanna.presses(labels.administrators)
        hanna.sees_modal(labels.administrators)
        self.look("administrators")
        hanna.presses(labels.new)
        hanna.sees_modal(labels.new)
        hanna.chooses(labels.who, "mo")
        hanna.picks(labels.user)
        hanna.chooses(labels.branches, "Rotterdam")
        hanna.fills(labels.address, "mohamed@example.nl")
        self.look("appoint")
        hanna.presses(labels.appoint)
        hanna.sees(labels.appointed)
        hanna.closes()

    def opens_settings(self) -> None:
        """Those of Utrecht."""
        hanna, labels = self.hanna, self.labels
        hanna.types(labels.manage)
        hanna.sees_modal(labels.management)
        hanna.presses(labels.settings)
        hanna.presses_first("Utrecht")
        hanna.sees(labels.attempts)
        self.look("settings")
        hanna.closes()

    def reads_the_log(self) -> None:
        """What she just did is in it."""
        hanna, labels = self.hanna, self.labels
        hanna.types(labels.manage)
        hanna.sees_modal(labels.management)
        hanna.presses(labels.log)
        hanna.sees_modal(labels.log)
        hanna.sees(labels.logged)
        self.look("log")
        hanna.closes()
