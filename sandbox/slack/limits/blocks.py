"""Limits of blocks, alone and together.

docs.slack.dev/reference/block-kit/blocks; node-slack-sdk packages/types.
"""

from collections.abc import Iterator
from typing import Any

from sandbox.slack.limits.composition import WEB_ADDRESS, plain_text, text
from sandbox.slack.limits.elements import (
    ACCESSORIES,
    ACTIONS,
    ELEMENTS,
    INPUTS,
    elements,
)
from sandbox.slack.limits.shapes import (
    Check,
    Problem,
    Problems,
    anything,
    boolean,
    both,
    by_type,
    list_of,
    one_of,
    shape,
    string,
)

BLOCK_ID = {"block_id": string(255)}
CONTEXT_TEXT = 3000
CELLS = 20


def _text_or_fields(value: dict[str, Any], at: str) -> Problems:
    if "text" not in value and "fields" not in value:
        yield Problem(at, "must have text or fields")


def _block(required: dict[str, Check], **optional: Check) -> Check:
    return shape(required, BLOCK_ID | optional)


def _cell(value: Any, at: str) -> Problems:
    raw = shape({"text": string(3000)})
    number = shape({"value": anything}, {"text": string(3000)})
    rich = shape({"elements": anything}, BLOCK_ID)
    kinds = {"raw_text": raw, "raw_number": number, "rich_text": rich}
    yield from by_type(kinds)(value, at)


COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
SECTION = both(
    _block(
        {},
        text=text(3000),
        fields=list_of(text(2000), 10),
        accessory=elements(ACCESSORIES),
        expand=boolean,
    ),
    _text_or_fields,
)
INPUT = {
    "dispatch_action": boolean,
    "hint": plain_text(2000),
    "optional": boolean,
}


def _input(names: list[str]) -> Check:
    return _block({"label": plain_text(2000), "element": elements(names)}, **INPUT)


EVERYWHERE: dict[str, Check] = {
    "section": SECTION,
    "divider": _block({}),
    "header": _block({"text": plain_text(150)}),
    "context": _block(
        {
            "elements": list_of(
                by_type(
                    {
                        "image": ELEMENTS["image"],
                        "plain_text": text(CONTEXT_TEXT),
                        "mrkdwn": text(CONTEXT_TEXT),
                    }
                ),
                10,
            )
        }
    ),
    "actions": _block({"elements": list_of(elements(ACTIONS), 25)}),
    "image": _block(
        {"alt_text": string(2000)},
        image_url=string(3000, form=WEB_ADDRESS),
        slack_file=anything,
        title=plain_text(2000),
    ),
    "rich_text": _block({"elements": list_of(anything, 100)}),
}
IN_MODALS = EVERYWHERE | {"input": _input(INPUTS)}
OUTSIDE_MODALS = EVERYWHERE | {
    "input": _input([name for name in INPUTS if name != "file_input"])
}
IN_MESSAGES = OUTSIDE_MODALS | {
    "markdown": _block({"text": string(12_000)}),
    "table": _block(
        {"rows": list_of(list_of(_cell, CELLS), 100)},
        column_settings=list_of(COLUMN, CELLS),
    ),
}


def ids_are_unique(blocks: list[Any], at: str) -> Problems:
    """A block_id once in all, an action_id once in its block, one focus."""
    seen: set[str] = set()
    focused = 0
    for index, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        block_id = block.get("block_id")
        if block_id in seen:
            yield Problem(
                f"{at}/{index}/block_id", f"`block_id` {block_id} already exists"
            )
        seen |= {block_id} if block_id else set()
        actions = [each.get("action_id") for each in _elements_of(block)]
        named = [action for action in actions if action]
        if len(named) != len(set(named)):
            yield Problem(f"{at}/{index}", "`action_id` must be unique in its block")
        focused += sum(bool(each.get("focus_on_load")) for each in _elements_of(block))
    if focused > 1:
        yield Problem(at, "only one element may have focus_on_load")


def _elements_of(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    given = block.get("elements")
    listed = given if isinstance(given, list) else []
    for each in [block.get("accessory"), block.get("element"), *listed]:
        if isinstance(each, dict):
            yield each


def blocks(kinds: dict[str, Check], most: int) -> Check:
    """A list of blocks of these kinds."""

    def check(value: Any, at: str) -> Problems:
        yield from list_of(by_type(kinds), most, 0)(value, at)
        if isinstance(value, list):
            yield from ids_are_unique(value, at)

    return check
