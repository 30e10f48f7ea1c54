"""Takes the pictures."""

from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from tests.pictures.screens import SCREENS

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
# High enough for the longest modal to be seen whole.
WINDOW: ViewportSize = {"width": 1160, "height": 1500}
PHONE: ViewportSize = {"width": 430, "height": 800}
README: ViewportSize = {"width": 1160, "height": 740}
# What these show is at the end of a channel.
NEWEST_MESSAGES = ("task", "readme-task", "mailing-done")
_SCROLL_DOWN = """
  for (const place of document.querySelectorAll("main, main *")) {
    place.scrollTop = place.scrollHeight;
  }
"""
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


class Camera:
    """Takes pictures of one language's demo."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language

    def takes(self, name: str) -> None:
        """The modal that is open, else the whole window."""
        modals = self.page.locator("dialog:not([inert])")
        self.page.evaluate("document.activeElement.blur()")
        if modals.count():
            modals.last.screenshot(path=self._path(name), animations="disabled")
        else:
            self.takes_window(name)

    def takes_window(self, name: str) -> None:
        """The window, at the size of a small screen."""
        self.page.set_viewport_size(README)
        if name in NEWEST_MESSAGES:
            self.page.evaluate(_SCROLL_DOWN)
        self.page.screenshot(path=self._path(name), animations="disabled")
        self.page.set_viewport_size(WINDOW)

    def takes_page(self, name: str) -> None:
        """A page as it is, to its end."""
        path = self._path(name)
        self.page.screenshot(path=path, full_page=True, animations="disabled")

    def _path(self, name: str) -> Path:
        assert name in SCREENS or name in ("readme-branch", "readme-task"), name
        path = PICTURES / self.language / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path
