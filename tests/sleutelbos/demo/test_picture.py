import re
from pathlib import Path
from xml.etree import ElementTree as ET

from rich.text import Text

from sleutelbos.demo.picture import picture
from sleutelbos.demo.story.scene import Moment, Scene

COMMITTED = Path(__file__).parents[3] / "docs" / "demo.svg"
NAMESPACE = "http://www.w3.org/2000/svg"


def words_of(svg):
    """What one reads in the picture."""
    root = ET.fromstring(svg)  # noqa: S314 (made by us)
    found = root.iter(f"{{{NAMESPACE}}}text")
    return "\n".join((text.text or "").replace("\xa0", " ") for text in found)


def assert_fetches_nothing(svg):
    addresses = set(re.findall(r"(?:https?:)?//[^\s\"'<)]+", svg))
    assert addresses <= {NAMESPACE}
    assert not re.search(r"url\((?!#)|@import|<image|<script|href", svg)


def test_a_picture_says_what_the_scene_says_and_fetches_nothing():
    scene = Scene(
        Moment.IMPORTED, "Hanna", Text("typt /personeel"), "Zo gaat het.", Text("3 < 4")
    )
    svg = picture([scene])
    assert_fetches_nothing(svg)
    for said in ("Hanna", "typt /personeel", "Zo gaat het.", "3 < 4"):
        assert said in words_of(svg)


def test_the_picture_of_the_readme_shows_screen_result_and_rows():
    svg = COMMITTED.read_text(encoding="utf-8")
    assert_fetches_nothing(svg)
    seen = words_of(svg)
    for said in (
        "/personeel logins utrecht",
        "Maak werknemerslogins aan",
        "Maak werknemerslogins actief",
        "Reset wachtwoorden en exporteer data",
        "Klaar: 28 medewerkers",
        "Toon openingswachtwoord",
        "Gebruikersnaam",
        "@example.nl",
    ):
        assert said in seen
