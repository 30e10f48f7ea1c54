"""Markup written out as text and as HTML, its placeholders filled in; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from markupsafe import Markup, escape

from domain.letters.markup import (
    Alone,
    Block,
    Bold,
    Bullets,
    Field,
    Inline,
    Line,
    Link,
    Paragraph,
    Text,
)
from domain.letters.placeholders import Placeholder, Values
from domain.letters.translator import Translator
from domain.letters.wording.words import Letterhead
from domain.plain_text import clean
from domain.secret import Secret

SUBJECT_LENGTH: Final = 200
_ADDRESSES: Final = frozenset({Placeholder.LINK, Placeholder.SIGN_IN_PAGE})
_JOINERS: Final = "\u200c\u200d"
_VALUE_LENGTH: Final = 150
# What does not work any more when a part of it is missing.
_LONGER: Final = {
    Placeholder.LINK: 600,
    Placeholder.SIGN_IN_PAGE: 600,
    Placeholder.USER_NAME: 254,
}


@dataclass(frozen=True)
class HtmlBlock:
    """A block as the frame of letters draws it."""

    kind: str
    lines: tuple[Markup, ...] = ()
    value: str = ""


def values_of(known: Mapping[str, Secret], head: Letterhead, t: Translator) -> Values:
    """What a letter's placeholders stand for; `known` as `kinds.CONTENTS` names it.

    Strings and nothing else, so that there is nothing to reach through them.
    """
    values = {
        Placeholder.FIRST_NAME: known["first_name"].reveal(),
        Placeholder.NAME: known["name"].reveal(),
        Placeholder.BRANCH: known["branch"].reveal(),
        Placeholder.USER_NAME: known["user_name"].reveal(),
        Placeholder.VALID_UNTIL: t.instant(
            datetime.fromisoformat(known["valid_until"].reveal())
        ),
        Placeholder.SIGN_IN_PAGE: head.portal_url,
    }
    if "token" in known:
        values[Placeholder.LINK] = head.link(known["token"]).reveal()
    if "password" in known:
        values[Placeholder.PASSWORD] = known["password"].reveal()
    return tidied(values)


def tidied(values: Mapping[Placeholder, str]) -> Values:
    """Values as one visible line each, no longer than makes sense."""
    return MappingProxyType(
        {
            placeholder: _cut(_visible(value), _LONGER.get(placeholder, _VALUE_LENGTH))
            for placeholder, value in values.items()
        }
    )


def filled_line(line: Line, values: Values) -> str:
    """A line in plain text; a link as its words and its address behind them."""
    return "".join(_plain(piece, values) for piece in line)


def subject_line(line: Line, values: Values) -> str:
    """A subject: one visible line, and nothing that a mail program would decode."""
    title = _visible(filled_line(line, values)).replace("=?", "= ?")
    return _cut(title, SUBJECT_LENGTH)


def text_blocks(
    tree: tuple[Block, ...], values: Values, button_label: str
) -> Iterator[str]:
    """The blocks of a letter in plain text."""
    for block in tree:
        match block:
            case Alone(Placeholder.LINK):
                yield f"{button_label}:\n{values[Placeholder.LINK]}"
            case Alone(placeholder):
                yield f"    {values[placeholder]}"
            case Bullets(items):
                yield "\n".join(f"- {filled_line(item, values)}" for item in items)
            case Paragraph(lines):
                yield "\n".join(filled_line(line, values) for line in lines)


def html_blocks(tree: tuple[Block, ...], values: Values) -> Iterator[HtmlBlock]:
    """The same blocks for the frame; whatever is not markup is escaped."""
    for block in tree:
        match block:
            case Alone(Placeholder.LINK):
                yield HtmlBlock("button", value=values[Placeholder.LINK])
            case Alone(placeholder):
                yield HtmlBlock("code", value=values[placeholder])
            case Bullets(items):
                yield HtmlBlock("bullets", _marked_up(items, values))
            case Paragraph(lines):
                yield HtmlBlock("paragraph", _marked_up(lines, values))


def _plain(piece: Inline, values: Values) -> str:
    match piece:
        case Text(text):
            return text
        case Field(placeholder):
            return values[placeholder]
        case Bold(within):
            return "".join(_plain(part, values) for part in within)
        case Link(label, target):
            words = "".join(_plain(part, values) for part in label)
            address = _address(target, values)
            shown = address.removeprefix("mailto:")
            return words if words == shown else f"{words} ({shown})"


def _marked_up(lines: tuple[Line, ...], values: Values) -> tuple[Markup, ...]:
    empty = Markup()
    return tuple(empty.join(_html(piece, values) for piece in line) for line in lines)


def _html(piece: Inline, values: Values) -> Markup:
    match piece:
        case Text(text):
            return escape(text)
        case Field(placeholder) if placeholder in _ADDRESSES:
            address = values[placeholder]
            return _anchor(address, escape(address))
        case Field(placeholder):
            return escape(values[placeholder])
        case Bold(within):
            inside = Markup().join(_html(part, values) for part in within)
            return Markup("<strong>{}</strong>").format(inside)
        case Link(label, target):
            # Never one link within another.
            words = "".join(_plain(part, values) for part in label)
            return _anchor(_address(target, values), escape(words))


def _anchor(address: str, words: Markup) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)


def _address(target: str | Placeholder, values: Values) -> str:
    return values[target] if isinstance(target, Placeholder) else target


def _visible(text: str) -> str:
    """One line, without any character that nobody sees; joiners shape words."""
    line = clean(text)
    if line.isprintable():
        return line
    return "".join(
        character
        for character in line
        if character.isprintable() or character in _JOINERS
    )


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
