"""What one person's client shows, as the page draws it."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import state

if TYPE_CHECKING:
    from sandbox.slack.client import Client
    from sandbox.slack.conversations import Channel, Message
    from sandbox.slack.users import User
    from sandbox.slack.views import View

Shown = dict[str, Any]


def snapshot(client: Client) -> Shown:
    """Everything before her; callers hold the workspace's lock."""
    workspace = client.workspace
    home, modals, conversations = client.home(), client.modals(), client.conversations()
    if client.user.deleted:  # signed out everywhere
        home, modals, conversations = None, [], []
    return {
        "team": {"name": workspace.domain},
        "me": _me(client.user),
        "cast": [player(user) for user in workspace.cast()],
        "app": _app(client),
        "commands": [
            {
                "command": name,
                "description": command.description,
                "usage_hint": command.usage_hint,
            }
            for name, command in workspace.manifest.commands.items()
        ],
        "users": {user.id: _member(user) for user in client.members()},
        "channels": {
            channel.id: {"name": channel.name, "is_private": channel.is_private}
            for channel in client.channels()
        },
        "conversations": [_conversation(client, each) for each in conversations],
        "home": _view(home) if home else None,
        "modals": [_view(view) for view in modals],
        "notices": [{"id": key, "text": text} for key, text in client.notices()],
    }


def _me(user: User) -> Shown:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "email": user.email,
        "note": user.note,
        "locale": user.locale,
        "tz": user.tz,
        "is_guest": user.is_guest,
        "is_deleted": user.deleted,
    }


def player(user: User) -> Shown:
    """Somebody one can be here, to choose from."""
    return {"name": user.name, "real_name": user.real_name, "note": user.note}


def _member(user: User) -> Shown:
    return {
        "name": user.name,
        "real_name": user.real_name,
        "is_bot": user.is_bot,
        "is_deleted": user.deleted,
    }


def _app(client: Client) -> Shown:
    workspace = client.workspace
    manifest = workspace.manifest
    return {
        "user_id": workspace.bot_user.id,
        "name": manifest.name,
        "has_home": manifest.home_tab,
        "has_messages": manifest.messages_tab,
        "messages_read_only": manifest.messages_read_only,
        "is_connected": workspace.sockets.is_app_there,
    }


def _conversation(client: Client, channel: Channel) -> Shown:
    messages, has_older = client.loaded(channel)
    return {
        "id": channel.id,
        "name": channel.name,
        "is_private": channel.is_private,
        "is_im": channel.is_im,
        "with_app": client.workspace.bot_user.id in channel.members,
        "is_archived": channel.is_archived,
        "unread": client.unread(channel),
        "has_older": has_older,
        "messages": [_message(client, message) for message in messages],
    }


def _message(client: Client, message: Message) -> Shown:
    files = client.files_in(message)
    return {
        "ts": message.ts,
        # Taking a file away changes what is drawn, and is no change of the message.
        "revision": f"{message.revision}.{len(files)}",
        "author_id": message.author_id,
        "only_for_me": message.only_for is not None,
        "edited": message.edited_at is not None,
        "text": message.text,
        "blocks": message.blocks,
        "values": state(message.values)["values"],
        "files": [
            {
                "id": file.id,
                "name": file.name,
                "size": file.size,
                "mimetype": mimetypes.guess_type(file.name)[0]
                or "application/octet-stream",
            }
            for file in files
        ],
        "is_new": client.is_new(message),
    }


def _view(view: View) -> Shown:
    return {
        "id": view.id,
        "revision": str(view.revision),
        "type": view.content["type"],
        "title": view.text("title"),
        "submit": view.text("submit"),
        "close": view.text("close"),
        "blocks": view.blocks,
        "values": state(view.values)["values"],
        "errors": view.errors,
        "trouble": view.trouble,
        "is_submitting": view.submitting,
    }
