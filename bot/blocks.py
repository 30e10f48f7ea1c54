"""Pieces of screens, with Slack's text kinds chosen once."""

from collections.abc import Sequence
from typing import Final

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

TITLE_LENGTH: Final = 24


def plain(text: str) -> PlainTextObject:
    """Shown letter for letter, :colons: included."""
    return PlainTextObject(text=text, emoji=False)


def marked(text: str) -> MarkdownTextObject:
    """With markup; Slack makes no links of its own. See Translator.marked."""
    return MarkdownTextObject(text=text, verbatim=True)


def header(text: str) -> Block:
    """A large line."""
    return HeaderBlock(text=plain(text))


def paragraph(text: str, *, accessory: InteractiveElement | None = None) -> Block:
    """Plain text, perhaps with something to press beside it."""
    return SectionBlock(text=plain(text), accessory=accessory)


def marked_paragraph(
    text: str, *, accessory: InteractiveElement | None = None
) -> Block:
    """Text with markup, perhaps with something to press beside it."""
    return SectionBlock(text=marked(text), accessory=accessory)


def facts(lines: Sequence[tuple[str, str]]) -> Block:
    """Names and values in two columns, ten at most."""
    return SectionBlock(
        fields=[plain(f"{name}: {value}") for name, value in lines],
    )


def small_print(text: str) -> Block:
    """Small grey text."""
    return ContextBlock(elements=[plain(text)])


def line() -> Block:
    """A line across."""
    return DividerBlock()


def buttons(elements: Sequence[InteractiveElement], block_id: str) -> Block:
    """Things to press or choose beside each other."""
    return ActionsBlock(elements=list(elements), block_id=block_id)


def button(
    action_id: str,
    text: str,
    *,
    value: str = "",
    label: str | None = None,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """A button; `label` is what a screen reader says when that is more."""
    return ButtonElement(
        action_id=action_id,
        text=plain(text),
        value=value or None,
        accessibility_label=label,
        style=style,
        confirm=confirm,
    )


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    close: str,
    callback_id: str = "",
    submit: str | None = None,
    ids: str = "",
) -> View:
    """A modal; `ids` is what `payload.to_remember` made."""
    return View(
        type="modal",
        callback_id=callback_id or None,
        title=plain(title),
        submit=plain(submit) if submit else None,
        close=plain(close),
        blocks=list(blocks),
        private_metadata=ids or None,
    )
