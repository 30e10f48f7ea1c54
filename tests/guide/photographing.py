"""Walks through the sign-in pages as an employee, and photographs them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Locator, Page, expect

from bot.locale import Language
from domain import migrations
from domain.database import Database
from domain.secret import Keyring, Secret
from portal.locale import translations
from tests.chromium import PATIENCE, Windows
from tests.conftest import SetClock
from tests.domain.office import furnish
from tests.domain.sign_in.people import INITIAL, open_desk
from tests.pictures.camera import LOCALES
from tests.portal.counter import OWN, Counter
from tests.portal.serving import served

NOW: Final = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
# The guide is everybody's: the pages in it are of no company.
COMPANY: Final[dict[Language, str]] = {"nl": "Uw bedrijf", "en": "Your company"}
ADDRESS: Final[dict[Language, str]] = {
    "nl": "uw.naam@example.nl",
    "en": "your.name@example.com",
}
# As wide as a phone; a page that is lower ends where it ends.
_WIDTH, _HEIGHT, _SHARPNESS = 390, 300, 1.25


@dataclass(frozen=True)
class Photographer:
    """An employee at the pages, who keeps a picture of what the guide shows."""

    page: Page
    language: Language
    counter: Counter
    pictures: dict[str, bytes]

    def walks(self) -> None:
        """From the first password to one that is forgotten."""
        name = ADDRESS[self.language]
        self.counter.desk.add_newcomer(name)
        self._signs_in(INITIAL, "sign-in")
        self._is_at("Choose a password")
        self._takes("choose-password")
        for label in ("New password", "The same password once more"):
            self._types(label, OWN)
        self._presses("Save password")
        self._is_at("My data")
        self._follows("Security")
        self._takes("second-step", self.page.get_by_role("region").nth(1))
        self._presses("Sign out")
        self.counter.requires_code()
        self._signs_in(Secret(OWN))
        self._is_at("Your code")
        self._takes("code")
        self._presses("Back to the start")
        self._follows("Forgotten password")
        self._types("User name", name)
        self._takes("forgotten")
        self._follows("Back to signing in")
        self._signs_in(Secret("een ander wachtwoord"))
        self._reads("Signing in did not work")
        self._takes("refused")

    def _signs_in(self, password: Secret, picture: str | None = None) -> None:
        self._is_at("Sign in")
        self._types("User name", ADDRESS[self.language])
        self._types("Password", password.reveal())
        if picture:
            self._takes(picture)
        self._presses("Sign in")

    def _takes(self, name: str, part: Locator | None = None) -> None:
        self.page.evaluate("document.activeElement.blur()")
        if part is None:
            taken = self.page.screenshot(full_page=True, animations="disabled")
        else:
            taken = part.screenshot(animations="disabled")
        self.pictures[name] = taken

    def _is_at(self, heading: str) -> None:
        level_1 = self.page.get_by_role("heading", level=1)
        expect(level_1).to_have_text(self._t(heading))

    def _reads(self, text: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(self._t(text))

    def _types(self, label: str, text: str) -> None:
        self.page.get_by_label(self._t(label), exact=True).fill(text)

    def _presses(self, label: str) -> None:
        button = self.page.get_by_role("button", name=self._t(label), exact=True)
        button.last.click()

    def _follows(self, label: str) -> None:
        self.page.get_by_role("link", name=self._t(label), exact=True).first.click()

    def _t(self, message: str) -> str:
        return translations(self.language).gettext(message)


def photographs(browser: Browser, language: Language) -> dict[str, bytes]:
    """The pages that the guide shows, as PNG, by their names in it."""
    expect.set_options(timeout=PATIENCE)
    windows = Windows(browser)
    # A wrong password is answered with a status that the console tells of.
    windows.tolerate("the server responded with a status of 4")
    taken: dict[str, bytes] = {}
    with _portal(language) as counter:
        page = windows.open(
            counter.office.portal_url,
            width=_WIDTH,
            height=_HEIGHT,
            device_scale_factor=_SHARPNESS,
            reduced_motion="reduce",
            locale=LOCALES[language],
        )
        Photographer(page, language, counter, taken).walks()
        windows.close()
    return taken


@contextmanager
def _portal(language: Language) -> Iterator[Counter]:
    """The real pages, of an office with sample data."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'office.db'}")
        migrations.bring_up_to_date(database)
        keyring = Keyring.from_setting(
            Secret("a key for pictures of 32 characters or more")
        )
        clock = SetClock(NOW)
        desk = open_desk(furnish(database, clock()), clock, keyring)
        with served(desk, COMPANY[language]) as counter:
            yield counter
        database.close()
