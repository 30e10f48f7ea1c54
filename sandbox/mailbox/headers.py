"""Header fields as people read them: unfolded and decoded (RFC 5322, RFC 2047)."""

from __future__ import annotations

import re
from email.message import Message
from email.policy import default as policy

from sandbox.mailbox.charsets import without_surrogates
from sandbox.mailbox.letter import Headers

# Nobody waits for the parser of the standard library to go through more than this.
MOST_CHARACTERS = 20_000
FOLD = re.compile(r"[\r\n]+")


def headers_of(message: Message) -> tuple[Headers, list[str]]:
    """Every header of a message, and what is wrong with them."""
    items: list[tuple[str, str]] = []
    defects: list[str] = []
    for name, raw in message.raw_items():
        value, wrong = decoded_words(str(raw))
        items.append((without_surrogates(name), value))
        defects += [f"{without_surrogates(name)}: {each}" for each in wrong]
    return Headers(items), defects


def decoded_words(raw: str) -> tuple[str, list[str]]:
    """The value, decoded if that can be done, and what is wrong with it.

    As plain words whatever the header is: the parser of addresses and parameters takes
    minutes over some values that nobody would write.
    """
    value = FOLD.sub("", without_surrogates(raw))
    if len(value) > MOST_CHARACTERS:
        return value, ["too long to be decoded"]
    try:
        parsed = policy.header_factory("Subject", value)
        wrong = [defect_words(defect) for defect in parsed.defects]
        return without_surrogates(str(parsed)) or value, wrong
    # The parser knows defects, but on some of them it trips instead.
    except Exception:  # noqa: BLE001
        return value, ["can't be decoded"]


def defect_words(defect: Exception) -> str:
    """What the parser says of it, or of all of its kind."""
    kind = type(defect)
    words = str(defect) or kind.__doc__ or kind.__name__
    return without_surrogates(words.strip().partition("\n")[0])
