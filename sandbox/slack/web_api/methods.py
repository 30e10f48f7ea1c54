"""Which methods there are, and what each asks of its caller."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.slack.refusals import RefusedError

if TYPE_CHECKING:
    from sandbox.slack.conversations import Channel
    from sandbox.slack.state import State

TRUE = (True, "true", "True", "1", 1)


@dataclass
class Call:
    """One call on its way: who is called, with what."""

    workspace: State
    arguments: dict[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """A string argument."""
        value = self.arguments.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def required(self, name: str) -> str:
        """A string argument that must be there."""
        if self.arguments.get(name) in (None, ""):
            raise RefusedError.invalid_arguments(f"missing required field: {name}")
        return self.text(name)

    def flag(self, name: str) -> bool:
        """A boolean argument, as a form or as JSON."""
        return self.arguments.get(name) in TRUE

    def number(self, name: str, default: int) -> int:
        """An integer argument, as a form or as JSON."""
        try:
            return int(self.arguments.get(name, default))
        except (TypeError, ValueError):
            raise RefusedError.invalid_arguments(f"invalid {name}") from None

    def structure(self, name: str) -> Any:
        """A structured argument: JSON itself, or JSON in a string."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise RefusedError.invalid_arguments(f"{name} is not JSON") from None

    def channel(self, channel_id: str) -> Channel:
        """A conversation that the app may know of. Raises channel_not_found."""
        channel = self.workspace.channels.get(channel_id)
        inside = channel and self.workspace.bot_user.id in channel.members
        if channel is None or (channel.is_private and not inside):
            raise RefusedError("channel_not_found")
        return channel

    def needs(self, *scopes: str) -> None:
        """Refuse with missing_scope unless the manifest has one of these."""
        granted = self.workspace.manifest.scopes
        if scopes and not granted & set(scopes):
            raise RefusedError(
                "missing_scope",
                needed=",".join(scopes),
                provided=",".join(sorted(granted)),
            )


Answer = dict[str, Any]
Function = Callable[[Call], Answer]


@dataclass(frozen=True)
class Method:
    """One method of the Web API.

    `tier` is Slack's rate tier, None for a rule of its own. `takes_json` is false
    where Slack reads form bodies only.
    """

    name: str
    function: Function
    tier: int | None
    scopes: tuple[str, ...]
    by_app_token: bool
    takes_json: bool


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *,
    tier: int | None,
    scopes: tuple[str, ...] = (),
    by_app_token: bool = False,
    takes_json: bool = True,
) -> Callable[[Function], Function]:
    """Register a function as a method."""

    def register(function: Function) -> Function:
        METHODS[name] = Method(name, function, tier, scopes, by_app_token, takes_json)
        return function

    return register
