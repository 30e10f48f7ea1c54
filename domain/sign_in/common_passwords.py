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
_DROPPED_DIGITS: Final = 8
_KINDS_OF_SIGNS: Final = 4
_SHORTEST_WORD: Final = 4
_NO_LETTERS_BEFORE: Final = re.compile(r"^[\W\d_]+")
_NO_LETTERS_AFTER: Final = re.compile(r"[\W\d_]+$")
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")
_DIGIT: Final = re.compile(r"\d")
_SIGNS_ONLY: Final = re.compile(r"[^\w\s]|_")
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

    `w3lk0m-2024` is `welkom`.
    """
    return any(
        form in _listed() or form[::-1] in _listed()
        for text in undressed(folded(password))
        for reading in readings(text)
        for joined in (reading, without_separators(reading))
        for form in (joined, repeated_part(joined))
    )


def undressed(text: str) -> Iterator[str]:
    """A folded text, and what is left without the digits and signs that dress it.

    Around it or between, up to eight digits and four kinds of signs; with more, what
    is taken for dress is rather the password itself.
    """
    yield text
    if len(set(_SIGNS_ONLY.findall(text))) > _KINDS_OF_SIGNS:
        return
    for form in (
        _NO_LETTERS_AFTER.sub("", text),
        _NO_LETTERS_BEFORE.sub("", text),
        _NO_LETTERS_AFTER.sub("", _NO_LETTERS_BEFORE.sub("", text)),
        _NO_LETTERS.sub("", text),
    ):
        dropped = len(_DIGIT.findall(text)) - len(_DIGIT.findall(form))
        if len(form) >= _SHORTEST_WORD and dropped <= _DROPPED_DIGITS:
            yield form


def repeated_part(text: str) -> str:
    """The part that the text repeats from beginning to end, or the text itself."""
    for length in range(1, len(text) // 2 + 1):
        part = text[:length]
        if (part * (len(text) // length + 1)).startswith(text):
            return part
    return text
