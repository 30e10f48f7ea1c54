"""What people see of Slack's text markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.slack.state import State

ENTITY = re.compile(r"<([^<>\n]+)>")
CODE = re.compile(r"```(.+?)```|`([^`\n]+)`", re.DOTALL)
EMPHASIS = re.compile(r"(?<![\w*_~])([*_~])(?=\S)(.+?)(?<=\S)\1(?![\w*_~])")


def shown(workspace: State, text: dict[str, Any] | None) -> str:
    """A text object as it looks: plain text as it is, mrkdwn worked out."""
    if not text:
        return ""
    if text.get("type") == "mrkdwn":
        return marked_up(workspace, text["text"])
    return str(text.get("text", ""))


def marked_up(workspace: State, text: str) -> str:
    """Mrkdwn as it looks: mentions as names, links as their words, no marks."""
    pieces = []
    position = 0
    for code in CODE.finditer(text):
        pieces.append(_formatted(workspace, text[position : code.start()]))
        pieces.append(_unescaped(code.group(1) or code.group(2)))
        position = code.end()
    pieces.append(_formatted(workspace, text[position:]))
    return "".join(pieces)


def _formatted(workspace: State, text: str) -> str:
    plain = text
    for _ in range(3):
        plain = EMPHASIS.sub(r"\2", plain)
    linked = ENTITY.sub(lambda found: _entity(workspace, found.group(1)), plain)
    return _unescaped(linked)


def _entity(workspace: State, inside: str) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        user = workspace.users.get(target[1:])
        return f"@{user.name if user else label or target[1:]}"
    if target.startswith("#"):
        channel = workspace.channels.get(target[1:])
        return f"#{channel.name if channel else label or target[1:]}"
    if target.startswith("!date^"):
        return label
    if target.startswith("!"):
        return label or f"@{target[1:]}"
    return label or target


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
