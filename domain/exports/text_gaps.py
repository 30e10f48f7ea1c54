"""A text with gaps: cut at marks that nobody can guess, filled once per letter."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

_LINE_END: Final = re.compile("\r\n|[\r\n]")
_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'


@dataclass(frozen=True)
class Letter:
    """What one letter is filled with: the text of each heading, and its number."""

    texts: Mapping[str, str]
    number: int


Gap = Callable[[Letter], str]


@dataclass(frozen=True)
class GappedText:
    """Fixed texts, and how to fill the gap after each but the last."""

    fixed: tuple[str, ...]
    gaps: tuple[Gap, ...]

    def filled(self, letter: Letter) -> str:
        """The text for one letter; what fills a gap is not looked at again."""
        pieces = [self.fixed[0]]
        for gap, fixed in zip(self.gaps, self.fixed[1:], strict=True):
            pieces += (gap(letter), fixed)
        return "".join(pieces)


class Marks:
    """Marks that stand for gaps until a text is cut at them."""

    def __init__(self) -> None:
        self._token = f"sb{secrets.token_hex(12)}"
        self._gaps: list[Gap] = []
        self._pattern = re.compile(f"{self._token}n([0-9]+)e")
        self.fence = f"{self._token}fence"

    def add(self, gap: Gap) -> str:
        """A mark for this gap."""
        self._gaps.append(gap)
        return f"{self._token}n{len(self._gaps) - 1}e"

    def for_heading(self, heading: str) -> str:
        """A mark in the text of a run, for what a letter says under this heading."""
        return self.add(lambda letter: as_run_text(letter.texts[heading]))

    def are_in(self, text: str) -> bool:
        """Whether the text has any."""
        return self._pattern.search(text) is not None

    def cut(self, text: str) -> GappedText:
        """The text, taken apart at its marks."""
        pieces = self._pattern.split(text)
        gaps = tuple(self._gaps[int(number)] for number in pieces[1::2])
        return GappedText(tuple(pieces[::2]), gaps)


def as_run_text(value: str) -> str:
    """A value within `w:t`: only its characters, with its line breaks and tabs."""
    return _LINE_END.sub(_BREAK, escape(value)).replace("\t", _TAB)
