"""Text from people: brought to one clean line, and folded for comparing."""

import re
import unicodedata
from typing import Final

# Marks that show nothing and join nothing: zero width space, word joiner and its
# kin, byte order mark, soft hyphen, direction marks and overrides.
_INVISIBLE: Final = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c"
    "\u206d\u206e\u206f\ufeff\ufff9\ufffa\ufffb"
)
_BLANKS: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
# Control characters and what is no character at all: XML can't carry them.
_UNWRITABLE: Final = "".join(
    character
    for character in map(chr, [*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF])
    if character not in _BLANKS
)
# Fillers that Unicode calls letters or symbols, though nobody sees them.
_FILLERS: Final = "\u115f\u1160\u2800\u3164\uffa0"
# Joiners shape emoji and Persian words, so they go only where nothing is joined.
_JOINERS: Final = "\u200c\u200d"

_AROUND: Final = _BLANKS + _INVISIBLE + _UNWRITABLE + _FILLERS + _JOINERS
_INSIDE: Final = dict.fromkeys(map(ord, _INVISIBLE + _UNWRITABLE)) | dict.fromkeys(
    range(0xD800, 0xE000)
)
_UNSEEN: Final = frozenset(_INVISIBLE + _UNWRITABLE + _FILLERS + _JOINERS)
_SEPARATOR: Final = re.compile(r"[^\S ]+")


def strip(text: str) -> str:
    """Without the blanks and invisible characters around it; inside nothing changes."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return text.strip(_AROUND)


def clean(text: str) -> str:
    """One line of visible text in NFC, with nothing invisible around it.

    Line breaks, tabs and no-break spaces become spaces; what can't be seen or
    written is left out; joiners stay between the characters that they join.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    visible = text.strip(_AROUND).translate(_INSIDE)
    return unicodedata.normalize("NFC", _SEPARATOR.sub(" ", visible))


def hides(text: str) -> bool:
    """Whether a character that nobody sees is in it."""
    return any(character in _UNSEEN for character in text)


def fold(text: str) -> str:
    """The form in which texts are compared: no case, no blanks, one Unicode form."""
    if text.isascii():
        return "".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = unicodedata.normalize("NFKC", folded).split()
    # An accent on a blank that went away joins the letter before it.
    return unicodedata.normalize("NFKC", "".join(letters))
