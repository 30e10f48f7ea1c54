"""Blocks as Slack keeps them: ids filled in, and the values people give them."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

Element = dict[str, Any]
Block = dict[str, Any]
Blocks = list[Block]
Values = dict[tuple[str, str], dict[str, Any]]

# What an element of each type is worth in state.values: the key, how it starts,
# and what it is when nothing was chosen.
STATE: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "checkboxes": ("selected_options", "initial_options", []),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": (
        "selected_conversations",
        "initial_conversations",
        [],
    ),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "file_input": ("files", "initial_files", []),
}


def interactive_elements(blocks: Blocks) -> Iterator[tuple[Block, Element]]:
    """Every element that carries an action_id, with the block it stands in."""
    for block in blocks:
        found = [block.get("accessory"), block.get("element")]
        found += block.get("elements", []) if block["type"] == "actions" else []
        yield from (
            (block, element) for element in found if element and "action_id" in element
        )


def filled_in(blocks: Blocks, next_id: Callable[[], str]) -> Blocks:
    """A copy with the ids and text defaults that Slack adds on arrival."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        block.setdefault("block_id", next_id())
        elements = [block.get("accessory"), block.get("element")]
        elements += block.get("elements", []) if block["type"] == "actions" else []
        for element in elements:
            if element and element.get("type") not in (None, "image"):
                element.setdefault("action_id", next_id())
    _default_texts(kept)
    return kept


def _default_texts(node: Any) -> None:
    if isinstance(node, list):
        for child in node:
            _default_texts(child)
    elif isinstance(node, dict):
        if node.get("type") == "plain_text" and "text" in node:
            node.setdefault("emoji", True)
        elif node.get("type") == "mrkdwn" and "text" in node:
            node.setdefault("verbatim", False)
        for child in node.values():
            _default_texts(child)


def starting_values(blocks: Blocks, kept: Values | None = None) -> Values:
    """Values of every stateful element; what somebody filled in before stays.

    Slack keeps a value across views.update while block_id and action_id stay the
    same (docs.slack.dev/surfaces/modals, "updating views").
    """
    values: Values = {}
    for block, element in interactive_elements(blocks):
        if element["type"] in STATE:
            place = (block["block_id"], element["action_id"])
            before = (kept or {}).get(place)
            same = before is not None and before["type"] == element["type"]
            values[place] = before if same and before else starting_value(element)
    return values


def starting_value(element: Element) -> dict[str, Any]:
    """The state of one element nobody has touched."""
    key, initial, nothing = STATE[element["type"]]
    value = copy.deepcopy(element.get(initial, nothing))
    return {"type": element["type"], key: value}


def state(values: Values) -> dict[str, Any]:
    """`state` of a view or message payload."""
    nested: dict[str, dict[str, Any]] = {}
    for (block_id, action_id), value in values.items():
        nested.setdefault(block_id, {})[action_id] = value
    return {"values": nested}
