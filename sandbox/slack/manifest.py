"""What the app may do here, as its manifest.yml says."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

# https://docs.slack.dev/reference/events names the scope each event hangs on.
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "file_deleted": "files:read",
    "file_shared": "files:read",
    "member_joined_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "team_join": "users:read",
    "user_change": "users:read",
}
COMMAND_CHARACTERS = 32


class ManifestError(ValueError):
    """The manifest can't be installed; the text says what Slack would refuse."""


@dataclass(frozen=True)
class Command:
    """One slash command, as people are told of it."""

    description: str
    usage_hint: str = ""


@dataclass(frozen=True)
class Manifest:
    """The few parts of an app manifest that change how Slack treats the app."""

    name: str
    bot_name: str
    scopes: frozenset[str]
    commands: dict[str, Command] = field(default_factory=dict)
    events: frozenset[str] = frozenset()
    interactive: bool = False
    home_tab: bool = False
    messages_tab: bool = False
    messages_read_only: bool = False

    @classmethod
    def read(cls, path: Path | str) -> "Manifest":
        """Read a manifest file. Raises ManifestError with every refusal in words."""
        content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise ManifestError(f"{path}: not a manifest, there is nothing in it")
        problems = list(_problems(content))
        if problems:
            raise ManifestError(f"{path}: " + "; ".join(problems))
        return cls._from(content)

    @classmethod
    def _from(cls, content: dict[str, Any]) -> "Manifest":
        features = content.get("features", {})
        settings = content.get("settings", {})
        home = features.get("app_home", {})
        return cls(
            name=content["display_information"]["name"],
            bot_name=features["bot_user"]["display_name"],
            scopes=frozenset(_bot_scopes(content)),
            commands={
                command["command"]: Command(
                    command["description"], command.get("usage_hint", "")
                )
                for command in features.get("slash_commands", [])
            },
            events=frozenset(_bot_events(content)),
            interactive=bool(settings.get("interactivity", {}).get("is_enabled")),
            home_tab=bool(home.get("home_tab_enabled")),
            messages_tab=bool(home.get("messages_tab_enabled")),
            messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
        )


def _bot_scopes(content: dict[str, Any]) -> list[str]:
    return list(content.get("oauth_config", {}).get("scopes", {}).get("bot", []))


def _bot_events(content: dict[str, Any]) -> list[str]:
    subscriptions = content.get("settings", {}).get("event_subscriptions", {})
    return list(subscriptions.get("bot_events", []))


def _problems(content: dict[str, Any]) -> list[str]:
    name = content.get("display_information", {}).get("name", "")
    bot = content.get("features", {}).get("bot_user", {}).get("display_name")
    settings = content.get("settings", {})
    problems = []
    if not 1 <= len(name) <= 35:
        problems.append("display_information.name needs 1 to 35 characters")
    if not bot or len(bot) > 80:
        problems.append("features.bot_user.display_name needs 1 to 80 characters")
    if not _bot_scopes(content):
        problems.append("oauth_config.scopes.bot names no scope")
    if not settings.get("socket_mode_enabled"):
        problems.append("settings.socket_mode_enabled is not true")
    return problems + _command_problems(content) + _event_problems(content)


def _command_problems(content: dict[str, Any]) -> list[str]:
    commands = content.get("features", {}).get("slash_commands", [])
    names = [command.get("command", "") for command in commands]
    problems = [
        f"slash command {name!r} needs a / and at most {COMMAND_CHARACTERS} characters"
        for name in names
        if not name.startswith("/") or len(name) > COMMAND_CHARACTERS or " " in name
    ]
    problems += [
        f"slash command {command.get('command')!r} has no description"
        for command in commands
        if not command.get("description")
    ]
    if len(set(names)) != len(names):
        problems.append("a slash command is named twice")
    if names and "commands" not in _bot_scopes(content):
        problems.append("slash commands need the scope commands")
    return problems


def _event_problems(content: dict[str, Any]) -> list[str]:
    scopes = _bot_scopes(content)
    return [
        f"event {event} needs the scope {EVENT_SCOPES[event]}"
        for event in _bot_events(content)
        if event in EVENT_SCOPES and EVENT_SCOPES[event] not in scopes
    ]
