"""Somebody with an account: types, presses, fills in, submits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.slack import finding, screen
from sandbox.slack.blocks import STATE, interactive_elements
from sandbox.slack.client import ImpossibleError, Surface
from sandbox.slack.conversations import Channel, Message
from sandbox.slack.finding import Spot
from sandbox.slack.looking import Looking

if TYPE_CHECKING:
    from sandbox.slack.files import File
    from sandbox.slack.record import Delivery

SETTLING_SECONDS = 10.0


class Person(Looking):
    """A member of the workspace, acting only as Slack's client allows.

    Every verb waits for what it needs to appear, at most `patience` seconds of real
    time, and raises ImpossibleError (an AssertionError) with her screen when it can't
    be done.
    """

    # -- going somewhere -----------------------------------------------------------

    def types(self, command: str, channel: str | None = None) -> Delivery:
        """Type a slash command, in the channel she is in unless told otherwise."""
        place = self._conversation(channel)
        sent = self.client.type_command(place, command)
        self.channel, self.is_at_home = place, False
        return self._settled(sent)

    def sends_dm(self, text: str) -> Message:
        """Write to the app in its Messages tab."""
        place = self.workspace.direct_message(self.id)
        message = self.client.send_message(place, text)
        self.channel, self.is_at_home = place, False
        return message

    def writes(self, text: str, channel: str | None = None) -> Message:
        """Write in a channel."""
        return self.client.send_message(self._conversation(channel), text)

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
        """Press the submit button of the modal."""
        return self._settled(self.client.submit(self._modal()))

    def closes(self) -> None:
        """Close everything by the cross in the corner."""
        for sent in self.client.close(self._modal(), whole_stack=True):
            self._settled(sent)

    def goes_back(self) -> None:
        """Press the close button: back to the modal below, or out."""
        for sent in self.client.close(self._modal(), whole_stack=False):
            self._settled(sent)

    # -- filling in ----------------------------------------------------------------

    def fills(self, name: str, value: str, *, near: str | None = None) -> None:
        """Type into a field, or pick a date or time, by label or placeholder."""
        self._enter(self._field(name, near), value or None)

    def ticks(self, words: str, *, near: str | None = None, **how: Any) -> None:
        """Tick a checkbox, or pick a radio button, by the words of the option."""
        self._tick(self._ticked(words, near), on=True, **how)

    def unticks(self, words: str, *, near: str | None = None, **how: Any) -> None:
        """Take the tick out of a checkbox."""
        self._tick(self._ticked(words, near), on=False, **how)

    def chooses(
        self,
        name: str,
        option: str,
        *,
        typing: str | None = None,
        near: str | None = None,
        confirming: bool = False,
    ) -> None:
        """Choose in a select by label or placeholder.

        In an external select she types `typing` (the option's words unless told
        otherwise) and picks what the app offers.
        """
        spot = self._field(name, near)
        with self.workspace.changed:
            value = self._choice(spot, option)
        if spot.element["type"].endswith("external_select"):
            value = self._searched(spot, option, typing or option)
        if spot.element["type"].startswith("multi_"):
            value = [*self._held(spot), value]
        self._enter(spot, value, confirming=confirming)

    def offered(self, name: str, typing: str, *, near: str | None = None) -> list[str]:
        """What the app offers in an external select after typing this."""
        return [
            each["text"]["text"]
            for each in self._offers(self._field(name, near), typing)
        ]

    def attaches(self, path: Path | str, name: str | None = None) -> None:
        """Put a file of hers into the modal's file input."""
        view = self._modal()

        def inputs(surface: Surface) -> list[Spot]:
            every = [
                Spot(surface, block, element)
                for block, element in interactive_elements(surface.blocks)
                if element["type"] == "file_input"
            ]
            named = finding.fields(self.workspace, surface, name) if name else every
            return [spot for spot in every if spot in named]

        spot = self._spot(inputs, "finds no file input", among=lambda: [view])
        self.client.attach(view, spot.block, spot.element, Path(path))

    def downloads(self, name: str) -> bytes:
        """The bytes of a file that stands in a conversation of hers."""
        file = self._awaited(lambda: self._file(name), f"finds no file {name!r}")
        return self.client.download(file)

    # -- within --------------------------------------------------------------------

    def _settled(self, sent: Delivery) -> Delivery:
        self.workspace.wait_until(lambda: sent.is_settled, SETTLING_SECONDS)
        return sent

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

    def _field(self, name: str, near: str | None) -> Spot:
        return self._spot(
            lambda surface: finding.fields(self.workspace, surface, name),
            f"finds no field {name!r}",
            among=self._actable(None, None),
            near=near,
        )

    def _ticked(self, words: str, near: str | None) -> Spot:
        return self._spot(
            lambda surface: finding.ticks(self.workspace, surface, words),
            f"finds no option {words!r} to tick",
            among=self._actable(None, None),
            near=near,
        )

    def _tick(self, spot: Spot, *, on: bool, confirming: bool = False) -> None:
        option = spot.option
        if spot.element["type"] == "radio_buttons":
            if not on:
                raise ImpossibleError("a radio button can't be unpicked")
            self._enter(spot, option, confirming=confirming)
            return
        held = self._held(spot)
        if (option in held) == on:
            raise ImpossibleError(f"it is {'ticked' if on else 'not ticked'} already")
        wanted = [
            each
            for each in spot.element["options"]
            if (each in held) != (each is option)
        ]
        self._enter(spot, wanted, confirming=confirming)

    def _held(self, spot: Spot) -> list[Any]:
        place = (spot.block["block_id"], spot.element["action_id"])
        key = STATE[spot.element["type"]][0]
        return list(spot.surface.values[place][key] or [])

    def _enter(self, spot: Spot, value: Any, *, confirming: bool = False) -> None:
        sent = self.client.enter(
            spot.surface, spot.block, spot.element, value, confirming=confirming
        )
        if sent:
            self._settled(sent)

    def _choice(self, spot: Spot, wanted: str) -> Any:
        """What choosing these words means in this kind of select."""
        kind = spot.element["type"].removeprefix("multi_")
        if kind == "users_select":
            return self._offered_user(wanted)
        if kind in ("conversations_select", "channels_select"):
            return self._readable(wanted).id
        if kind == "external_select":
            return None
        if kind != "static_select":
            raise ImpossibleError(f"nothing is chosen in a {kind}")
        groups = spot.element.get("option_groups") or [spot.element]
        options = [option for group in groups for option in group["options"]]
        return self._picked(options, wanted)

    def _offered_user(self, wanted: str) -> str:
        user = self.workspace.user(wanted)
        if user.deleted:
            raise ImpossibleError(f"{wanted} is not offered")
        return user.id

    def _searched(self, spot: Spot, wanted: str, typed: str) -> dict[str, Any]:
        return self._picked(self._offers(spot, typed), wanted)

    def _offers(self, spot: Spot, typed: str) -> list[dict[str, Any]]:
        sent, offered = self.client.search(
            spot.surface, spot.block, spot.element, typed
        )
        self._settled(sent)
        return offered

    def _picked(self, options: list[dict[str, Any]], wanted: str) -> dict[str, Any]:
        for option in options:
            if finding.same(option["text"]["text"], wanted):
                return option
        offered = ", ".join(repr(option["text"]["text"]) for option in options)
        raise ImpossibleError(f"{wanted!r} is not offered, only {offered or 'nothing'}")

    def _file(self, name: str) -> File | None:
        for channel in self.client.conversations():
            for message in reversed(self.client.messages(channel)):
                for file_id in message.file_ids:
                    file = self.workspace.files.all[file_id]
                    if file.name == name:
                        self.client.looks(message)
                        return file
        return None
