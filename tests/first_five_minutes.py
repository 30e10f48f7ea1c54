"""The first five minutes as README tells them, played in the workspace page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from domain.secret import Secret
from tests.browser_person import BrowserPerson
from tests.passwords import OPENING_PASSWORD

WORKBOOK = re.compile(r"Download werknemerslogins-")
READY_LETTERS = re.compile(r"Download brieven-")


@dataclass(frozen=True)
class Labels:
    """What she reads and presses, in one language."""

    channel: str
    staff_list: str
    command: str
    importing: str
    check: str
    imported: str
    creating: str
    create: str
    created: str
    activating: str
    activate: str
    activated: str
    exporting: str
    letters: str
    which_letter: str
    export: str
    started: str
    handed_over: str
    show_password: str
    this_opens: str
    menu: str
    branch_screen: str
    close: str
    mailing: str
    mail: str
    mailed: str
    letter: str


DUTCH = Labels(
    channel="beheer-utrecht",
    staff_list="personeelslijst-utrecht.xlsx",
    command="/personeel",
    menu="Personeel",
    importing="Importeren",
    check="Controleren",
    imported="De lijst is geïmporteerd.",
    branch_screen="Werknemerslogins",
    creating="Maak werknemerslogins aan",
    create="Aanmaken",
    created="werknemerslogins zijn aangemaakt.",
    activating="Maak werknemerslogins actief",
    activate="Activeren",
    activated="werknemerslogins zijn nu actief.",
    exporting="Reset wachtwoorden en exporteer data",
    letters="Maak ook brieven",
    which_letter="Met welk Word-sjabloon?",
    export="Exporteren",
    started="De taak is gestart",
    handed_over="medewerkers hebben een nieuw eerste wachtwoord.",
    show_password="Toon openingswachtwoord",
    this_opens="Hiermee opent u werknemerslogins-",
    close="Sluiten",
    mailing="Reset wachtwoorden en stuur email voor aantal logins = 0",
    mail="E-mails versturen",
    mailed="medewerkers hebben een e-mail gekregen.",
    letter="Uw werknemerslogin bij Utrecht",
)
ENGLISH = Labels(
    channel="hr-admin-utrecht",
    staff_list="staff-list-utrecht.xlsx",
    command="/staff",
    menu="Staff",
    importing="Import",
    check="Check",
    imported="The list is imported.",
    branch_screen="Employee logins",
    creating="Create employee logins",
    create="Create",
    created="employee logins were created.",
    activating="Activate employee logins",
    activate="Activate",
    activated="employee logins are active now.",
    exporting="Reset passwords and export data",
    letters="Also make letters",
    which_letter="From which Word template?",
    export="Export",
    started="The task has started",
    handed_over="people have a new initial password.",
    show_password="Show opening password",
    this_opens="This opens werknemerslogins-",
    close="Close",
    mailing="Reset passwords and send email for number of logins = 0",
    mail="Send e-mails",
    mailed="people have been sent an e-mail.",
    letter="Your employee login at Utrecht",
)
LABELS = {"nl": DUTCH, "en": ENGLISH}
Look = Callable[[str], None]


@dataclass(frozen=True)
class HandedOver:
    """The workbook and the letters on her own disk, and what opens them."""

    workbook: Path
    letters: Path
    opening_password: Secret
    people: int


@dataclass(frozen=True)
class FirstFiveMinutes:
    """Hanna at her page; `look` is called at each screen with its name."""

    hanna: BrowserPerson
    labels: Labels
    folder: Path
    look: Look = lambda _name: None

    def play(self) -> HandedOver:
        """From the staff list to the opened workbook."""
        self.imports()
        self.creates()
        self.activates()
        people = self.exports()
        return self.takes_workbook(people)

    def imports(self) -> None:
        """Fetch the list from the channel, and import it."""
        hanna, labels = self.hanna, self.labels
        hanna.goes_to(labels.channel)
        self.look("channel")
        path = hanna.downloads(labels.staff_list, self.folder)
        hanna.types(labels.command)
        hanna.sees_modal(labels.menu)
        self.look("menu")
        hanna.presses(labels.importing)
        hanna.sees_modal(labels.importing)
        hanna.attaches(path)
        self.look("import-file")
        hanna.presses(labels.check)
        hanna.sees_button(labels.importing)
        self.look("import-preview")
        hanna.presses(labels.importing)
        hanna.sees(labels.imported)
        self.look("import-result")

    def creates(self) -> None:
        """From the result of the import to the branch, and a login for everybody."""
        hanna, labels = self.hanna, self.labels
        hanna.presses_first("Utrecht")
        hanna.sees_modal(labels.branch_screen)
        hanna.sees_button(labels.creating)
        self.look("branch")
        self._branch_wide(labels.creating, labels.create, labels.created, "create")

    def activates(self) -> None:
        """Bring all of them into use."""
        labels = self.labels
        self._branch_wide(
            labels.activating, labels.activate, labels.activated, "activate"
        )

    def exports(self) -> int:
        """Start the reset; gives how many people it is about."""
        hanna, labels = self.hanna, self.labels
        hanna.presses(labels.exporting)
        hanna.ticks(labels.letters)
        hanna.sees(labels.which_letter)
        people = hanna.types_the_number()
        self.look("export")
        hanna.presses(labels.export)
        hanna.sees(labels.started)
        self.look("export-started")
        hanna.closes()
        return people

    def takes_workbook(self, people: int) -> HandedOver:
        """See what opens the workbook, and download it."""
        hanna, labels = self.hanna, self.labels
        hanna.sees(f"{people} {labels.handed_over}")
        name = hanna.finds_file(WORKBOOK)
        self.look("task")
        hanna.presses(labels.show_password)
        hanna.sees(labels.this_opens)
        self.look("opening-password")
        shown = OPENING_PASSWORD.search(hanna.modal.inner_text())
        assert shown is not None
        hanna.closes()
        letters = hanna.finds_file(READY_LETTERS)
        return HandedOver(
            workbook=hanna.downloads(name, self.folder),
            letters=hanna.downloads(letters, self.folder),
            opening_password=Secret(shown.group()),
            people=people,
        )

    def mails(self) -> int:
        """Mail everybody who never signed in; gives how many that are."""
        hanna, labels = self.hanna, self.labels
        hanna.goes_to(labels.channel)
        hanna.types(f"{labels.command} logins utrecht")
        hanna.sees_modal(labels.branch_screen)
        hanna.presses(labels.mailing)
        people = hanna.types_the_number()
        self.look("mailing")
        hanna.presses(labels.mail)
        hanna.sees(labels.started)
        hanna.closes()
        hanna.sees(f"{people} {labels.mailed}")
        self.look("mailing-done")
        return people

    def _branch_wide(self, act: str, submit: str, done: str, name: str) -> None:
        hanna, labels = self.hanna, self.labels
        hanna.presses(act)
        hanna.types_the_number()
        self.look(name)
        hanna.presses(submit)
        hanna.sees(done)
        self.look(f"{name}-done")
        hanna.presses(labels.close)
        hanna.sees_modal(labels.branch_screen)
