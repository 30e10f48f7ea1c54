"""Payloads shaped as Slack sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import STATE, Element, state

if TYPE_CHECKING:
    from sandbox.slack.conversations import Channel, Message
    from sandbox.slack.state import State
    from sandbox.slack.users import User
    from sandbox.slack.views import View


def channel_name(channel: Channel) -> str:
    """What Slack calls the channel in payloads; only public ones by their name."""
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def interaction(workspace: State, kind: str, user: User) -> dict[str, Any]:
    """What every interaction payload begins with."""
    return {
        "type": kind,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team_id,
        },
        "api_app_id": workspace.app_id,
        "token": workspace.verification_token,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def slash_command(
    workspace: State, user: User, channel: Channel, command: str, text: str
) -> dict[str, Any]:
    """A typed command; every value is a string, as on the wire."""
    return {
        "token": workspace.verification_token,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": workspace.tickets.new_response_url(channel.id, user.id),
        "trigger_id": workspace.tickets.new_trigger(user.id),
    }


def in_view(workspace: State, view: View) -> dict[str, Any]:
    """Where something happened: in this view."""
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": view_object(workspace, view),
    }


def in_message(workspace: State, message: Message, user_id: str) -> dict[str, Any]:
    """Where something happened: in this message."""
    channel = workspace.channels[message.channel_id]
    is_ephemeral = message.only_for is not None
    container: dict[str, Any] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": is_ephemeral,
    }
    place: dict[str, Any] = {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": state(message.values),
        "response_url": workspace.tickets.new_response_url(
            channel.id, user_id, message.ts
        ),
    }
    if not is_ephemeral:
        place["message"] = message.as_api(workspace.team_id)
    return place


def view_object(workspace: State, view: View) -> dict[str, Any]:
    """A view as payloads and answers carry it."""
    return view.as_api(workspace.team_id, workspace.app_id, workspace.bot_id)


def action(
    element: Element, block_id: str, value: dict[str, Any] | None, stamp: str
) -> dict[str, Any]:
    """One entry of `actions`; `value` is the element's state after the action."""
    done: dict[str, Any] = {
        "action_id": element["action_id"],
        "block_id": block_id,
        "type": element["type"],
        "action_ts": stamp,
    }
    for carried in ("text", "value", "style", "placeholder"):
        if carried in element and element["type"] != "plain_text_input":
            done[carried] = element[carried]
    if value:
        key = STATE[element["type"]][0] if element["type"] in STATE else ""
        done |= {key: value[key]} if key else value
    return done


def suggestion(
    workspace: State, user: User, element: Element, block_id: str, typed: str
) -> dict[str, Any]:
    """What the app is asked while somebody searches in an external select."""
    return interaction(workspace, "block_suggestion", user) | {
        "action_id": element["action_id"],
        "block_id": block_id,
        "value": typed,
    }
