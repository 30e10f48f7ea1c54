"""What README tells to do as an employee, once the passwords are handed out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page, expect

from domain.secret import Secret
from tests.browser_person import BrowserPerson

# Of the new branch, and in the demo's Slack.
FATIMA: Final = "fatima"
OWN_PASSWORD: Final = Secret("zeven blauwe theepotten")
OTHER_PASSWORD: Final = Secret("acht gele gieters")
# As many as the new branch of the demo allows.
WRONG: Final = ("de eerste die ik weet", "nog een andere dan", "en dan deze")


@dataclass(frozen=True)
class Labels:
    """What she and Hanna read and press, in one language."""

    user_name: str
    password: str
    sign_in: str
    new_password: str
    once_more: str
    save: str
    my_data: str
    sign_out: str
    refused: str
    channel: str
    locked: str
    activate: str
    activated: str
    plea: str
    ask: str
    send: str
    sent: str
    letter: str
    link: str
    saved: str


DUTCH = Labels(
    user_name="Gebruikersnaam",
    password="Wachtwoord",
    sign_in="Inloggen",
    new_password="Nieuw wachtwoord",
    once_more="Nog een keer hetzelfde wachtwoord",
    save="Wachtwoord opslaan",
    my_data="Mijn gegevens",
    sign_out="Uitloggen",
    refused="Inloggen lukte niet",
    channel="beheer-utrecht",
    locked="Werknemerslogin geblokkeerd: Fatima",
    activate="Activeer",
    activated="Geactiveerd door",
    plea="wachtwoord vergeten",
    ask="Nieuw wachtwoord",
    send="E-mail versturen",
    sent="Als dit personeelsnummer bekend is",
    letter="Kies een nieuw wachtwoord",
    link="Kies een wachtwoord",
    saved="Uw nieuwe wachtwoord is opgeslagen",
)
ENGLISH = Labels(
    user_name="User name",
    password="Password",
    sign_in="Sign in",
    new_password="New password",
    once_more="The same password once more",
    save="Save password",
    my_data="My data",
    sign_out="Sign out",
    refused="Signing in did not work",
    channel="hr-admin-utrecht",
    locked="Employee login locked: Fatima",
    activate="Activate login",
    activated="Activated by",
    plea="forgot password",
    ask="New password",
    send="Send e-mail",
    sent="If this employee number is known",
    letter="Choose a new password",
    link="Choose a password",
    saved="Your new password is saved",
)
LABELS = {"nl": DUTCH, "en": ENGLISH}
Look = Callable[[str, Page], None]


def _nobody_looks(_name: str, _page: Page) -> None:
    return


@dataclass(frozen=True)
class EmployeesTurn:
    """Fatima at the sign-in page and in Slack, Hanna in Slack, and the mailbox.

    `look` is called at each screen with its name and its page.
    """

    page: Page
    fatima: BrowserPerson
    hanna: BrowserPerson
    mailbox: Page
    labels: Labels
    look: Look = _nobody_looks

    def play(self, user_name: str, password: Secret) -> None:
        """From the password on paper to one of her own, lost and chosen anew."""
        self.signs_in_first(user_name, password)
        self.locks_herself_out(user_name)
        self.is_let_in_again(user_name)
        self.asks_for_help()
        self.follows_the_letter(user_name)

    def signs_in_first(self, user_name: str, password: Secret) -> None:
        """With the password from the workbook; she has to choose her own."""
        labels = self.labels
        self.look("sign-in", self.page)
        self._signs_in(user_name, password)
        expect(self.page.get_by_label(labels.new_password)).to_be_visible()
        self.look("choose-password", self.page)
        self._chooses(OWN_PASSWORD)
        self._is_in()
        self.look("my-data", self.page)
        self._signs_out()

    def locks_herself_out(self, user_name: str) -> None:
        """Another wrong password each time; the page says no more of it."""
        for wrong in WRONG:
            self._signs_in(user_name, Secret(wrong))
            expect(self.page.get_by_text(self.labels.refused)).to_be_visible()
        self.look("sign-in-refused", self.page)

    def is_let_in_again(self, user_name: str) -> None:
        """Hanna presses *Activeer* in the alert, and the same password works."""
        hanna, labels = self.hanna, self.labels
        hanna.goes_to(labels.channel)
        hanna.sees(labels.locked)
        self.look("lockout", hanna.page)
        hanna.presses(labels.activate)
        hanna.sees(labels.activated)
        self.look("lockout-ended", hanna.page)
        self._signs_in(user_name, OWN_PASSWORD)
        self._is_in()
        self._signs_out()

    def asks_for_help(self) -> None:
        """In a direct message; her number is filled in for her."""
        fatima, labels = self.fatima, self.labels
        fatima.goes_to("Sleutelbos")
        fatima.opens_messages()
        fatima.types(labels.plea)
        fatima.sees_button(labels.ask)
        self.look("help", fatima.page)
        fatima.presses(labels.ask)
        fatima.sees_modal(labels.ask)
        self.look("help-number", fatima.page)
        fatima.presses(labels.send)
        fatima.sees(labels.sent)
        self.look("help-sent", fatima.page)

    def follows_the_letter(self, user_name: str) -> None:
        """The link in the mailbox leads to another password, and that one works."""
        labels = self.labels
        letters = self.mailbox.get_by_role("list").first
        letters.get_by_text(labels.letter).first.click()
        letter = self.mailbox.frame_locator("iframe")
        link = letter.get_by_role("link", name=labels.link)
        expect(link).to_be_visible()
        self.look("letter", self.mailbox)
        address = link.get_attribute("href") or ""
        assert re.match(r"http://127\.0\.0\.1:\d+/herstel/", address)
        self.page.goto(address)
        expect(self.page.get_by_label(labels.new_password)).to_be_visible()
        self.look("recovery", self.page)
        self._chooses(OTHER_PASSWORD)
        expect(self.page.get_by_text(labels.saved)).to_be_visible()
        self._signs_in(user_name, OTHER_PASSWORD)
        self._is_in()

    def _signs_in(self, user_name: str, password: Secret) -> None:
        labels = self.labels
        self.page.get_by_label(labels.user_name).fill(user_name)
        field = self.page.get_by_label(labels.password, exact=True)
        field.fill(password.reveal())
        self.page.get_by_role("button", name=labels.sign_in, exact=True).click()

    def _chooses(self, password: Secret) -> None:
        labels = self.labels
        for label in (labels.new_password, labels.once_more):
            self.page.get_by_label(label, exact=True).fill(password.reveal())
        self.page.get_by_role("button", name=labels.save).click()

    def _is_in(self) -> None:
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(self.labels.my_data)

    def _signs_out(self) -> None:
        self.page.get_by_role("button", name=self.labels.sign_out).click()
        expect(self.page.get_by_label(self.labels.user_name)).to_be_visible()
