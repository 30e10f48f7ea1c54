"""Bytes that claim a charset, made into text however wrong the claim is."""

from __future__ import annotations

import codecs

# What browsers and mail programs take this name to mean (WHATWG Encoding Standard).
WIDER = {"iso8859-1": "cp1252"}
UNCLAIMED = "us-ascii"
GUESSES = ("utf-8", "cp1252")


def decoded(content: bytes, charset: str = "") -> tuple[str, str]:
    """The text, and what is wrong with the claim; "" when nothing is.

    Tried in turn: the charset that is claimed, UTF-8, Windows-1252, and Latin-1, which
    takes every byte.
    """
    name = _known(charset or UNCLAIMED)
    if name and (text := _read(content, name)) is not None:
        return text, ""
    guesses = (_read(content, guess) for guess in GUESSES)
    text = next((guess for guess in guesses if guess is not None), None)
    if text is None:
        text = content.decode("latin-1")
    if not charset:
        return text, "has bytes beyond ASCII and names no charset"
    return text, _remark(charset, is_known=bool(name))


def without_surrogates(text: str) -> str:
    """The same, with bytes that a parser carried along as surrogates read as text."""
    if text.isascii():
        return text
    return decoded(text.encode("utf-8", "surrogateescape"), "utf-8")[0]


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return ""
    return WIDER.get(name, name)


def _read(content: bytes, name: str) -> str | None:
    try:
        text = content.decode(name)
        # Some codecs make halves of characters, which can't be sent to a browser.
        text.encode("utf-8")
    except (UnicodeError, LookupError):
        return None
    return text


def _remark(charset: str, *, is_known: bool) -> str:
    if is_known:
        return f"is not in {charset}, as it says"
    return f"names a charset that nobody knows: {charset}"
