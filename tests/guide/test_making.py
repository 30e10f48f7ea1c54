"""`make guide` still finds its way through the pages."""

import pypdfium2
import pytest

from tests.guide.document import LANGUAGES, PICTURES
from tests.guide.photographing import COMPANY, photographs
from tests.guide.printing import print_guide

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_can_be_made_anew(browser, language):
    taken = photographs(browser, language)
    assert set(taken) == set(PICTURES)
    assert all(picture.startswith(PNG) for picture in taken.values())
    printed = print_guide(browser, language, taken)
    with pypdfium2.PdfDocument(printed) as guide:
        first = guide.get_page(0).get_textpage().get_text_bounded()
        assert COMPANY[language] in " ".join(first.split())
        assert guide.get_metadata_value("Creator") == "Sleutelbos"
        assert guide.get_metadata_value("CreationDate").startswith("D:2000")
