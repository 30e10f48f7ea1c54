"""An employee with a phone or a computer, and what must hold on every page."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from domain.secret import Secret
from portal.locale import translations
from sandbox.mailbox import Mailbox
from sleutelbos.letter_delivery import LetterDelivery
from tests.domain.sign_in.people import NAME
from tests.portal.counter import Counter

_LINK = re.compile(r"http://127\.0\.0\.1:\d+/herstel/[\w-]+")
_CODE = re.compile(r"\b\d{6}\b|\b\d{3} \d{3}\b")
_FITS = """
    () => {
      const page = document.documentElement;
      page.style.fontSize = "200%";
      const enlarged = page.scrollWidth - page.clientWidth;
      page.style.fontSize = "";
      return [page.scrollWidth - page.clientWidth, enlarged];
    }
"""


@dataclass
class Post:
    """The mailbox of everybody here, and the loop that fills it."""

    counter: Counter
    mailbox: Mailbox
    delivery: LetterDelivery

    def newest(self) -> str:
        """The text of the letter that came last, once all have come."""
        self.counter.answers_requests()
        while self.delivery.deliver_due():
            pass
        return self.mailbox.letters[-1].text

    def code(self) -> str:
        """The code in it."""
        return _CODE.search(self.newest())[0]

    def link(self) -> str:
        """The link in it."""
        return _LINK.search(self.newest())[0]


@dataclass
class Employee:
    """Somebody who reads pages in `language` and clicks on what they say."""

    page: Page
    language: str
    counter: Counter
    post: Post
    axe: Callable[[Page], None]
    looked_at: set[str] = field(default_factory=set)

    def t(self, english: str) -> str:
        """The words as this employee reads them."""
        return translations(self.language).gettext(english)

    def opens(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.counter.office.portal_url + path)
        self.looks()

    def reads(self, english: str) -> None:
        """Something is on the page."""
        expect(self.page.locator("body")).to_contain_text(self.t(english))

    def is_at(self, heading: str) -> None:
        """The page has this heading."""
        level_1 = self.page.get_by_role("heading", level=1)
        expect(level_1).to_have_text(self.t(heading))
        self.looks()

    def types(self, **fields: str | Secret) -> None:
        """Fill in fields by their label, each word as `current_password`."""
        for name, value in fields.items():
            english = name.replace("_", " ").capitalize()
            text = value.reveal() if isinstance(value, Secret) else value
            self.page.get_by_label(self.t(english), exact=True).fill(text)

    def presses(self, english: str) -> None:
        """Press a button of the page itself."""
        buttons = self.page.get_by_role("button", name=self.t(english), exact=True)
        buttons.last.click()
        self.looks()

    def follows(self, english: str) -> None:
        """Click a link."""
        links = self.page.get_by_role("link", name=self.t(english), exact=True)
        links.first.click()
        self.looks()

    def signs_in(self, password: str | Secret, name: str = NAME) -> None:
        """From the first page on."""
        self.opens("/")
        self.types(user_name=name, password=password)
        self.presses("Sign in")

    def signs_out(self) -> None:
        """With the button on every page."""
        self.presses("Sign out")
        self.is_at("Sign in")

    def chooses(self, password: str, button: str = "Save password") -> None:
        """Type a new password twice."""
        self.types(new_password=password, the_same_password_once_more=password)
        self.presses(button)

    def looks(self) -> None:
        """What holds on every page: language, width at two sizes of text, and axe."""
        title = self.page.title()
        if title in self.looked_at:
            return
        self.looked_at.add(title)
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        assert self.page.evaluate(_FITS) == [0, 0], title
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self.axe(self.page)
