"""Header fields as people read them: unfolded and decoded (RFC 5322, RFC 2047)."""

from __future__ import annotations

import re
from email.message import Message
from email.policy import default as policy

from sandbox.mailbox.charsets import without_surrogates
from sandbox.mailbox.letter import Headers

# The parser of the standard library takes longer than anybody waits beyond this.
MOST_CHARACTERS = 20_000
FOLD = re.compile(r"[\r\n]+")


def headers_of(message: Message) -> tuple[Headers, list[str]]:
    """Every header of a message, and what is wrong with them."""
    items: list[tuple[str, str]] = []
    defects: list[str] = []
    for name, raw in message.raw_items():
        value, wrong = header(name, str(raw))
        items.append((without_surrogates(name), value))
        defects += [f"{without_surrogates(name)}: {each}" for each in wrong]
    return Headers(items), defects


def header(name: str, raw: str) -> tuple[str, list[str]]:
    """The value, decoded if that can be done, and what is wrong with it."""
    value = FOLD.sub("", without_surrogates(raw))
    if len(value) > MOST_CHARACTERS:
        return value, ["too long to be decoded"]
    try:
        parsed = policy.header_factory(name, value)
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
