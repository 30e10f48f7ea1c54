"""Channels, direct messages, and what is written in them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.slack.blocks import Blocks, Values


@dataclass(eq=False)
class Message:
    """A posted message, or (with `only_for`) an ephemeral one."""

    ts: str
    channel_id: str
    author_id: str
    text: str
    blocks: Blocks = field(default_factory=list)
    bot_id: str | None = None
    app_id: str | None = None
    only_for: str | None = None
    thread_ts: str | None = None
    file_ids: list[str] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    edited_at: datetime | None = None
    revision: int = 1
    values: Values = field(default_factory=dict)
    seen_by: dict[str, int] = field(default_factory=dict)

    @property
    def is_from_app(self) -> bool:
        """Whether the app wrote it, by token or by response_url."""
        return self.bot_id is not None

    @property
    def is_read(self) -> bool:
        """Whether somebody looked at it as it is now."""
        return self.revision in self.seen_by.values()

    def is_news_to(self, user_id: str) -> bool:
        """Whether it is new, or has changed, since this person looked at it."""
        return self.seen_by.get(user_id, 0) < self.revision

    def as_api(self, team_id: str) -> dict[str, Any]:
        """The message object of answers, events and interaction payloads."""
        described: dict[str, Any] = {
            "type": "message",
            "user": self.author_id,
            "ts": self.ts,
            "text": self.text,
            "team": team_id,
        }
        if self.blocks:
            described["blocks"] = self.blocks
        if self.bot_id:
            described |= {"bot_id": self.bot_id, "app_id": self.app_id}
        if self.thread_ts:
            described["thread_ts"] = self.thread_ts
        if self.metadata:
            described["metadata"] = self.metadata
        if self.edited_at:
            stamp = f"{self.edited_at.timestamp():.6f}"
            described["edited"] = {"user": self.author_id, "ts": stamp}
        return described


@dataclass(eq=False)
class Channel:
    """A channel, public or private, or a direct message (`is_im`)."""

    id: str
    name: str
    creator: str
    created: int
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_ext_shared: bool = False
    is_archived: bool = False
    members: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def message(self, ts: str) -> Message | None:
        """The message with this timestamp, ephemeral ones included."""
        return next((found for found in self.messages if found.ts == ts), None)

    def visible_to(self, user_id: str) -> list[Message]:
        """What this person can read here, oldest first."""
        return [
            message
            for message in self.messages
            if message.only_for in (None, user_id)
            and (user_id in self.members or message.only_for == user_id)
        ]

    def as_api(self, viewer_id: str) -> dict[str, Any]:
        """The conversation object as one member sees it."""
        described: dict[str, Any] = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.is_archived,
            "is_im": self.is_im,
            "is_org_shared": False,
        }
        if self.is_im:
            others = [member for member in self.members if member != viewer_id]
            described |= {"user": others[0], "is_user_deleted": False, "is_open": True}
            return described
        return described | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_mpim": self.is_mpim,
            "is_private": self.is_private,
            "is_general": False,
            "is_shared": self.is_ext_shared,
            "is_ext_shared": self.is_ext_shared,
            "is_pending_ext_shared": False,
            "is_member": viewer_id in self.members,
            "creator": self.creator,
            "context_team_id": "",
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }
