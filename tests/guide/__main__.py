"""`make guide`: the guide in both languages, photographed, laid out and printed."""

from tests.chromium import chromium
from tests.guide import sources
from tests.guide.document import LANGUAGES
from tests.guide.photographing import photographs
from tests.guide.printing import print_guide


def main() -> None:
    """Write both to where letters take them from."""
    with chromium() as browser:
        for language in LANGUAGES:
            printed = print_guide(browser, language, photographs(browser, language))
            sources.guide_path(language).write_bytes(printed)
    sources.note_what_they_were_made_of()


if __name__ == "__main__":
    main()
