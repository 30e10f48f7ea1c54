"""Slack's text as a terminal shows it: bold, italic and code, mentions as names."""

import re
from itertools import zip_longest
from typing import Any, Final

from rich.text import Text

from sandbox.slack import Workspace
from sandbox.slack.markup import ATOM, EMPHASIS, HOLE, marked_up

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
    atoms: list[Text] = []

    def lift(found: re.Match[str]) -> str:
        style = _CODE if found["code"] or found["fence"] else ""
        atoms.append(Text(marked_up(workspace, found[0]), style))
        return HOLE

    around = _emphasised(workspace, ATOM.sub(lift, text)).split(HOLE, allow_blank=True)
    words = Text()
    for piece, atom in zip_longest(around, atoms, fillvalue=Text()):
        words.append_text(piece).append_text(atom)
    return words


def _emphasised(workspace: Workspace, text: str) -> Text:
    words, position = Text(), 0
    for found in EMPHASIS.finditer(text):
        words.append(marked_up(workspace, text[position : found.start()]))
        inside = _emphasised(workspace, found[2])
        inside.stylize(_STYLES[found[1]])
        words.append_text(inside)
        position = found.end()
    return words.append(marked_up(workspace, text[position:]))
