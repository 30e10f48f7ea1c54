"""What somebody does on the page, done by her client."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.slack.client_rules import ImpossibleError, Surface

if TYPE_CHECKING:
    from sandbox.slack.blocks import Block, Element
    from sandbox.slack.client import Client

Answer = dict[str, Any]


class MalformedError(ValueError):
    """The request says nothing that a client could mean."""


class Deed:
    """One thing somebody does; reads what it needs. Raises MalformedError."""

    def __init__(self, client: Client, said: dict[str, Any]) -> None:
        self.client = client
        self.said = said

    def text(self, name: str) -> str:
        """A string it must carry."""
        given = self.said.get(name)
        if not isinstance(given, str):
            raise MalformedError(f"{name} is missing, or not a string")
        return given

    def flag(self, name: str) -> bool:
        """True or false; false unless given."""
        given = self.said.get(name, False)
        if not isinstance(given, bool):
            raise MalformedError(f"{name} is neither true nor false")
        return given

    def surface(self) -> Surface:
        """The view or the message it is done on."""
        given = self.said.get("surface")
        place = given if isinstance(given, dict) else {}
        if isinstance(place.get("view"), str):
            return self.client.view(place["view"])
        if isinstance(place.get("channel"), str):
            return self.client.message(place["channel"], str(place.get("message")))
        raise MalformedError("surface names no view and no message")

    def spot(self) -> tuple[Surface, Block, Element]:
        """What it is done to, by the ids that the app gave."""
        surface = self.surface()
        ids = self.text("block_id"), self.text("action_id")
        return (surface, *self.client.element(surface, *ids))


def do(client: Client, said: Any) -> Answer:
    """Do it, and give what there is to answer.

    Raises MalformedError, and ImpossibleError for what no client would let her do.
    """
    if not isinstance(said, dict):
        raise MalformedError("a deed is a JSON object")
    name = said.get("deed")
    if not isinstance(name, str) or name not in DEEDS:
        raise MalformedError(f"there is no deed {name!r}")
    # One lock around looking and acting, so that nothing moves in between.
    with client.workspace.changed:
        return DEEDS[name](Deed(client, said)) or {}


def _type_command(deed: Deed) -> None:
    channel = deed.client.conversation(deed.text("channel"))
    deed.client.type_command(channel, deed.text("text"))


def _send_message(deed: Deed) -> Answer:
    channel = deed.client.conversation(deed.text("channel"))
    return {"ts": deed.client.send_message(channel, deed.text("text")).ts}


def _open_app(deed: Deed) -> None:
    tab = deed.text("tab")
    if tab not in ("home", "messages"):
        raise MalformedError("tab is home or messages")
    deed.client.open_app(tab)


def _look(deed: Deed) -> None:
    deed.client.look(deed.client.conversation(deed.text("channel")))


def _show_older(deed: Deed) -> None:
    deed.client.show_older(deed.client.conversation(deed.text("channel")))


def _press(deed: Deed) -> None:
    surface, block, element = deed.spot()
    wanted = deed.said.get("option")
    chosen = None
    if wanted is not None:
        options = element.get("options", [])
        chosen = next((each for each in options if each.get("value") == wanted), None)
        if chosen is None:
            raise ImpossibleError("that option is not offered")
    deed.client.press(
        surface, block, element, chosen=chosen, confirming=deed.flag("confirming")
    )


def _enter(deed: Deed) -> None:
    surface, block, element = deed.spot()
    if "value" not in deed.said:
        raise MalformedError("value is missing")
    how = {"confirming": deed.flag("confirming"), "is_quiet": deed.flag("is_quiet")}
    deed.client.enter(surface, block, element, deed.said["value"], **how)


def _search(deed: Deed) -> Answer:
    surface, block, element = deed.spot()
    workspace = deed.client.workspace
    sent, _ = deed.client.search(surface, block, element, deed.text("typed"))
    workspace.wait_until(
        lambda: sent.is_settled or workspace.server.is_stopping,
        workspace.ack_seconds + 1,
    )
    if sent.outcome != "acked":
        raise ImpossibleError("the list could not be loaded")
    given = sent.answer or {}
    kind = "option_groups" if given.get("option_groups") is not None else "options"
    return {kind: given[kind]}


def _submit(deed: Deed) -> None:
    deed.client.submit(deed.client.view(deed.text("view_id")))


def _close(deed: Deed) -> None:
    view = deed.client.view(deed.text("view_id"))
    deed.client.close(view, whole_stack=deed.flag("whole_stack"))


def _remove_file(deed: Deed) -> None:
    view = deed.client.view(deed.text("view_id"))
    ids = deed.text("block_id"), deed.text("action_id")
    block, element = deed.client.element(view, *ids)
    deed.client.remove_file(view, block, element, deed.text("file_id"))


DEEDS: dict[str, Callable[[Deed], Answer | None]] = {
    "type_command": _type_command,
    "send_message": _send_message,
    "open_app": _open_app,
    "look": _look,
    "show_older": _show_older,
    "press": _press,
    "enter": _enter,
    "search": _search,
    "submit": _submit,
    "close": _close,
    "remove_file": _remove_file,
}
