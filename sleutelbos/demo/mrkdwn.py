"""Slack's text as a terminal shows it: bold, italic and code, mentions as names."""

import re
from typing import Any, Final

from rich.text import Text

from sandbox.slack import Workspace
from sandbox.slack.markup import CODE, EMPHASIS, marked_up

_STYLES: Final = {"*": "bold", "_": "italic", "~": "strike"}
_CODE: Final = "cyan"


def worded(workspace: Workspace, text: dict[str, Any] | None) -> Text:
    """A text object of Slack: plain text as it is, mrkdwn worked out."""
    if not text:
        return Text()
    if text["type"] == "mrkdwn":
        return marked(workspace, text["text"])
    return Text(text["text"])


def marked(workspace: Workspace, text: str) -> Text:
    """Mrkdwn worked out."""
    words = Text()
    for piece, code in _pieces(CODE, text):
        if code is None:
            _add_emphasised(workspace, words, piece)
        else:
            words.append(marked_up(workspace, code.group()), _CODE)
    return words


def _add_emphasised(workspace: Workspace, words: Text, text: str) -> None:
    for piece, found in _pieces(EMPHASIS, text):
        style = _STYLES[found.group(1)] if found else ""
        words.append(marked_up(workspace, found.group(2) if found else piece), style)


def _pieces(
    pattern: re.Pattern[str], text: str
) -> list[tuple[str, re.Match[str] | None]]:
    """The text cut where the pattern is found; each find with its match."""
    pieces: list[tuple[str, re.Match[str] | None]] = []
    position = 0
    for found in pattern.finditer(text):
        pieces.append((text[position : found.start()], None))
        pieces.append((found.group(), found))
        position = found.end()
    return [*pieces, (text[position:], None)]
