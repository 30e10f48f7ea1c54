"""Modals and App Homes, and the stack of modals a person has open."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.blocks import Blocks, Values, state

STACK_LIMIT = 3


@dataclass(eq=False)
class View:
    """One view of one person."""

    id: str
    user_id: str
    content: dict[str, Any]
    root_view_id: str
    previous_view_id: str | None
    external_id: str
    hash: str
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""
    submitting: bool = False
    revision: int = 1

    @property
    def is_home(self) -> bool:
        """Whether it is the App Home rather than a modal."""
        return str(self.content["type"]) == "home"

    @property
    def blocks(self) -> Blocks:
        """Its blocks, ids filled in."""
        blocks: Blocks = self.content["blocks"]
        return blocks

    def text(self, part: str) -> str:
        """Words of title, submit or close; empty when it has none."""
        found = self.content.get(part) or {}
        return str(found.get("text", ""))

    def as_api(self, team_id: str, app_id: str, bot_id: str) -> dict[str, Any]:
        """The view object of answers and payloads."""
        content = self.content
        return {
            "id": self.id,
            "team_id": team_id,
            "type": content["type"],
            "blocks": content["blocks"],
            "private_metadata": content.get("private_metadata", ""),
            "callback_id": content.get("callback_id", ""),
            "state": state(self.values),
            "hash": self.hash,
            "title": content.get("title")
            or {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": content.get("clear_on_close", False),
            "notify_on_close": content.get("notify_on_close", False),
            "close": content.get("close"),
            "submit": content.get("submit"),
            "previous_view_id": self.previous_view_id,
            "root_view_id": self.root_view_id,
            "app_id": app_id,
            "external_id": self.external_id,
            "app_installed_team_id": team_id,
            "bot_id": bot_id,
        }


def view_hash(content: dict[str, Any], seconds: float, serial: int) -> str:
    """A stamp that changes with every change of the view."""
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return f"{int(seconds)}.{serial:x}{digest[:8]}"
