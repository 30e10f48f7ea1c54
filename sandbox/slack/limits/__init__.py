"""Slack's limits on views and messages, checked by code that built neither.

Pure: takes what would be sent and says what Slack would refuse. The workspace asks
it at every call; a test can ask it about any payload.
"""

import json
from typing import Any

from sandbox.slack.limits.blocks import (
    IN_MESSAGES,
    IN_MODALS,
    OUTSIDE_MODALS,
    blocks,
)
from sandbox.slack.limits.composition import (
    GROUPS,
    OPTIONS,
    either_options_or_groups,
    plain_text,
)
from sandbox.slack.limits.shapes import Problem, boolean, shape, string

__all__ = ["Problem", "check_message", "check_options", "check_view"]

VIEW_BYTES = 250 * 1024
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 40_000
# Undocumented; reported "near 13,200" (bolt-js#2509). Counted as compact JSON, the
# strictest reading, so that what passes here passes there.
MESSAGE_BLOCK_CHARACTERS = 13_200

_ANY_VIEW = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
_MODAL = shape(
    {"title": plain_text(24), "blocks": blocks(IN_MODALS, VIEW_BLOCKS)},
    _ANY_VIEW
    | {
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
    },
)
_HOME = shape({"blocks": blocks(OUTSIDE_MODALS, VIEW_BLOCKS)}, _ANY_VIEW)
_MESSAGE_BLOCKS = blocks(IN_MESSAGES, MESSAGE_BLOCKS)


def check_view(view: Any) -> list[Problem]:
    """What Slack would refuse in a view; nothing when it is good."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return [Problem("/type", "must be modal or home", "invalid_arguments")]
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        return [Problem("", "greater than 250 KB", "view_too_large")]
    check = _MODAL if view["type"] == "modal" else _HOME
    found = list(check(view, ""))
    if view["type"] == "modal" and not view.get("submit") and _has_input(view):
        text = "`submit` is required when an input block is within the blocks array"
        found.append(Problem("/submit", text))
    return [Problem(each.pointer, each.text, "invalid_arguments") for each in found]


def check_message(message: dict[str, Any]) -> list[Problem]:
    """What Slack would refuse in the text and blocks of a message."""
    text, given = message.get("text") or "", message.get("blocks") or []
    if message.get("attachments"):
        return [
            Problem("/attachments", "not imitated: use blocks", "invalid_attachments")
        ]
    if not text and not given:
        return [Problem("/text", "no text and no blocks", "no_text")]
    if not isinstance(text, str):
        return [Problem("/text", "must be a string", "invalid_arguments")]
    if len(text) > MESSAGE_TEXT:
        return [Problem("/text", f"over {MESSAGE_TEXT} characters", "msg_too_long")]
    found = list(_MESSAGE_BLOCKS(given, "/blocks"))
    compact = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    if not found and len(compact) > MESSAGE_BLOCK_CHARACTERS:
        too_long = f"over {MESSAGE_BLOCK_CHARACTERS} characters of blocks"
        found.append(Problem("/blocks", too_long, "msg_blocks_too_long"))
    return found


def check_options(answer: Any) -> list[Problem]:
    """What Slack would refuse in the answer to a block_suggestion."""
    if not isinstance(answer, dict):
        return [Problem("", "must be an object")]
    found = list(either_options_or_groups(answer, ""))
    if isinstance(answer.get("options"), list) and not answer["options"]:
        return found
    known = {"options": OPTIONS, "option_groups": GROUPS}
    return [*found, *shape({}, known)(answer, "")]


def _has_input(view: dict[str, Any]) -> bool:
    given = view.get("blocks")
    listed = given if isinstance(given, list) else []
    return any(
        isinstance(each, dict) and each.get("type") == "input" for each in listed
    )
