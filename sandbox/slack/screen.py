"""A person's screen as plain text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import STATE, Block, Blocks, Element, Values
from sandbox.slack.markup import marked_up, shown

if TYPE_CHECKING:
    from sandbox.slack.conversations import Channel, Message
    from sandbox.slack.state import State
    from sandbox.slack.views import View

CHOICES = ("checkboxes", "radio_buttons")


def view_text(workspace: State, view: View) -> str:
    """A modal or App Home: title, blocks, what is wrong, and the buttons below."""
    lines = [f"== {view.text('title')} =="] if not view.is_home else []
    lines += [f"! {view.trouble}"] if view.trouble else []
    lines += blocks_lines(workspace, view.blocks, view.values, view.errors)
    buttons = [view.text(part) for part in ("close", "submit")]
    if any(buttons):
        lines.append(" ".join(f"[ {words} ]" for words in buttons if words))
    return "\n".join(lines)


def message_text(workspace: State, message: Message) -> str:
    """A message: its blocks, or its text when it has none, and its files."""
    if message.blocks:
        lines = blocks_lines(workspace, message.blocks, message.values, {})
    else:
        lines = [marked_up(workspace, message.text)] if message.text else []
    for file_id in message.file_ids:
        lines.append(f"[file] {workspace.files.all[file_id].name}")
    return "\n".join(lines)


def place(workspace: State, channel: Channel) -> str:
    """What people call a conversation."""
    if not channel.is_im:
        return f"#{channel.name}"
    names = [
        workspace.users[member].name
        for member in channel.members
        if member != workspace.bot_user.id
    ]
    return f"the direct message with {', '.join(names)}"


def blocks_lines(
    workspace: State, blocks: Blocks, values: Values, errors: dict[str, str]
) -> list[str]:
    """Blocks, one or more lines each."""
    lines = []
    for block in blocks:
        lines += _block_lines(workspace, block, values)
        if block["block_id"] in errors:
            lines.append(f"  ! {errors[block['block_id']]}")
    return lines


def _block_lines(workspace: State, block: Block, values: Values) -> list[str]:
    kind = block["type"]
    if kind in HOLDING:
        return HOLDING[kind](workspace, block, values)
    if kind in PLAIN:
        return PLAIN[kind](block)
    return shown(workspace, block.get("text")).splitlines()


def _actions(workspace: State, block: Block, values: Values) -> list[str]:
    row = [element_text(workspace, block, each, values) for each in block["elements"]]
    return [" ".join(row)]


def _context(workspace: State, block: Block, _values: Values) -> list[str]:
    words = [
        str(each["alt_text"]) if each["type"] == "image" else shown(workspace, each)
        for each in block["elements"]
    ]
    return [" · ".join(words)]


def _section(workspace: State, block: Block, values: Values) -> list[str]:
    lines = shown(workspace, block.get("text")).splitlines()
    lines += [shown(workspace, each) for each in block.get("fields", [])]
    accessory = block.get("accessory")
    if accessory:
        lines.append(element_text(workspace, block, accessory, values))
    return lines


def _input(workspace: State, block: Block, values: Values) -> list[str]:
    label = shown(workspace, block["label"])
    optional = " (optional)" if block.get("optional") else ""
    entered = element_text(workspace, block, block["element"], values)
    lines = [f"{label}{optional}: {entered}"]
    hint = shown(workspace, block.get("hint"))
    return lines + ([f"  {hint}"] if hint else [])


def _leaf(node: Any) -> str:
    """Words of rich text and table cells, in order."""
    if isinstance(node, list):
        return "".join(map(_leaf, node))
    if not isinstance(node, dict):
        return ""
    if "elements" in node:
        end = "\n" if node["type"].startswith("rich_text_") else ""
        return _leaf(node["elements"]) + end
    for words in ("text", "url", "value", "user_id", "name"):
        if words in node:
            return str(node[words])
    return ""


HOLDING: dict[str, Callable[[Any, Block, Values], list[str]]] = {
    "section": _section,
    "input": _input,
    "actions": _actions,
    "context": _context,
}
PLAIN: dict[str, Callable[[Block], list[str]]] = {
    "divider": lambda _: ["----"],
    "table": lambda block: [" | ".join(map(_leaf, row)) for row in block["rows"]],
    "rich_text": lambda block: _leaf(block).splitlines(),
    "markdown": lambda block: str(block["text"]).splitlines(),
    "image": lambda block: [f"[image] {block['alt_text']}"],
}


def element_text(
    workspace: State, block: Block, element: Element, values: Values
) -> str:
    """One element with what it holds."""
    kind = element["type"]
    if kind == "button":
        return f"[ {element['text']['text']} ]"
    if kind == "image":
        return f"[image] {element['alt_text']}"
    if kind == "overflow":
        words = [each["text"]["text"] for each in element["options"]]
        return f"[ ... {' / '.join(words)} ]"
    value = values.get((block["block_id"], element["action_id"]), {})
    if kind in CHOICES:
        return _choices(workspace, element, value)
    held = _held(workspace, kind, value)
    empty = shown(workspace, element.get("placeholder"))
    return f"[{held}]" if held else f"[{empty}...]" if empty else "[]"


def _choices(workspace: State, element: Element, value: dict[str, Any]) -> str:
    single = value.get("selected_option")
    chosen = value.get("selected_options") or ([single] if single else [])
    marks = {True: "(o)", False: "( )"}
    if element["type"] == "checkboxes":
        marks = {True: "[x]", False: "[ ]"}
    picked = [each["value"] for each in chosen]
    words = []
    for option in element["options"]:
        mark = marks[option["value"] in picked]
        described = shown(workspace, option.get("description"))
        extra = f" - {described}" if described else ""
        words.append(f"{mark} {shown(workspace, option['text'])}{extra}")
    return "\n".join(words)


def _held(workspace: State, kind: str, value: dict[str, Any]) -> str:
    held = value.get(STATE[kind][0]) if kind in STATE else None
    several = held if isinstance(held, list) else [held] if held else []
    return ", ".join(_worded(workspace, each) for each in several)


def _worded(workspace: State, held: Any) -> str:
    if isinstance(held, dict):
        return str(held.get("name") or shown(workspace, held.get("text")))
    if held in workspace.users:
        return f"@{workspace.users[held].name}"
    if held in workspace.channels:
        return f"#{workspace.channels[held].name}"
    return str(held)
