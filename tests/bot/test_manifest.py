"""manifest.yml asks Slack for exactly what the code uses."""

import ast
import json
from pathlib import Path

import pytest
import yaml
from jsonschema.validators import validator_for
from slack_bolt import BoltRequest, BoltResponse
from slack_sdk import WebClient

from bot.app import build_app, web_client
from domain.secret import Secret
from tests.bot.registrations import registered

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "tests/data/manifest.schema.json"
# docs.slack.dev/reference/methods names the scope that each method needs.
SCOPES = {
    "auth_test": set(),
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "files_completeUploadExternal": {"files:write"},
    "files_delete": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_info": {"files:read"},
    "files_upload_v2": {"files:write"},
    # The address, for proposing a personnel number, has a scope of its own.
    "users_info": {"users:read", "users:read.email"},
    "users_list": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}
EVENT_SCOPES = {
    "app_home_opened": set(),
    "message.im": {"im:history"},
    "user_change": {"users:read"},
}
# Written down once more, so that a new scope is a decision and no side effect.
ALLOWED = {
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:read",
    "im:history",
    "users:read",
    "users:read.email",
}


@pytest.fixture(scope="module")
def manifest():
    return yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))


@pytest.fixture
def app(slack, office):
    return build_app(office, web_client(Secret(slack.bot_token), slack.api_url))


def heard(app, probe):
    """Whether a listener answers a payload of this shape."""
    request = BoltRequest(mode="socket_mode", body=probe)
    return any(
        listener.matches(req=request, resp=BoltResponse(status=200))
        for listener in app._listeners
    )


def methods_used():
    """Methods of the Web API that the bot calls, read from its code."""
    known = {
        name
        for name in vars(WebClient)
        if "_" in name and name[0] != "_" and callable(getattr(WebClient, name))
    }
    return {
        node.attr
        for path in (ROOT / "bot").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in known
    }


def test_manifest_is_valid(manifest):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(manifest)] == []
    info = manifest["display_information"]
    assert len(info["name"]) <= 35
    assert len(info["description"]) <= 140


def test_scopes_are_exactly_those_of_the_methods_commands_and_events(manifest):
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    needed = {"commands"}
    for method in methods_used():
        needed |= SCOPES[method]
    for event in events:
        needed |= EVENT_SCOPES[event]
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == needed


def test_scopes_are_those_that_somebody_decided_on(manifest):
    assert manifest["oauth_config"]["scopes"] == {"bot": sorted(ALLOWED)}


def test_every_command_and_event_of_the_manifest_is_answered(manifest, app):
    for command in manifest["features"]["slash_commands"]:
        assert heard(app, {"command": command["command"], "text": ""})
    for event in manifest["settings"]["event_subscriptions"]["bot_events"]:
        kind, _, channel_type = event.partition(".")
        probe = {"type": kind, "channel_type": channel_type}
        assert heard(app, {"type": "event_callback", "event": probe})


def test_nothing_is_answered_that_the_manifest_does_not_name(manifest, app):
    commands = {c["command"] for c in manifest["features"]["slash_commands"]}
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    listened_for = registered(app)
    assert listened_for["command"] == commands
    assert listened_for["event"] == {event.partition(".")[0] for event in events}
    inside = {"action", "options", "view_submission", "view_closed"}
    assert set(listened_for) == {"command", "event"} | inside


def test_socket_mode_is_on_and_what_is_not_used_is_off(manifest):
    settings = manifest["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"]["is_enabled"] is True
    assert settings["org_deploy_enabled"] is False
    assert settings["token_rotation_enabled"] is False
    assert manifest["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
