"""What somebody has before her in Slack's client, and what she can find there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.slack.blocks import Block, Element, interactive_elements
from sandbox.slack.conversations import Channel, Message
from sandbox.slack.views import View

if TYPE_CHECKING:
    from sandbox.slack.record import Delivery
    from sandbox.slack.state import State
    from sandbox.slack.users import User

Surface = View | Message
# How many messages a client loads at once, the newest first.
LOADED_AT_ONCE = 50
NOTICE_LIFE = timedelta(minutes=1)


class ImpossibleError(AssertionError):
    """Slack's client gives nobody a way to do this.

    `fields` tells by block_id what is wrong with which field.
    """

    def __init__(self, problem: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(problem)
        self.fields = fields or {}


class ClientSight:
    """The reading side of a client."""

    def __init__(self, workspace: State, user: User) -> None:
        self.workspace = workspace
        self.user = user
        self._depths: dict[str, int] = {}

    # -- views ---------------------------------------------------------------------

    def modals(self) -> list[View]:
        """Her stack of modals, the one on top last."""
        return list(self.workspace.modals.stacks.get(self.user.id, []))

    def top_view(self) -> View | None:
        """The modal on top."""
        return self.workspace.modals.top(self.user.id)

    def home(self) -> View | None:
        """The app's home, as it was last published to her."""
        return self.workspace.modals.homes.get(self.user.id)

    def view(self, view_id: str) -> View:
        """A modal of hers, or the app's home, by its id. Raises ImpossibleError."""
        for view in [*self.modals(), self.home()]:
            if view is not None and view.id == view_id:
                return view
        raise ImpossibleError("that is not before her any more")

    def element(
        self, surface: Surface, block_id: str, action_id: str
    ) -> tuple[Block, Element]:
        """What has these ids, and its block. Raises ImpossibleError."""
        for block, element in interactive_elements(surface.blocks):
            if (block["block_id"], element["action_id"]) == (block_id, action_id):
                return block, element
        raise ImpossibleError("that is not there any more")

    # -- conversations -------------------------------------------------------------

    def conversations(self) -> list[Channel]:
        """Channels and direct messages she is in."""
        everywhere = self.workspace.channels.values()
        return [channel for channel in everywhere if self.user.id in channel.members]

    def conversation(self, channel_id: str) -> Channel:
        """One of her conversations, by its id. Raises ImpossibleError."""
        for channel in self.conversations():
            if channel.id == channel_id:
                return channel
        raise ImpossibleError("that conversation is not hers")

    def messages(self, channel: Channel) -> list[Message]:
        """What she can read in a conversation, oldest first."""
        return channel.visible_to(self.user.id)

    def loaded(self, channel: Channel) -> tuple[list[Message], bool]:
        """What her client holds of a conversation, and whether there is more before."""
        messages = self.messages(channel)
        depth = self._depths.get(channel.id, LOADED_AT_ONCE)
        return messages[-depth:], len(messages) > depth

    def show_older(self, channel: Channel) -> None:
        """Scroll up, past what is loaded."""
        with self.workspace.changed:
            depth = self._depths.get(channel.id, LOADED_AT_ONCE)
            self._depths[channel.id] = depth + LOADED_AT_ONCE
            self.workspace.changed.notify_all()

    def message(self, channel_id: str, ts: str) -> Message:
        """A message she can read, by where and when. Raises ImpossibleError."""
        for message in self.messages(self.conversation(channel_id)):
            if message.ts == ts:
                return message
        raise ImpossibleError("that message is gone")

    def is_new(self, message: Message) -> bool:
        """Whether she has never looked at it; a change does not make it new again."""
        is_hers = message.author_id == self.user.id
        return not is_hers and self.user.id not in message.seen_by

    def unread(self, channel: Channel) -> int:
        """How many messages of a conversation are new to her."""
        return sum(self.is_new(message) for message in self.messages(channel))

    def looks(self, message: Message) -> None:
        """Her eyes are on this message as it is now."""
        with self.workspace.changed:
            message.seen_by[self.user.id] = message.revision
            self.workspace.changed.notify_all()

    def look(self, channel: Channel) -> None:
        """Her eyes are on a conversation: all that stands in it is read."""
        with self.workspace.changed:
            for message in self.messages(channel):
                message.seen_by[self.user.id] = message.revision
            self.workspace.changed.notify_all()

    # -- who and what there is -----------------------------------------------------

    def members(self) -> list[User]:
        """Everybody she can see; a guest only knows whom she shares a channel with."""
        everybody = list(self.workspace.users.values())
        if not self.user.is_guest:
            return everybody
        met = {member for each in self.conversations() for member in each.members}
        for each in self.conversations():  # who has left is still named beside it
            met |= {message.author_id for message in self.messages(each)}
        met |= {self.user.id, self.workspace.bot_user.id}
        return [user for user in everybody if user.id in met]

    def channels(self) -> list[Channel]:
        """Channels she can see: her own, and for members the public ones."""
        sees_public = not (self.user.is_guest or self.user.is_stranger)
        return [
            channel
            for channel in self.workspace.channels.values()
            if not channel.is_im
            and (
                self.user.id in channel.members
                or (sees_public and not channel.is_private)
            )
        ]

    def notices(self) -> list[tuple[str, str]]:
        """What Slack itself tells her of late, with an id that stays.

        A failed submission is told in its modal, a failed search in its list.
        """
        since = self.workspace.now() - NOTICE_LIFE
        return [
            (sent.envelope_id, words)
            for sent in reversed(self.workspace.record.deliveries)
            if sent.user_id == self.user.id and sent.at >= since
            if (words := _complaint(sent))
        ][::-1]


def _complaint(sent: Delivery) -> str:
    if sent.outcome in ("waiting", "acked"):
        return ""
    if sent.kind == "slash_commands":
        return f'{sent.subject} failed with the error "{sent.outcome}"'
    if sent.payload["type"] == "block_actions":
        return f"The app did not answer ({sent.outcome}). Try again?"
    return ""
