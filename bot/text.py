"""Text from people on its way to a screen: one line, short, never markup."""

import unicodedata
from typing import Final

NAME_LENGTH: Final = 60
_RIGHT_TO_LEFT: Final = frozenset(
    {"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}
)
_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"


def escaped(text: str) -> str:
    """For mrkdwn: no mention, link or channel can begin (Slack, "Escaping text")."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def on_one_line(text: str, limit: int = NAME_LENGTH) -> str:
    """Without line breaks and cut to `limit` characters, with … for what is gone.

    Text that runs from right to left is kept from turning its neighbours.
    """
    line = " ".join(_visible(text).split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    if any(
        unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in line
    ):
        return f"{_FIRST_STRONG_ISOLATE}{line}{_POP_ISOLATE}"
    return line


def _visible(text: str) -> str:
    return "".join(
        " " if unicodedata.category(character) == "Cc" else character
        for character in text
    )
