"""What Slack's client offers in selects, and what can be given to each element."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sandbox.slack.blocks import STATE, Block, Element
from sandbox.slack.client_rules import ClientRules, ImpossibleError, Surface
from sandbox.slack.entry import refusals_of_value

if TYPE_CHECKING:
    from sandbox.slack.conversations import Channel
    from sandbox.slack.state import State
    from sandbox.slack.users import User

Option = dict[str, Any]
Places = dict[tuple[str, str], deque[Option]]
SEARCHED_KEPT = 500
LISTED = ("static_select", "multi_static_select", "radio_buttons", "checkboxes")


class ClientChoices(ClientRules):
    """The part of a client that fills elements in."""

    def __init__(self, workspace: State, user: User) -> None:
        super().__init__(workspace, user)
        self._found: WeakKeyDictionary[Surface, Places] = WeakKeyDictionary()

    def offered_users(self) -> list[User]:
        """Whom a users select offers: everybody she can see who is still here."""
        return [user for user in self.members() if not user.deleted]

    def offered_conversations(self, element: Element) -> list[Channel]:
        """What a channels or conversations select offers, its filter applied."""
        if element["type"].endswith("channels_select"):
            return [channel for channel in self.channels() if not channel.is_private]
        wanted = element.get("filter", {})
        kinds = wanted.get("include", ["im", "mpim", "private", "public"])
        direct = [channel for channel in self.conversations() if channel.is_im]
        return [
            channel
            for channel in [*self.channels(), *direct]
            if _kind(channel) in kinds
            and not (
                wanted.get("exclude_external_shared_channels") and channel.is_ext_shared
            )
            and not (
                wanted.get("exclude_bot_users")
                and channel.is_im
                and self.workspace.bot_user.id in channel.members
            )
        ]

    # -- within --------------------------------------------------------------------

    def _found_by_search(
        self, surface: Surface, block: Block, element: Element
    ) -> deque[Option]:
        """What the app has offered her here so far."""
        place = (block["block_id"], element["action_id"])
        places = self._found.setdefault(surface, {})
        return places.setdefault(place, deque(maxlen=SEARCHED_KEPT))

    def _check_value(
        self, surface: Surface, block: Block, element: Element, value: Any
    ) -> None:
        """Refuse what this element could never hold. Raises ImpossibleError."""
        kind = element["type"]
        if kind not in STATE or kind == "file_input":
            raise ImpossibleError(f"nothing is entered into a {kind}")
        problem = refusals_of_value(element, value)
        if problem:
            raise ImpossibleError(problem)
        known = self._is_known(surface, block, element)
        if known is None:
            return
        given = value if isinstance(value, list) else [] if value is None else [value]
        strangers = [each for each in given if not known(each)]
        if strangers:
            raise ImpossibleError(f"{strangers[0]!r} is not offered")

    def _is_known(
        self, surface: Surface, block: Block, element: Element
    ) -> Callable[[Any], bool] | None:
        """How to tell whether a choice is offered; None where nothing is chosen."""
        kind = element["type"]
        if kind in LISTED:
            return _among(listed_options(element))
        if kind.endswith("external_select"):
            held = surface.values[(block["block_id"], element["action_id"])]
            kept = held[STATE[kind][0]] or []
            kept = kept if isinstance(kept, list) else [kept]
            return _among([*self._found_by_search(surface, block, element), *kept])
        if kind.endswith("users_select"):
            return _among(user.id for user in self.offered_users())
        if kind.endswith(("channels_select", "conversations_select")):
            return _among(each.id for each in self.offered_conversations(element))
        return None


def listed_options(element: Element) -> list[Option]:
    """The options written into an element, groups flattened."""
    groups = element.get("option_groups") or [element]
    return [option for group in groups for option in group.get("options", [])]


def _among(offered: Iterable[Any]) -> Callable[[Any], bool]:
    known = list(offered)
    return lambda given: given in known


def _kind(channel: Channel) -> str:
    if channel.is_im:
        return "im"
    if channel.is_mpim:
        return "mpim"
    return "private" if channel.is_private else "public"
