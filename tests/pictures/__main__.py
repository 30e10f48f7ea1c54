"""`make pictures`: two demos run, one in each language."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, ViewportSize, expect

from domain.secret import Secret
from tests import administering, employees_turn
from tests.administering import Administering
from tests.browser_person import BrowserPerson
from tests.chromium import PATIENCE, chromium
from tests.domain.exports import reading
from tests.employees_turn import FATIMA, EmployeesTurn
from tests.first_five_minutes import FirstFiveMinutes, HandedOver
from tests.pictures.camera import LOCALES, PHONE, PICTURES, WINDOW, Camera
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
    slack = demo.address("Slack")
    page = _window(browser, slack, language)
    hanna = BrowserPerson(page)
    tour = Tour(hanna, Camera(page, language), words, page.url)
    minutes = FirstFiveMinutes(hanna, words.labels, folder, tour.look)
    handed_over = minutes.play()
    _employees_turn(browser, demo, hanna, language, handed_over)
    minutes.mails()
    _access_letter(browser, demo, language, words)
    tour.resets_again()
    tour.opens_one_login()
    tour.writes_templates()
    _administering(browser, demo, hanna, language)
    tour.looks_around()
    tour.is_somebody_else()
    for context in list(browser.contexts):
        context.close()


def _employees_turn(
    browser: Browser,
    demo: Demo,
    hanna: BrowserPerson,
    language: str,
    handed_over: HandedOver,
) -> None:
    plain = reading.decrypt(
        handed_over.workbook.read_bytes(), handed_over.opening_password
    )
    headings, *lines = reading.with_openpyxl(plain)
    rows = (dict(zip(headings, line, strict=True)) for line in lines)
    row = next(row for row in rows if row["Voornaam"] == "Fatima")
    words = WORDS[language]
    phone = _window(browser, row["Inlogpagina"], language, PHONE)
    mailbox = _window(browser, demo.address(words.mailbox), language)

    def look(name: str, page: Page) -> None:
        camera = Camera(page, language)
        if page is phone:
            camera.takes_page(name)
        elif page is mailbox:
            camera.takes_window(name)
        else:
            camera.takes(name)
        if name == "my-data":
            _security(page, camera, words)
        if name == "sign-in-refused":
            page.goto(f"{row['Inlogpagina']}/wachtwoord-vergeten")
            camera.takes_page("forgotten")
            page.goto(row["Inlogpagina"])

    EmployeesTurn(
        page=phone,
        fatima=BrowserPerson(
            _window(browser, f"{demo.address('Slack')}?as={FATIMA}", language)
        ),
        hanna=hanna,
        mailbox=mailbox,
        labels=employees_turn.LABELS[language],
        look=look,
    ).play(row["Gebruikersnaam"], Secret(row["Wachtwoord"]))


def _access_letter(browser: Browser, demo: Demo, language: str, words: Words) -> None:
    mailbox = _window(browser, demo.address(words.mailbox), language)
    letters = mailbox.get_by_role("list").first
    letters.get_by_text(words.labels.letter).first.click()
    link = employees_turn.LABELS[language].link
    letter = mailbox.frame_locator("iframe")
    expect(letter.get_by_role("link", name=link).first).to_be_visible()
    Camera(mailbox, language).takes_window("access-letter")


def _administering(
    browser: Browser, demo: Demo, hanna: BrowserPerson, language: str
) -> None:
    mailbox = _window(browser, demo.address(WORDS[language].mailbox), language)

    def look(name: str) -> None:
        if name == "address-letter":
            Camera(mailbox, language).takes_window(name)
        else:
            Camera(hanna.page, language).takes(name)

    labels = administering.LABELS[language]
    Administering(hanna, mailbox, labels, look).play()


def _security(page: Page, camera: Camera, words: Words) -> None:
    page.get_by_role("link", name=words.security).click()
    camera.takes_page("security")
    page.get_by_role("link", name=words.app).click()
    page.get_by_role("button", name=words.show_qr_code).click()
    expect(page.get_by_role("img").first).to_be_visible()
    camera.takes_page("app")


def _window(
    browser: Browser, address: str, language: str, size: ViewportSize = WINDOW
) -> Page:
    context = browser.new_context(
        viewport=size,
        reduced_motion="reduce",
        timezone_id="Europe/Amsterdam",
        locale=LOCALES[language],
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


if __name__ == "__main__":
    main()
