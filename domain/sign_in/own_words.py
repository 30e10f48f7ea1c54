"""Whether a password is made of words that belong to its owner."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from domain.sign_in.common_passwords import (
    folded,
    is_common,
    readings,
    undressed,
    without_separators,
)

_SHORTEST_LATIN: Final = 3
# Chinese and Japanese names are often of two characters.
_SHORTEST_OTHER: Final = 2
# What must be left besides own words; a number counts as one character.
_LEFT_OVER: Final = 5
_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(r"\d+")
_TAKEN: Final = "\0"


def words_of(texts: Iterable[str | None]) -> frozenset[str]:
    """The words in names, addresses and the like, also run together.

    "De Vries" gives "vries" and "devries"; of an e-mail address the last label
    says nothing and is left out.
    """
    words: set[str] = set()
    for text in texts:
        if not text:
            continue
        name, at, domain = folded(text).partition("@")
        parts = _WORD.findall(name)
        if at:
            parts += _WORD.findall(domain)[:-1]
        words.update(parts, [without_separators(name)])
    return frozenset(filter(_says_something, words))


def is_made_of(password: str, words: Collection[str]) -> bool:
    """Whether hardly anything, or something common, is left besides these words.

    `words` come from `words_of`. They count forwards and backwards, spaced, with
    signs for letters and with any digits around them.
    """
    return any(
        _is_made_of(without_separators(reading), words)
        for text in undressed(folded(password))
        for reading in readings(text)
    )


def _is_made_of(text: str, words: Collection[str]) -> bool:
    rest = text
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, _TAKEN).replace(word[::-1], _TAKEN)
    if rest == text:
        return False
    left = rest.replace(_TAKEN, "")
    return len(_NUMBER.sub("0", left)) < _LEFT_OVER or is_common(left)


def _says_something(word: str) -> bool:
    shortest = _SHORTEST_LATIN if word.isascii() else _SHORTEST_OTHER
    return len(word) >= shortest and not word.isdigit()
