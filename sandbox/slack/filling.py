"""Filling in: fields, ticks, selects and files, found by their words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.slack import finding
from sandbox.slack.blocks import STATE, interactive_elements
from sandbox.slack.client_choices import listed_options
from sandbox.slack.client_rules import ImpossibleError, Surface
from sandbox.slack.finding import Spot
from sandbox.slack.looking import Looking

if TYPE_CHECKING:
    from sandbox.slack.record import Delivery

SETTLING_SECONDS = 10.0
TYPED = (
    "plain_text_input",
    "email_text_input",
    "number_input",
    "url_text_input",
    "datepicker",
    "timepicker",
)


class Filling(Looking):
    """Somebody who fills in what is before her.

    Looking and filling in happen under one lock, so that nothing moves in between.
    """

    def fills(self, name: str, value: str, *, near: str | None = None) -> None:
        """Type into a field, or pick a date or time, by label or placeholder."""
        with self.workspace.changed:
            spot = self._field(name, near)
            if spot.element["type"] not in TYPED:
                kind = spot.element["type"]
                raise ImpossibleError(f"{name}: nothing is typed into a {kind}")
            self._enter(spot, value or None)

    def ticks(self, words: str, *, near: str | None = None, **how: Any) -> None:
        """Tick a checkbox, or pick a radio button, by the words of the option."""
        with self.workspace.changed:
            self._tick(self._ticked(words, near), on=True, **how)

    def unticks(self, words: str, *, near: str | None = None, **how: Any) -> None:
        """Take the tick out of a checkbox."""
        with self.workspace.changed:
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
        with self.workspace.changed:
            spot = self._field(name, near)
            kind = spot.element["type"]
            if kind.endswith("external_select"):
                value: Any = self._picked(self._offers(spot, typing or option), option)
            else:
                value = self._choice(spot, option)
            if kind.startswith("multi_"):
                value = [*self._held(spot), value]
            self._enter(spot, value, confirming=confirming)

    def unchooses(self, name: str, option: str, *, near: str | None = None) -> None:
        """Take one choice out of a select of many, by its words."""
        with self.workspace.changed:
            spot = self._field(name, near)
            if not spot.element["type"].startswith("multi_"):
                raise ImpossibleError(f"{name}: it holds no more than one choice")
            held = self._held(spot)
            if spot.element["type"].endswith(("external_select", "static_select")):
                dropped: Any = self._picked(held, option)
            else:
                dropped = self._choice(spot, option)
            if dropped not in held:
                raise ImpossibleError(f"{option!r} is not chosen")
            self._enter(spot, [each for each in held if each != dropped])

    def clears(self, name: str, *, near: str | None = None) -> None:
        """Take back what is chosen in a select that may be left empty."""
        with self.workspace.changed:
            spot = self._field(name, near)
            if not spot.block.get("optional"):
                raise ImpossibleError(f"{name}: something has to be chosen")
            several = spot.element["type"].startswith("multi_")
            self._enter(spot, [] if several else None)

    def offered(self, name: str, typing: str, *, near: str | None = None) -> list[str]:
        """What the app offers in an external select after typing this."""
        with self.workspace.changed:
            offers = self._offers(self._field(name, near), typing)
        return [each["text"]["text"] for each in offers]

    def attaches(self, path: Path | str, name: str | None = None) -> None:
        """Put a file of hers into the modal's file input."""
        view, file = self._modal(), Path(path)

        def inputs(surface: Surface) -> list[Spot]:
            every = [
                Spot(surface, block, element)
                for block, element in interactive_elements(surface.blocks)
                if element["type"] == "file_input"
            ]
            named = finding.fields(self.workspace, surface, name) if name else every
            return [spot for spot in every if spot in named]

        with self.workspace.changed:
            spot = self._spot(inputs, "finds no file input", among=lambda: [view])
            self.client.attach(
                view, spot.block, spot.element, file.name, file.read_bytes()
            )

    # -- within --------------------------------------------------------------------

    def _settled(self, sent: Delivery) -> Delivery:
        self.workspace.wait_until(lambda: sent.is_settled, SETTLING_SECONDS)
        return sent

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
        if kind != "static_select":
            raise ImpossibleError(f"nothing is chosen in a {kind}")
        return self._picked(listed_options(spot.element), wanted)

    def _offered_user(self, wanted: str) -> str:
        user = self.workspace.user(wanted)
        if user not in self.client.offered_users():
            raise ImpossibleError(f"{wanted} is not offered")
        return user.id

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
