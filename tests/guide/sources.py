"""Whether the guides are of today's pages and text: `python -m tests.guide.sources`.

`make guide` writes beside them what they were made of.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import domain.letters
import portal
from bot.locale import Language
from domain.message_catalogs import CheckedCatalog
from portal.locale import translations
from portal.locale.completeness import CHECKED
from tests.guide.document import LANGUAGES, PICTURES, document

FOLDER: Final = Path(domain.letters.__file__).parent / "guide"
_NOTE: Final = "made_from.json"
_PORTAL: Final = Path(portal.__file__).parent
# What is to be seen in the pictures.
_TEMPLATES: Final = (
    "page.html",
    "parts.html",
    "sign_in.html",
    "choose_password.html",
    "security.html",
    "second_step.html",
    "forgotten_password.html",
)
_MODULES: Final = ("forms.py", "sign_in.py", "second_step.py", "refusals.py")


def guide_path(language: Language, folder: Path = FOLDER) -> Path:
    """Where the guide is, as it goes along with letters."""
    return folder / f"{language}.pdf"


def digest(language: Language, pages: Path = _PORTAL) -> str:
    """Of today's text and of the sources of the pages that it shows."""
    found = hashlib.sha256()
    for part in parts(language, pages):
        found.update(part.encode())
        found.update(b"\0")
    return found.hexdigest()


def note_what_they_were_made_of() -> None:
    """To be done when the guides have just been written."""
    noted = {language: _note(language, FOLDER) for language in LANGUAGES}
    text = json.dumps(noted, indent=2) + "\n"
    (FOLDER / _NOTE).write_text(text, encoding="utf-8")


def outdated(folder: Path = FOLDER) -> list[Language]:
    """The languages whose guide was made of other sources, or by somebody else."""
    noted = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
    return [
        language for language in LANGUAGES if noted[language] != _note(language, folder)
    ]


def _note(language: Language, folder: Path) -> dict[str, str]:
    content = guide_path(language, folder).read_bytes()
    return {"sources": digest(language), "pdf": hashlib.sha256(content).hexdigest()}


def parts(language: Language, pages: Path = _PORTAL) -> Iterator[str]:
    """The text, what the pages are made of, and the words in them."""
    yield document(language, {name: name for name in PICTURES})
    for name in _TEMPLATES:
        yield (pages / "templates" / name).read_text(encoding="utf-8")
    yield (pages / "static" / "portal.css").read_text(encoding="utf-8")
    for message in _words_in_pictures(pages):
        yield translations(language).gettext(message)


def _words_in_pictures(pages: Path) -> list[str]:
    paths = [*(f"templates/{name}" for name in _TEMPLATES), *_MODULES]
    methods = [
        (path, "jinja2" if path.endswith("html") else "python") for path in paths
    ]
    used = CheckedCatalog(pages, CHECKED.path, CHECKED.keywords, methods)
    found = (_singular(message.id) for message in used.used_messages())
    # The empty one is the catalog's own head, which has the time in it.
    return sorted(message for message in found if message)


def _singular(message: str | list[str] | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def main() -> int:
    """Say every guide that is of other pages; 1 when there is any."""
    found = outdated()
    lines = (
        f"{language}.pdf is not of today's pages: make guide\n" for language in found
    )
    sys.stdout.writelines(lines)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
