"""The machine's Chromium, driven by playwright; CI must have it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


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
