"""Putting messages into conversations, changing them and taking them away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.slack import events
from sandbox.slack.blocks import Blocks, filled_in, starting_values
from sandbox.slack.conversations import Channel, Message

if TYPE_CHECKING:
    from sandbox.slack.state import State


def as_sent_on(text: str) -> str:
    """What a person typed, its markup characters escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Posting:
    """What ends up in channels, from the app and from people."""

    def __init__(self, workspace: State) -> None:
        self.workspace = workspace

    def by_app(
        self, channel: Channel, text: str, blocks: Blocks, **more: Any
    ) -> Message:
        """A message of the app; `more` sets only_for, thread_ts, metadata, files."""
        workspace = self.workspace
        message = Message(
            ts=workspace.new_stamp(),
            channel_id=channel.id,
            author_id=workspace.bot_user.id,
            text=text,
            bot_id=workspace.bot_id,
            app_id=workspace.app_id,
            **more,
        )
        self._put_blocks(message, blocks)
        return self._post(channel, message)

    def by_person(
        self, channel: Channel, user_id: str, text: str, **more: Any
    ) -> Message:
        """A message of a person, as Slack sends it on."""
        stamp = self.workspace.new_stamp()
        message = Message(stamp, channel.id, user_id, as_sent_on(text), **more)
        return self._post(channel, message)

    def change(self, message: Message, text: str, blocks: Blocks) -> None:
        """Put other words and blocks in place of what it said."""
        channel = self.workspace.channels[message.channel_id]
        with self.workspace.changed:
            before = message.as_api(self.workspace.team_id)
            message.text = text
            self._put_blocks(message, blocks)
            message.edited_at = self.workspace.now()
            message.revision += 1
            self.workspace.changed.notify_all()
        events.message_changed(self.workspace, channel, message, before)

    def remove(self, message: Message) -> None:
        """Take it out of its conversation."""
        channel = self.workspace.channels[message.channel_id]
        with self.workspace.changed:
            channel.messages.remove(message)
            self.workspace.changed.notify_all()
        events.message_deleted(self.workspace, channel, message)

    def _put_blocks(self, message: Message, blocks: Blocks) -> None:
        message.blocks = filled_in(blocks, lambda: self.workspace.new_id("b"))
        message.values = starting_values(message.blocks, message.values)

    def _post(self, channel: Channel, message: Message) -> Message:
        with self.workspace.changed:
            channel.messages.append(message)
            self.workspace.changed.notify_all()
        events.message_posted(self.workspace, channel, message)
        return message
