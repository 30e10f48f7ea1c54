"""The guide on paper: its document printed by Chromium."""

import base64
import re
from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Browser

from bot.locale import Language
from tests.guide.document import document

_PAGE_NUMBER: Final = (
    '<div style="width: 100%; text-align: center; font: 9pt sans-serif">'
    '<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)
# With the name of the browser, its version and the machine in it.
_CREATOR: Final = re.compile(rb"/Creator \((?:\\.|[^\\)])*\)")
_DATE: Final = re.compile(rb"/(?:Creation|Mod)Date \(D:[^)]*\)")
_SOME_DAY: Final = b"(D:20000101000000+00'00')"


def print_guide(
    browser: Browser, language: Language, photographs: Mapping[str, bytes]
) -> bytes:
    """The guide in this language as PDF; the same pages give the same file."""
    sources = {name: _as_source(png) for name, png in photographs.items()}
    context = browser.new_context()
    try:
        page = context.new_page()
        page.set_content(document(language, sources), wait_until="load")
        page.evaluate("Promise.all([...document.images].map((one) => one.decode()))")
        printed = page.pdf(
            prefer_css_page_size=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=_PAGE_NUMBER,
            tagged=True,
            outline=True,
        )
    finally:
        context.close()
    return _without_day_and_machine(printed)


def _as_source(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _without_day_and_machine(printed: bytes) -> bytes:
    """Without what differs from one printing to the next; no byte moves."""

    def blank(found: re.Match[bytes]) -> bytes:
        key, _, value = found[0].partition(b" ")
        other = b"(Sleutelbos)" if key == b"/Creator" else _SOME_DAY
        if len(other) > len(value):
            raise ValueError("Chromium writes less than it did")
        return key + b" " + other.ljust(len(value))

    return _DATE.sub(blank, _CREATOR.sub(blank, printed))
