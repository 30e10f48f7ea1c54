"""The machine's Chromium, driven by playwright; CI must have it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
# Machines are shared: a wait only ends this late when what it waits for never comes.
PATIENCE = 20_000
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def program() -> Path:
    """Where Chromium is. Skips the test where there is none, but never on CI."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return Path(found)
    if os.environ.get("CI"):
        pytest.fail("Chromium is missing: install Debian's package chromium")
    pytest.skip("Chromium is not installed")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser with a profile of its own."""
    path = program()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, args=list(ARGUMENTS)
        )
        try:
            yield browser
        finally:
            browser.close()


class Windows:
    """Windows of one test, each like a new profile, and what went wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.complaints: list[str] = []
        self.tolerated: list[str] = []
        self._open: list[BrowserContext] = []

    def open(
        self,
        url: str,
        *,
        width: int = 1280,
        height: int = 800,
        now: datetime | None = None,
        **more,
    ) -> Page:
        """A window of this size; `more` are options of the browser's context.

        With `now` its clock stands there: what it shows no longer depends on today.
        """
        size = {"width": width, "height": height}
        context = self.browser.new_context(viewport=size, **more)
        if now:
            context.clock.set_fixed_time(now)
        self._open.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", lambda request: self._follow(request.url))
        page = context.new_page()
        page.goto(url)
        return page

    def tolerate(self, words: str) -> None:
        """Expect complaints with these words: they are part of this test's story."""
        self.tolerated.append(words)

    def close(self) -> None:
        """Close them all; fails when the browser complained of anything unexpected."""
        for context in self._open:
            context.close()
        unexpected = [
            complaint
            for complaint in self.complaints
            if not any(words in complaint for words in self.tolerated)
        ]
        assert unexpected == [], unexpected

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.complaints.append(f"{message.text} {where}")

    def _follow(self, url: str) -> None:
        address = urlsplit(url)
        is_here = address.hostname in ("127.0.0.1", "localhost")
        if address.scheme not in ("data", "blob") and not is_here:
            self.complaints.append(f"asked another host: {url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests of a worker."""
    expect.set_options(timeout=PATIENCE)
    with chromium() as launched:
        yield launched


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    """Opens windows; no console error and no request to another host goes unnoticed."""
    opened = Windows(browser)
    yield opened
    opened.close()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails when axe finds anything, WCAG 2.2 AA and good practice alike."""

    def check(page: Page) -> None:
        rules = {"type": "tag", "values": WCAG}
        # Preloading makes axe itself break the page's policy on inline styles.
        found = Axe().run(page, options={"runOnly": rules, "preload": False})
        assert found.response["violations"] == [], found.generate_report()

    return check
