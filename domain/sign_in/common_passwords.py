"""Passwords that many people use, also when dressed up with digits and signs.

The English list is zxcvbn's own (30,000 of the most used, MIT licence), the Dutch
one is ours, in `dutch_passwords.txt`. Both ship with the program.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from zxcvbn.frequency_lists import FREQUENCY_LISTS

_DUTCH: Final = Path(__file__).with_name("dutch_passwords.txt")
# A date of eight digits is the longest thing that people hang on a word.
_DECORATION: Final = 8
_SHORTEST_WORD: Final = 4
_NO_LETTERS_BEFORE: Final = re.compile(r"^[\W\d_]+")
_NO_LETTERS_AFTER: Final = re.compile(r"[\W\d_]+$")
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")
_SEPARATORS: Final = re.compile(r"[\W_]+")
_SIGNS: Final = "@483690$5+7€2(!"
_LEET: Final = (
    str.maketrans(_SIGNS + "1|", "aabegqossttezci" + "il"),
    str.maketrans(_SIGNS + "1|", "aabeggosstlezcl" + "li"),
)


@cache
def dutch_passwords() -> Sequence[str]:
    """What Dutch people choose, the most used first."""
    lines = _DUTCH.read_text(encoding="utf-8").splitlines()
    words = " ".join(line for line in lines if not line.startswith("#")).split()
    return tuple(dict.fromkeys(map(folded, words)))


@cache
def _listed() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"]).union(dutch_passwords())


def folded(text: str) -> str:
    """Without capitals, accents and compatibility forms."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", plain)


def readings(text: str) -> Iterator[str]:
    """A folded text as it stands, and with signs read as letters (`p@ss`, `w3lk0m`)."""
    yield text
    for table in _LEET:
        yield text.translate(table)


def without_separators(text: str) -> str:
    """Letters and digits only."""
    return _SEPARATORS.sub("", text)


def is_common(password: str) -> bool:
    """Whether it is in a list: as it is, undressed, backwards, or said again and again.

    Undressed: without up to eight digits and signs around or between, and with
    signs read as letters. `w3lk0m-2024` is `welkom`.
    """
    text = folded(password)
    return any(
        form in _listed() or form[::-1] in _listed()
        for form in _forms(text)
        if len(text) - len(form) <= _DECORATION or _is_said_again(text, form)
    )


def _forms(text: str) -> Iterator[str]:
    for undressed in _undressed(text):
        for reading in readings(undressed):
            for form in (reading, without_separators(reading)):
                yield form
                yield repeated_part(form)


def _undressed(text: str) -> Iterator[str]:
    yield text
    forms = (
        _NO_LETTERS_AFTER.sub("", text),
        _NO_LETTERS_BEFORE.sub("", text),
        _NO_LETTERS_AFTER.sub("", _NO_LETTERS_BEFORE.sub("", text)),
        _NO_LETTERS.sub("", text),
    )
    yield from (form for form in forms if len(form) >= _SHORTEST_WORD)


def _is_said_again(text: str, form: str) -> bool:
    letters = _NO_LETTERS.sub("", text)
    return bool(form) and len(text) - len(letters) <= _DECORATION


def repeated_part(text: str) -> str:
    """The part that the text repeats from beginning to end, or the text itself."""
    for length in range(1, len(text) // 2 + 1):
        part = text[:length]
        if (part * (len(text) // length + 1)).startswith(text):
            return part
    return text
