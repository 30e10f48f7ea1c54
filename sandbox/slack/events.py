"""Events for the app, if its manifest subscribes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.slack.conversations import Channel, Message
    from sandbox.slack.state import State
    from sandbox.slack.users import User

KINDS_OF_MESSAGES = {
    "im": "message.im",
    "mpim": "message.mpim",
    "group": "message.groups",
    "channel": "message.channels",
}


def emit(
    workspace: State, name: str, content: dict[str, Any], subject: str = ""
) -> None:
    """Send an event if subscribed; `name` may say more than the event's type."""
    if name not in workspace.manifest.events:
        return
    event = {"type": name.partition(".")[0]} | content
    event.setdefault("event_ts", workspace.new_stamp())
    workspace.sockets.deliver_event(event, subject or name)


def described(workspace: State, user: User) -> dict[str, Any]:
    """The user object as events carry it, as far as the app's scopes go."""
    return user.as_api(
        with_email="users:read.email" in workspace.manifest.scopes,
        with_locale=True,
        viewer_team=workspace.team_id,
    )


def kind_of(channel: Channel) -> str:
    """Slack's word for what kind of conversation it is."""
    if channel.is_im:
        return "im"
    if channel.is_mpim:
        return "mpim"
    return "group" if channel.is_private else "channel"


def message_posted(workspace: State, channel: Channel, message: Message) -> None:
    """A message where the app is a member, its own included, as Slack does it."""
    content = message.as_api(workspace.team_id) | {"event_ts": message.ts}
    if message.file_ids and not message.is_from_app:
        content["subtype"] = "file_share"
    _of_message(workspace, channel, message, content)


def message_changed(
    workspace: State, channel: Channel, message: Message, before: dict[str, Any]
) -> None:
    """Other words where a message stood; `before` is what the API said of it."""
    content = {
        "subtype": "message_changed",
        "hidden": True,
        "message": message.as_api(workspace.team_id),
        "previous_message": before,
        "ts": workspace.new_stamp(),
    }
    _of_message(workspace, channel, message, content)


def message_deleted(workspace: State, channel: Channel, message: Message) -> None:
    """A message is gone."""
    content = {
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message.ts,
        "previous_message": message.as_api(workspace.team_id),
        "ts": workspace.new_stamp(),
    }
    _of_message(workspace, channel, message, content)


def _of_message(
    workspace: State, channel: Channel, message: Message, content: dict[str, Any]
) -> None:
    if message.only_for or workspace.bot_user.id not in channel.members:
        return
    kind = kind_of(channel)
    where = {"channel": channel.id, "channel_type": kind}
    emit(workspace, KINDS_OF_MESSAGES[kind], content | where)


def joined_channel(workspace: State, channel: Channel, user: User) -> None:
    """Somebody came into a channel."""
    content = {
        "user": user.id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": workspace.team_id,
    }
    emit(workspace, "member_joined_channel", content)


def home_opened(workspace: State, user: User, tab: str, view: Any) -> None:
    """Somebody looks at the app's home or messages tab."""
    content = {
        "user": user.id,
        "channel": workspace.direct_message(user.id).id,
        "tab": tab,
    }
    if view is not None:
        content["view"] = view
    emit(workspace, "app_home_opened", content)
