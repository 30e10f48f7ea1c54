"""Looking at a screen: what is in sight, waiting for words, finding what is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sandbox.slack import finding, screen
from sandbox.slack.client import Client
from sandbox.slack.client_rules import ImpossibleError, Surface
from sandbox.slack.conversations import Channel, Message
from sandbox.slack.finding import Spot
from sandbox.slack.views import View

if TYPE_CHECKING:
    from sandbox.slack.state import State
    from sandbox.slack.users import User

Found = TypeVar("Found")
Look = Callable[[], list[Surface]]


@dataclass(frozen=True)
class Sight:
    """What somebody saw, and where."""

    surface: Surface
    text: str


class Looking:
    """Somebody before her screen."""

    def __init__(self, workspace: State, user: User) -> None:
        self.workspace = workspace
        self.user = user
        self.client = Client(workspace, user)
        self.id = user.id
        self.channel: Channel | None = None
        self.is_at_home = False
        self.last_seen: Surface | None = None
        self.asked_at = ""

    def sees(
        self, text: str, *, in_channel: str | None = None, within: float | None = None
    ) -> Sight:
        """Wait until her screen says `text`.

        With a modal open that is the modal; else the app's home if she is there, and
        messages that are new or changed since she looked, and the newest one where
        she is, unless it was there before her last command: the answer to that one
        may say the same words. `in_channel` looks at everything in that channel.
        """

        def found() -> Sight | None:
            for surface in self._in_sight(in_channel):
                words = self._text(surface)
                if _squeezed(text) in _squeezed(words):
                    return Sight(surface, words)
            return None

        sight = self._awaited(found, f"does not see {text!r}", within)
        self.last_seen = sight.surface
        if isinstance(sight.surface, Message):
            self.client.looks(sight.surface)
        return sight

    def does_not_see(self, text: str, *, in_channel: str | None = None) -> None:
        """Her screen does not say `text` now; wait for something else first."""
        with self.workspace.changed:
            for surface in self._in_sight(in_channel):
                if _squeezed(text) in _squeezed(self._text(surface)):
                    raise AssertionError(
                        f"{self.user.name} sees {text!r}\n{self.screen()}"
                    )

    def sees_error(self, label: str, text: str) -> None:
        """Wait until there is an error under the field with this label."""

        def found() -> bool:
            top = self.client.top_view()
            if top is None:
                return False
            spots = finding.fields(self.workspace, top, label)
            told = [top.errors.get(spot.block["block_id"], "") for spot in spots]
            return any(text in each for each in told)

        self._awaited(found, f"sees no error {text!r} under {label!r}")

    def sees_no_modal(self) -> None:
        """Wait until no modal is open."""
        self._awaited(lambda: self.client.top_view() is None, "still has a modal")

    def sees_notice(self, text: str) -> None:
        """Wait until Slack itself complains to her, as of a command that failed."""

        def found() -> bool:
            for fault in self.workspace.record.faults:
                if fault.user_id == self.id and not fault.read and text in str(fault):
                    fault.read = True
                    return True
            return False

        self._awaited(found, f"sees no notice {text!r}")

    def screen(self) -> str:
        """Everything before her, as plain text."""
        with self.workspace.changed:
            return "\n\n".join(self._screen_parts())

    # -- within --------------------------------------------------------------------

    def _awaited(
        self,
        find: Callable[[], Found | None],
        otherwise: str,
        within: float | None = None,
    ) -> Found:
        patience = self.workspace.patience if within is None else within
        found: Found | None = self.workspace.wait_until(find, patience)
        if not found:
            raise ImpossibleError(
                f"{self.user.name} {otherwise}; before her:\n{self.screen()}"
            )
        return found

    def _spot(
        self,
        find: Callable[[Surface], list[Spot]],
        otherwise: str,
        *,
        among: Look,
        near: str | None = None,
    ) -> Spot:
        """The one spot that is meant; several are refused unless she just saw one."""

        def candidates() -> list[Spot]:
            spots = [spot for surface in among() for spot in find(surface)]
            if near is not None:
                spots = finding.near(self.workspace, spots, near)
            return spots

        spots = self._awaited(candidates, otherwise)
        if len(spots) > 1:
            spots = [spot for spot in spots if spot.surface is self.last_seen] or spots
        if len(spots) > 1:
            raise ImpossibleError(
                f"{self.user.name} finds that {len(spots)} times, say near= or "
                f"in_channel=; before her:\n{self.screen()}"
            )
        return spots[0]

    def _actable(self, in_channel: str | None, on: Surface | None) -> Look:
        """What she can press now: the top modal, or else everything of hers."""

        def look() -> list[Surface]:
            top = self.client.top_view()
            if on is not None:
                return [on] if self.client.is_before_her(on) else []
            if in_channel is not None:
                return [] if top else self._messages_in(in_channel)
            if top:
                return [top]
            home = self.client.home() if self.is_at_home else None
            if home:
                return [home]
            return [
                message
                for channel in self.client.conversations()
                for message in reversed(self.client.messages(channel))
            ]

        return look

    def _in_sight(self, in_channel: str | None = None) -> Iterator[Surface]:
        top = self.client.top_view()
        if in_channel is not None:
            yield from self._messages_in(in_channel)
        elif top:
            yield top
        else:
            home = self.client.home() if self.is_at_home else None
            if home:
                yield home
            yield from self._news()

    def _news(self) -> Iterator[Message]:
        fresh = [
            message
            for channel in self.client.conversations()
            for message in self.client.messages(channel)
            if message.is_news_to(self.id)
        ]
        yield from sorted(fresh, key=lambda message: message.ts, reverse=True)
        here = self.client.messages(self.channel) if self.channel else []
        yield from (message for message in here[-1:] if message.ts > self.asked_at)

    def _messages_in(self, name: str) -> list[Surface]:
        channel = self._readable(name)
        return [*reversed(self.client.messages(channel))]

    def _readable(self, name: str) -> Channel:
        try:
            channel = self.workspace.channel(name)
        except LookupError as unknown:
            raise ImpossibleError(str(unknown)) from None
        if channel not in [*self.client.conversations(), *self.client.channels()]:
            raise ImpossibleError(f"{self.user.name} is not in #{channel.name}")
        return channel

    def _modal(self) -> View:
        return self._awaited(self.client.top_view, "has no modal open")

    def _text(self, surface: Surface) -> str:
        if isinstance(surface, View):
            return screen.view_text(self.workspace, surface)
        return screen.message_text(self.workspace, surface)

    def _screen_parts(self) -> Iterator[str]:
        for fault in self.workspace.record.faults:
            if not fault.read:
                yield f"(fault of the app) {fault}"
        top = self.client.top_view()
        if top:
            yield self._text(top)
        home = self.client.home()
        if self.is_at_home:
            yield f"App Home\n{self._text(home) if home else '(nothing published)'}"
        for channel in self.client.conversations():
            messages = self.client.messages(channel)
            for message in messages[-3:]:
                mark = "new " if message.is_news_to(self.id) else ""
                place = screen.place(self.workspace, channel)
                yield f"{mark}in {place}:\n{self._text(message)}"


def _squeezed(text: str) -> str:
    return " ".join(text.split())
