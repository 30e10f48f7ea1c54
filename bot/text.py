"""Text from people on its way to a screen: one line, short, never markup."""

import unicodedata
from typing import Final

NAME_LENGTH: Final = 60
# Slack takes 3,000 characters in a section (docs.slack.dev, section block).
SECTION_LENGTH: Final = 2_900
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
# Embeddings, overrides and isolates: one of them could end the isolate around it.
_TURNS: Final = frozenset(
    {"RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}
)
_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"


def escaped(text: str) -> str:
    """For mrkdwn: no mention, link or channel can begin (Slack, "Escaping text")."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def on_one_line(text: str, limit: int = NAME_LENGTH) -> str:
    """Without line breaks and cut to `limit` characters, with … for what is gone.

    Nothing to see becomes a dash, because Slack refuses an empty text. Text that
    runs from right to left is kept from turning its neighbours, and what would
    turn any text is left out.
    """
    line = " ".join(_visible(text).split()) or "–"
    if _length(line) > limit:
        line = _cut(line, limit - 1).rstrip() + "…"
    if any(
        unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in line
    ):
        return f"{_FIRST_STRONG_ISOLATE}{line}{_POP_ISOLATE}"
    return line


def in_parts(text: str, limit: int = SECTION_LENGTH) -> list[str]:
    """All of a long text, its lines kept, in parts that each fit into a section.

    What would turn any text is left out, and nothing to see becomes a dash.
    """
    left = "".join(
        character
        for character in text
        if unicodedata.bidirectional(character) not in _TURNS
    )
    parts = []
    while _length(left) > limit:
        part = _cut(left, limit)
        parts.append(part)
        left = left[len(part) :]
    return [part if part.strip() else "–" for part in [*parts, left]]


def _length(text: str) -> int:
    """Slack does not say how it counts; in UTF-16 nothing counts for less."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, length: int) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * length]
    return raw.decode("utf-16-le", "ignore")


def _visible(text: str) -> str:
    return "".join(
        " " if unicodedata.category(character) == "Cc" else character
        for character in text
        if unicodedata.bidirectional(character) not in _TURNS
    )
