"""README and the pages of docs show pictures that are there."""

import re

from tests.pictures.camera import PICTURES
from tests.pictures.screens import screens_page

DOCS = PICTURES.parent
SHOWN = re.compile(r'(?:src="|\]\(docs/)(pictures/[^")]+)')


def test_the_page_of_screens_is_the_one_that_make_pictures_writes():
    assert (DOCS / "screens.md").read_text() == screens_page()


def test_every_picture_is_shown_somewhere_and_every_shown_one_is_there():
    pages = [DOCS.parent / "README.md", *DOCS.glob("*.md")]
    shown = {path for page in pages for path in SHOWN.findall(page.read_text())}
    taken = {str(path.relative_to(DOCS)) for path in PICTURES.rglob("*.png")}
    assert taken == shown
