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
APP_HOME = "features.app_home"
BOT_EVENTS = "settings.event_subscriptions.bot_events"
BOT_SCOPES = "oauth_config.scopes.bot"
COMMANDS = "features.slash_commands"
EVENTS_URL = "settings.event_subscriptions.request_url"
INTERACTIVITY = "settings.interactivity"


class ManifestError(ValueError):
    """The manifest can't be installed; the text says what Slack would refuse."""


@dataclass(frozen=True)
class Command:
    """One slash command, as people are told of it."""

    description: str
    usage_hint: str = ""
    url: str = ""


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
    socket_mode: bool = True
    events_url: str = ""
    interactivity_url: str = ""
    options_url: str = ""

    @classmethod
    def read(cls, path: Path | str) -> "Manifest":
        """Read a manifest file, YAML or JSON.

        Raises ManifestError with every refusal in words, OSError without a file.
        """
        try:
            content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            words = " ".join(str(error).replace(' in "<unicode string>",', "").split())
            raise ManifestError(f"{path}: neither YAML nor JSON: {words}") from None
        if content is None:
            raise ManifestError(f"{path}: there is nothing in it")
        try:
            problems = _problems(content)
            if not problems:
                return cls._from(content)
        except _WrongKindError as wrong:
            problems = [str(wrong)]
        raise ManifestError(f"{path}: " + "; ".join(problems))

    @classmethod
    def _from(cls, content: Any) -> "Manifest":
        return cls(
            name=_words(content, "display_information.name"),
            bot_name=_words(content, "features.bot_user.display_name"),
            scopes=frozenset(_listed(content, BOT_SCOPES)),
            commands={
                _words(each, "command"): Command(
                    _words(each, "description"),
                    _words(each, "usage_hint"),
                    _words(each, "url"),
                )
                for each in _commands(content)
            },
            events=frozenset(_listed(content, BOT_EVENTS)),
            interactive=_is_on(content, "settings.interactivity.is_enabled"),
            home_tab=_is_on(content, f"{APP_HOME}.home_tab_enabled"),
            messages_tab=_is_on(content, f"{APP_HOME}.messages_tab_enabled"),
            messages_read_only=_is_on(
                content, f"{APP_HOME}.messages_tab_read_only_enabled"
            ),
            socket_mode=_is_on(content, "settings.socket_mode_enabled"),
            events_url=_words(content, EVENTS_URL),
            interactivity_url=_words(content, f"{INTERACTIVITY}.request_url"),
            options_url=_words(content, f"{INTERACTIVITY}.message_menu_options_url"),
        )

    def request_url_of(self, payload: dict[str, Any]) -> str:
        """Where Slack posts this payload without Socket Mode."""
        if "command" in payload:
            return self.commands[payload["command"]].url
        if payload["type"] == "event_callback":
            return self.events_url
        if payload["type"] == "block_suggestion" and self.options_url:
            return self.options_url
        return self.interactivity_url


class _WrongKindError(ValueError):
    """Something in the manifest is not of the kind that Slack reads there."""


def _at(content: Any, place: str, kind: type, name: str) -> Any:
    """What stands at a place, None where nothing does."""
    found, keys = content, place.split(".")
    for position, key in enumerate(keys):
        if not isinstance(found, dict):
            above = ".".join(keys[:position]) or "the manifest"
            raise _WrongKindError(f"{above} is {found!r} and no mapping")
        found = found.get(key)
        if found is None:
            return None
    if not isinstance(found, kind):
        raise _WrongKindError(f"{place} is {found!r} and no {name}")
    return found


def _listed(content: Any, place: str) -> list[Any]:
    return _at(content, place, list, "list") or []


def _commands(content: Any) -> list[dict[str, Any]]:
    commands = _listed(content, COMMANDS)
    for each in commands:
        if not isinstance(each, dict):
            raise _WrongKindError(f"{COMMANDS} has {each!r} in it and no mapping")
    return commands


def _words(content: Any, place: str) -> str:
    return _at(content, place, str, "text") or ""


def _is_on(content: Any, place: str) -> bool:
    return _at(content, place, bool, "true or false") or False


def _problems(content: Any) -> list[str]:
    problems = []
    if not 1 <= len(_words(content, "display_information.name")) <= 35:
        problems.append("display_information.name needs 1 to 35 characters")
    if not 1 <= len(_words(content, "features.bot_user.display_name")) <= 80:
        problems.append("features.bot_user.display_name needs 1 to 80 characters")
    if not _listed(content, BOT_SCOPES):
        problems.append(f"{BOT_SCOPES} names no scope")
    problems += _command_problems(content) + _event_problems(content)
    if not _is_on(content, "settings.socket_mode_enabled"):
        problems += _address_problems(content)
    return problems


def _address_problems(content: Any) -> list[str]:
    """What an app without Socket Mode can't be called at."""
    addresses = {
        f"slash command {_words(each, 'command')}": _words(each, "url")
        for each in _commands(content)
    }
    if _listed(content, BOT_EVENTS):
        addresses["settings.event_subscriptions"] = _words(content, EVENTS_URL)
    if _is_on(content, f"{INTERACTIVITY}.is_enabled"):
        addresses[INTERACTIVITY] = _words(content, f"{INTERACTIVITY}.request_url")
    return [
        f"without socket_mode_enabled, {name} needs a request URL"
        for name, url in addresses.items()
        if not url.startswith(("http://", "https://"))
    ]


def _command_problems(content: Any) -> list[str]:
    commands = _commands(content)
    names = [_words(command, "command") for command in commands]
    problems = [
        f"slash command {name!r} needs a / and at most {COMMAND_CHARACTERS} characters"
        for name in names
        if not name.startswith("/") or len(name) > COMMAND_CHARACTERS or " " in name
    ]
    problems += [
        f"slash command {name!r} has no description"
        for name, command in zip(names, commands, strict=True)
        if not _words(command, "description")
    ]
    if len(set(names)) != len(names):
        problems.append("a slash command is named twice")
    if names and "commands" not in _listed(content, BOT_SCOPES):
        problems.append("slash commands need the scope commands")
    return problems


def _event_problems(content: Any) -> list[str]:
    scopes = _listed(content, BOT_SCOPES)
    return [
        f"event {event} needs the scope {EVENT_SCOPES[event]}"
        for event in _listed(content, BOT_EVENTS)
        if event in EVENT_SCOPES and EVENT_SCOPES[event] not in scopes
    ]
