"""Draws in the terminal what somebody has before her in Slack."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from rich import box
from rich.align import Align
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.locale import TIME_ZONE
from sandbox.slack import Workspace
from sandbox.slack.blocks import STATE, Block, Element, Values
from sandbox.slack.conversations import Channel, Message
from sandbox.slack.views import View
from sleutelbos.demo.story.mrkdwn import marked, worded

_BUTTON: Final = {
    "primary": "bold white on dark_green",
    "danger": "bold white on dark_red",
    "": "white on grey30",
}
_WINDOW_WIDTH: Final = 84
_TITLE: Final = "bold default"
_FIELD_WIDTH: Final = 24
_FIELD: Final = "white on grey19"
_PLACEHOLDER: Final = "grey70 on grey19"
_APP: Final = " APP "


def modal(workspace: Workspace, view: View) -> RenderableType:
    """The modal on top, with its buttons below."""
    with workspace.changed:
        parts = [*_blocks(workspace, view.blocks, view.values)]
        labels = [(view.text("close"), ""), (view.text("submit"), "primary")]
        row = [button(words, style) for words, style in labels if words]
        title = view.text("title")
    return Panel(
        Group(*parts, Text(), Align.right(Text("  ").join(row))),
        title=Text(f" {title} ", _TITLE),
        title_align="left",
        width=_WINDOW_WIDTH,
        box=box.ROUNDED,
        border_style="grey50",
        padding=(0, 1),
    )


def channel(
    workspace: Workspace, place: Channel, messages: Iterable[Message]
) -> RenderableType:
    """Messages of a channel, oldest first."""
    with workspace.changed:
        drawn = [part for each in messages for part in _message(workspace, each)]
        name = f" # {place.name} "
    return Panel(
        Group(*drawn[:-1]),
        title=Text(name, _TITLE),
        title_align="left",
        width=_WINDOW_WIDTH,
        box=box.HEAVY,
        border_style="medium_purple4",
        padding=(0, 1),
    )


def button(words: str, style: str = "") -> Text:
    """A button; the brackets tell it where there is no colour."""
    return Text(f"[ {words} ]", _BUTTON[style])


def _message(workspace: Workspace, message: Message) -> list[RenderableType]:
    """Who wrote it when, its blocks and files, and a blank line."""
    author = workspace.users[message.author_id]
    at = datetime.fromtimestamp(float(message.ts), TIME_ZONE)
    head = Text.assemble((author.real_name, "bold"), " ")
    if message.is_from_app:
        head.append(_APP, "white on grey30")
    head.append(f" {at:%H:%M}", "dim")
    if message.blocks:
        parts = [*_blocks(workspace, message.blocks, message.values)]
    else:
        parts = [marked(workspace, message.text)]
    files = [_file(workspace, file_id) for file_id in message.file_ids]
    return [head, *parts, *files, Text()]


def _file(workspace: Workspace, file_id: str) -> RenderableType:
    file = workspace.files.all[file_id]
    about = Text.assemble((file.name, "bold"), (f"  {file.size / 1024:.0f} kB", "dim"))
    return Panel(about, box=box.SQUARE, border_style="green", expand=False)


def _blocks(
    workspace: Workspace, blocks: Iterable[Block], values: Values
) -> Iterable[RenderableType]:
    for block in blocks:
        yield from _BLOCKS[block["type"]](workspace, block, values)


def _header(
    workspace: Workspace, block: Block, _values: Values
) -> Iterable[RenderableType]:
    text = worded(workspace, block["text"])
    text.stylize("bold underline")
    yield text


def _section(
    workspace: Workspace, block: Block, values: Values
) -> Iterable[RenderableType]:
    if block.get("fields"):
        yield _fields(workspace, block["fields"])
    if not block.get("text"):
        return
    text = worded(workspace, block["text"])
    accessory = block.get("accessory")
    if accessory is None:
        yield text
        return
    line = Table.grid(expand=True, padding=(0, 1))
    line.add_column(ratio=1)
    line.add_column(justify="right", vertical="middle", no_wrap=True)
    line.add_row(text, _element(workspace, block, accessory, values))
    yield line
    # Those with markup are several lines of different weight.
    if block["text"]["type"] == "mrkdwn":
        yield Text()


def _fields(workspace: Workspace, fields: list[dict[str, Any]]) -> Table:
    """Two columns, filled line by line as Slack does."""
    table = Table.grid(expand=True)
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    texts = [worded(workspace, field) for field in fields]
    for left, right in zip(texts[::2], [*texts[1::2], Text()], strict=False):
        table.add_row(left, right)
    return table


def _actions(
    workspace: Workspace, block: Block, values: Values
) -> Iterable[RenderableType]:
    elements = [
        _element(workspace, block, element, values) for element in block["elements"]
    ]
    yield Text("  ").join(elements)


def _input(
    workspace: Workspace, block: Block, values: Values
) -> Iterable[RenderableType]:
    yield Text()
    label = worded(workspace, block["label"])
    label.stylize("bold")
    yield label
    yield _element(workspace, block, block["element"], values)


def _context(
    workspace: Workspace, block: Block, _values: Values
) -> Iterable[RenderableType]:
    for element in block["elements"]:
        text = worded(workspace, element)
        text.stylize("dim")
        yield text


def _divider(
    _workspace: Workspace, _block: Block, _values: Values
) -> Iterable[RenderableType]:
    yield Rule(style="grey37")


_BLOCKS: Final[
    dict[str, Callable[[Workspace, Block, Values], Iterable[RenderableType]]]
] = {
    "header": _header,
    "section": _section,
    "actions": _actions,
    "input": _input,
    "context": _context,
    "divider": _divider,
}


def _element(
    workspace: Workspace, block: Block, element: Element, values: Values
) -> Text:
    kind = element["type"]
    if kind == "button":
        return button(element["text"]["text"], element.get("style", ""))
    held = values.get((block["block_id"], element["action_id"]), {})
    if kind in ("radio_buttons", "checkboxes"):
        return _options(workspace, element, held)
    value = held.get(STATE[kind][0])
    words = worded(workspace, element.get("placeholder"))
    shown = Text(str(value)) if value else words
    shown.pad_right(max(0, _FIELD_WIDTH - len(shown)))
    return Text.assemble("[ ", shown, " ]", style=_FIELD if value else _PLACEHOLDER)


def _options(workspace: Workspace, element: Element, held: dict[str, Any]) -> Text:
    single = held.get("selected_option")
    chosen = held.get("selected_options") or ([single] if single else [])
    picked = [option["value"] for option in chosen]
    marks = ("(•)", "( )") if element["type"] == "radio_buttons" else ("[x]", "[ ]")
    lines = []
    for option in element["options"]:
        mark = marks[0] if option["value"] in picked else marks[1]
        lines.append(Text.assemble(mark, " ", worded(workspace, option["text"])))
    return Text("\n").join(lines)
