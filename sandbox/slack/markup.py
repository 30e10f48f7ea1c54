"""What people see of Slack's text markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.slack.state import State

# Whatever is not plain text is taken out first and leaves this character behind, so
# that no mark of emphasis is found inside it. A real one is taken out likewise.
HOLE = "\ufffc"
_CHARACTER = r"(?:&amp;|(?!&(?:lt|gt|amp);)[^\s<>|])"
_LAST = r"(?:&amp;|(?!&(?:lt|gt|amp);)[^\s<>|*_~.,;:!?)'\"\]}])"
ATOM = re.compile(
    r"```(?P<fence>.+?)```|`(?P<code>[^`\n]+)`|<(?P<entity>[^<>\n]+)>"
    rf"|(?P<address>https?://{_CHARACTER}*{_LAST})|{HOLE}",
    re.DOTALL,
)
EMPHASIS = re.compile(r"(?<![\w*~])([*_~])(?!\1)(?=\S)(.+?)(?<=\S)\1(?![\w*~])")


def shown(workspace: State, text: dict[str, Any] | None) -> str:
    """A text object as it looks: plain text as it is, mrkdwn worked out."""
    if not text:
        return ""
    if text.get("type") == "mrkdwn":
        return marked_up(workspace, text["text"])
    return str(text.get("text", ""))


def marked_up(workspace: State, text: str) -> str:
    """Mrkdwn as it looks: mentions as names, links as their words, no marks."""
    atoms: list[str] = []

    def lift(found: re.Match[str]) -> str:
        atoms.append(_atom(workspace, found))
        return HOLE

    first, *others = _unescaped(_unmarked(ATOM.sub(lift, text))).split(HOLE)
    return first + "".join(map("".join, zip(atoms, others, strict=True)))


def _unmarked(text: str) -> str:
    return EMPHASIS.sub(lambda found: _unmarked(found[2]), text)


def _atom(workspace: State, found: re.Match[str]) -> str:
    if found["entity"]:
        return _unescaped(_entity(workspace, found["entity"]))
    return _unescaped(found["fence"] or found["code"] or found[0])


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
