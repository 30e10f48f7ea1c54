"""Things the app may use only for a while: triggers and response_urls."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.slack.state import State

RESPONSE_URL_LIFE = timedelta(minutes=30)
RESPONSE_URL_USES = 5


@dataclass
class Trigger:
    """The right to show this person a modal: once, while an ack is in time."""

    id: str
    user_id: str
    at: datetime
    real: float
    from_view_id: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """The right to answer in this channel: five times in half an hour."""

    id: str
    channel_id: str
    user_id: str
    at: datetime
    message_ts: str | None = None
    uses: int = 0


@dataclass
class Tickets:
    """Every trigger and response_url handed out."""

    workspace: State
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)

    def new_trigger(self, user_id: str, from_view_id: str | None = None) -> str:
        """A trigger_id for the next payload."""
        serial = self.workspace.new_id("")
        ticket = f"{serial}.{self.workspace.team_id}.{secrets.token_hex(16)}"
        now = self.workspace.now()
        self.triggers[ticket] = Trigger(
            ticket, user_id, now, time.monotonic(), from_view_id
        )
        return ticket

    def exchange_trigger(self, ticket: str) -> Trigger | str:
        """The trigger, used up now, or the error Slack gives.

        Old by the workspace's clock or old in real time are both too old.
        """
        trigger = self.triggers.get(ticket)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        aged = (self.workspace.now() - trigger.at).total_seconds()
        if max(aged, time.monotonic() - trigger.real) > self.workspace.ack_seconds:
            return "expired_trigger_id"
        trigger.used = True
        return trigger

    def new_response_url(
        self, channel_id: str, user_id: str, message_ts: str | None = None
    ) -> str:
        """A response_url for the next payload."""
        ticket = secrets.token_hex(16)
        self.response_urls[ticket] = ResponseUrl(
            ticket, channel_id, user_id, self.workspace.now(), message_ts
        )
        return f"{self.workspace.server.url}/actions/{self.workspace.team_id}/{ticket}"

    def use_response_url(self, ticket: str) -> ResponseUrl | str:
        """The response_url, one use poorer, or the error Slack gives."""
        found = self.response_urls.get(ticket)
        if found is None:
            return "invalid_url"
        if self.workspace.now() - found.at > RESPONSE_URL_LIFE:
            return "expired_url"
        if found.uses >= RESPONSE_URL_USES:
            return "used_url"
        found.uses += 1
        return found
