"""The Slack app's manifest as it stands, and its form for HTTP."""

from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from sleutelbos import complaints
from sleutelbos.wording import CommandError

_NAME = "manifest.yml"


def text() -> str:
    """manifest.yml: from the installed package, or from the checkout it runs in."""
    installed = files("sleutelbos").joinpath(_NAME)
    if installed.is_file():
        return installed.read_text(encoding="utf-8")
    return Path(__file__).parents[1].joinpath(_NAME).read_text(encoding="utf-8")


def bot_scopes() -> set[str]:
    """The scopes that the bot token must have."""
    return set(_parsed()["oauth_config"]["scopes"]["bot"])


def for_http(url: str) -> str:
    """The manifest for an app that Slack calls at `url`, in place of Socket Mode.

    Raises CommandError for an address that Slack can't call.
    """
    address = urlsplit(url)
    if address.scheme != "https" or not address.hostname or address.query:
        raise CommandError(complaints.NOT_PUBLIC_HTTPS, value=url)
    request_url = url.rstrip("/") + "/slack/events"
    manifest = _parsed()
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings.setdefault("interactivity", {})["is_enabled"] = True
    settings["interactivity"]["request_url"] = request_url
    settings["interactivity"]["message_menu_options_url"] = request_url
    if "event_subscriptions" in settings:
        settings["event_subscriptions"]["request_url"] = request_url
    for command in manifest["features"].get("slash_commands", ()):
        command["url"] = request_url
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=88)


def _parsed() -> Any:
    return yaml.safe_load(text())
