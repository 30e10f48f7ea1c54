"""`make pictures`: two demos run, one in each language."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, expect

from tests.browser_person import BrowserPerson
from tests.chromium import PATIENCE, chromium
from tests.first_five_minutes import FirstFiveMinutes
from tests.pictures.camera import PICTURES, WINDOW, Camera
from tests.pictures.screens import screens_page
from tests.pictures.tour import Tour
from tests.pictures.words import WORDS, Words
from tests.sleutelbos.demo.desk import Demo, Desk, free_block


def main() -> None:
    """Take every picture, and write docs/screens.md."""
    expect.set_options(timeout=PATIENCE)
    with chromium() as browser:
        for language, words in WORDS.items():
            with _demo(language) as (demo, folder):
                _tour(browser, demo, folder, language, words)
    (PICTURES.parent / "screens.md").write_text(screens_page(), encoding="utf-8")


@contextmanager
def _demo(language: str) -> Iterator[tuple[Demo, Path]]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        desk = Desk(folder, folder)
        port = str(free_block())
        with desk.opens("--port", port, SLEUTELBOS_LANGUAGE=language) as demo:
            yield demo.is_ready(), folder
            demo.ends()


def _tour(
    browser: Browser, demo: Demo, folder: Path, language: str, words: Words
) -> None:
    context = browser.new_context(
        viewport=WINDOW, reduced_motion="reduce", timezone_id="Europe/Amsterdam"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(demo.address("Slack"))
    camera = Camera(page, language)
    hanna = BrowserPerson(page)
    tour = Tour(hanna, camera, words, page.url)
    FirstFiveMinutes(hanna, words.labels, folder, tour.look).play()
    tour.resets_again()
    tour.opens_one_login()
    tour.looks_around()
    tour.is_somebody_else()
    page.goto(demo.address(words.mailbox))
    camera.takes_window("mailbox")
    context.close()


if __name__ == "__main__":
    main()
