"""The Slack app's manifest as it stands, and its form for HTTP."""

import re
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from sleutelbos import complaints
from sleutelbos.wording import CommandError

_NAME: Final = "manifest.yml"
# Never names of the internet (RFC 6761, RFC 6762).
_LOCAL: Final = (".localhost", ".local")


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
    _require_public(url)
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


def _require_public(url: str) -> None:
    if re.search(r"\s", url):
        raise CommandError(complaints.ADDRESS_WITH_BLANKS, value=url)
    try:
        address = urlsplit(url)
        host, is_https = address.hostname or "", address.scheme == "https"
    except ValueError as error:
        raise CommandError(complaints.NOT_PUBLIC_HTTPS, value=url) from error
    if "@" in address.netloc:
        raise CommandError(complaints.ADDRESS_WITH_PASSWORD)
    if not is_https or not host or "?" in url or "#" in url:
        raise CommandError(complaints.NOT_PUBLIC_HTTPS, value=url)
    if not _is_public(host):
        raise CommandError(complaints.ADDRESS_NOT_PUBLIC, value=url)


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        # A name without a dot is known to one network only.
        return "." in host.rstrip(".") and not host.rstrip(".").endswith(_LOCAL)


def _parsed() -> Any:
    return yaml.safe_load(text())
