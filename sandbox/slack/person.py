"""Somebody with an account: types, presses, fills in, submits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack import finding, screen
from sandbox.slack.client_rules import Surface
from sandbox.slack.conversations import Channel, Message
from sandbox.slack.filling import Filling

if TYPE_CHECKING:
    from sandbox.slack.files import File
    from sandbox.slack.record import Delivery
    from sandbox.slack.views import View


class Person(Filling):
    """A member of the workspace, acting only as Slack's client allows.

    Every verb waits for what it needs to appear, at most `patience` seconds of real
    time, and raises ImpossibleError (an AssertionError) with her screen when it can't
    be done.
    """

    # -- going somewhere -----------------------------------------------------------

    def types(self, command: str, channel: str | None = None) -> Delivery:
        """Type a slash command, in the channel she is in unless told otherwise."""
        place = self._conversation(channel)
        self.asked_at = self.workspace.new_stamp()
        sent = self.client.type_command(place, command)
        self.channel, self.is_at_home = place, False
        return self._settled(sent)

    def sends_dm(self, text: str, *, in_thread_of: Message | None = None) -> Message:
        """Write to the app in its Messages tab, or in a thread there."""
        place = self.workspace.direct_message(self.id)
        thread_ts = in_thread_of.ts if in_thread_of else None
        message = self.client.send_message(place, text, thread_ts)
        self.channel, self.is_at_home = place, False
        return message

    def writes(self, text: str, channel: str | None = None) -> Message:
        """Write in a channel."""
        return self.client.send_message(self._conversation(channel), text)

    def edits(self, message: Message, text: str) -> None:
        """Put other words in place of what she wrote."""
        self.client.edit_message(message, text)

    def deletes(self, message: Message) -> None:
        """Take back what she wrote."""
        self.client.delete_message(message)

    def opens_home(self) -> None:
        """Open the app's Home tab."""
        self.client.open_app("home")
        self.is_at_home, self.channel = True, None

    def opens_messages(self) -> None:
        """Open the app's Messages tab."""
        self.client.open_app("messages")
        self.is_at_home = False
        self.channel = self.workspace.direct_message(self.id)

    def reads_channel(self, name: str) -> str:
        """Read everything in a channel; gives its text."""
        channel = self._readable(name)
        self.channel, self.is_at_home = channel, False
        return self._read(channel)

    def reads_dm(self) -> str:
        """Read everything the app wrote to her directly; gives its text."""
        return self._read(self.workspace.direct_message(self.id))

    def _read(self, channel: Channel) -> str:
        with self.workspace.changed:
            messages = self.client.messages(channel)
            if self.id not in channel.members:
                messages = [each for each in channel.messages if not each.only_for]
            for message in messages:
                self.client.looks(message)
            texts = [screen.message_text(self.workspace, each) for each in messages]
            return "\n".join(texts)

    # -- pressing ------------------------------------------------------------------

    def presses(
        self,
        label: str,
        *,
        near: str | None = None,
        in_channel: str | None = None,
        on: Surface | None = None,
        confirming: bool = False,
        times: int = 1,
    ) -> Delivery:
        """Press a button by its text or accessibility_label.

        `near` chooses by the words beside or above it, `confirming` answers its
        dialog, `times=2` is a double click: both go out before either is answered.
        """
        with self.workspace.changed:  # nothing moves between looking and pressing
            spot = self._spot(
                lambda surface: finding.buttons(surface, label),
                f"finds no button {label!r}",
                near=near,
                among=self._actable(in_channel, on),
            )
            sent = [
                self.client.press(
                    spot.surface,
                    spot.block,
                    spot.element,
                    chosen=spot.option,
                    confirming=confirming,
                )
                for _ in range(times)
            ]
        return [self._settled(each) for each in sent][-1]

    def submits(self) -> Delivery:
        """Press the submit button of the modal, once it has one."""
        with self.workspace.changed:
            view = self._awaited(self._submittable, "has nothing to submit")
            sent = self.client.submit(view)
        return self._settled(sent)

    def closes(self) -> None:
        """Close everything by the cross in the corner."""
        for sent in self.client.close(self._modal(), whole_stack=True):
            self._settled(sent)

    def goes_back(self) -> None:
        """Press the close button: back to the modal below, or out."""
        for sent in self.client.close(self._modal(), whole_stack=False):
            self._settled(sent)

    def downloads(self, name: str) -> bytes:
        """The bytes of a file that stands in a conversation of hers."""
        file = self._awaited(lambda: self._file(name), f"finds no file {name!r}")
        return self.client.download(file)

    # -- within --------------------------------------------------------------------

    def _submittable(self) -> View | None:
        top = self.client.top_view()
        return top if top and top.text("submit") and not top.submitting else None

    def _conversation(self, name: str | None) -> Channel:
        if name is not None:
            return self._readable(name)
        if self.channel is not None:
            return self.channel
        open_ones = [
            channel
            for channel in self.client.conversations()
            if not channel.is_archived
        ]
        return open_ones[0] if open_ones else self.workspace.direct_message(self.id)

    def _file(self, name: str) -> File | None:
        for channel in self.client.conversations():
            for message in reversed(self.client.messages(channel)):
                for file_id in message.file_ids:
                    file = self.workspace.files.all[file_id]
                    if file.name == name:
                        self.client.looks(message)
                        return file
        return None
