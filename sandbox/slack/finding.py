"""Finding on a screen what somebody names by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.slack import screen
from sandbox.slack.blocks import Block, Element, interactive_elements
from sandbox.slack.markup import shown

if TYPE_CHECKING:
    from sandbox.slack.client_rules import Surface
    from sandbox.slack.state import State

SHORT_CODE = re.compile(r":[a-z0-9_+-]+:")


@dataclass(frozen=True)
class Spot:
    """An element on a surface, and perhaps one of its options."""

    surface: Surface
    block: Block
    element: Element
    option: dict[str, Any] | None = None


def same(words: str, wanted: str) -> bool:
    """Whether both say the same, emoji and blanks aside."""
    return _bare(words) == _bare(wanted)


def _bare(words: str) -> str:
    return " ".join(SHORT_CODE.sub(" ", words).split())


def buttons(surface: Surface, label: str) -> list[Spot]:
    """Buttons and overflow options with this text or accessibility_label."""
    found = []
    for block, element in interactive_elements(surface.blocks):
        spot = Spot(surface, block, element)
        if element["type"] == "button":
            names = [element["text"]["text"], element.get("accessibility_label", "")]
            found += [spot] if any(same(name, label) for name in names) else []
        elif element["type"] == "overflow":
            found += _options(spot, element["options"], label)
    return found


def ticks(workspace: State, surface: Surface, words: str) -> list[Spot]:
    """Checkboxes and radio buttons with an option that says so."""
    found = []
    for block, element in interactive_elements(surface.blocks):
        if element["type"] in screen.CHOICES:
            found += [
                Spot(surface, block, element, option)
                for option in element["options"]
                if same(shown(workspace, option["text"]), words)
            ]
    return found


def fields(workspace: State, surface: Surface, name: str) -> list[Spot]:
    """What is filled in: by its label, its placeholder, or the words beside it."""
    by_name, by_neighbour = [], []
    for block, element in interactive_elements(surface.blocks):
        if element["type"] in ("button", "overflow"):
            continue
        spot = Spot(surface, block, element)
        names = [
            shown(workspace, block.get("label")),
            shown(workspace, element.get("placeholder")),
        ]
        if any(same(each, name) for each in names if each):
            by_name.append(spot)
        elif "text" in block and name in shown(workspace, block["text"]):
            by_neighbour.append(spot)
    return by_name or by_neighbour


def _options(spot: Spot, options: list[dict[str, Any]], label: str) -> Iterator[Spot]:
    for option in options:
        if same(option["text"]["text"], label):
            yield Spot(spot.surface, spot.block, spot.element, option)


def near(workspace: State, spots: list[Spot], words: str) -> list[Spot]:
    """Those whose own block, or the text above it, says these words."""
    return [spot for spot in spots if words in _neighbourhood(workspace, spot)]


def _neighbourhood(workspace: State, spot: Spot) -> str:
    """The text of its block and of the plain blocks right above it."""
    blocks = spot.surface.blocks
    position = blocks.index(spot.block)
    around = [spot.block]
    while spot.block["type"] == "actions" and position > 0:
        position -= 1
        above = blocks[position]
        if above["type"] in ("actions", "divider", "input"):
            break
        around.insert(0, above)
        if above["type"] in ("section", "header"):
            break
    lines = screen.blocks_lines(workspace, around, spot.surface.values, {})
    return "\n".join(lines)
