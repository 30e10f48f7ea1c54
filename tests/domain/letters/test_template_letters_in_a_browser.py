"""Letters as they are seen: on a small telephone, in light and dark."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe

from domain.letters.model import BuiltIn
from tests.domain.letters.templating import (
    ADDRESS,
    LINK,
    PASSWORD,
    access_letter,
    built_in,
    wording,
    written,
)

SMALLEST = 320
LONG = wording(
    "Beste {{ naam }},\n\n- {{ gebruikersnaam }}\n- {{ inlogpagina }}\n\n"
    "Zie https://example.nl/" + "heel-lang/" * 20 + "\n\n{{ wachtwoord }}\n\n"
    "[{{ gebruikersnaam }}](https://example.nl)"
)
LONG_VALUES = {
    "name": "Adriaan" * 20,
    "user_name": "a" * 64 + "@" + "b" * 60 + ".example.nl",
}


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture
def look(scheme, windows):
    def open_(html):
        encoded = base64.b64encode(html.encode()).decode()
        url = f"data:text/html;base64,{encoded}"
        return windows.open(url, width=SMALLEST, color_scheme=scheme)

    return open_


def _fits(page):
    return page.evaluate("document.documentElement.scrollWidth") <= SMALLEST


@pytest.mark.parametrize("which", BuiltIn)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_built_in_letter_fits_a_small_telephone_and_is_readable(
    look, letters_office, which, language, scheme
):
    password = PASSWORD if which is BuiltIn.PASSWORD else None
    letter = access_letter(language=language, password=password)
    page = look(written(built_in(which), letters_office, letter).html)
    assert _fits(page)
    rules = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    # axe takes the browser's own dark paper for white.
    contrast = {"color-contrast": {"enabled": scheme == "light"}}
    options = {"runOnly": rules, "rules": contrast, "preload": False}
    found = Axe().run(page, options=options)
    assert found.response["violations"] == [], found.generate_report()
    if password:
        framed = page.get_by_text(PASSWORD, exact=True).bounding_box()
        assert framed["height"] < 60
    else:
        button = page.get_by_role("link", name="wachtwoord" * (language == "nl"))
        assert button.first.get_attribute("href") == LINK
        assert button.first.bounding_box()["height"] >= 44


def test_long_names_and_addresses_break_instead_of_widening_a_letter(
    look, letters_office
):
    letter = access_letter(password=PASSWORD, **LONG_VALUES)
    page = look(written(LONG, letters_office, letter).html)
    assert _fits(page)
    assert ADDRESS not in page.inner_text("body")
