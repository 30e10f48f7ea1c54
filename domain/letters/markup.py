"""The light markup of templates: paragraphs, bold, lists, links; pure.

A text becomes a tree in which placeholders are leaves. They are filled in when the
tree is written out, so that no value ever becomes markup or a placeholder.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from domain.letters.link_targets import is_glued, misleads, target_of
from domain.letters.placeholders import Placeholder, placeholder_named

_LONGEST_FOUND: Final = 60
_BULLET: Final = re.compile(r"\s*[-•*][ \t]+(?=\S)")
# No alternative can begin inside what another one took, so the time is linear.
_TOKEN: Final = re.compile(
    r"\{\{(?P<field>[^{}\n]*)\}\}"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<target>(?:\{\{[^{}()\n]*\}\}|[^(){}\s])*)\)"
    r"|(?P<bare>https://[^\s<>()\[\]{}\"'*]+[^\s<>()\[\]{}\"'*.,;:!?])"
    r"|(?P<mark>\*+)"
)
_FIELD: Final = re.compile(r"\{\{[^{}\n]*\}\}")
_FIELD_IN_WORD: Final = re.compile(
    r"\{\{(?P<field>[^{}\n]*)\}\}(?P<after>(?:\{\{[^{}\n]*\}\}|\S)*)"
)
# Stands for any value; no text that is kept has it.
_VALUE: Final = "\x00"
# As in example.nl/path or example.nl?name=value.
_BARE_PATH: Final = re.compile(r"\.[^\W\d_][^\W_]*[/?#:]")
_HALF_A_LINK: Final = re.compile(r"\[[^\[\]\n]*\]\([^)\n]*\)?")


@dataclass(frozen=True)
class Text:
    """Words as they are."""

    text: str


@dataclass(frozen=True)
class Field:
    """A place to fill in."""

    placeholder: Placeholder


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; a placeholder's address, or one of the text."""

    label: tuple[Text | Field, ...]
    target: str | Placeholder


@dataclass(frozen=True)
class Bold:
    """Words that stand out."""

    within: tuple[Text | Field | Link, ...]


Inline = Text | Field | Link | Bold
Line = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """Lines below each other."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Line, ...]


@dataclass(frozen=True)
class Alone:
    """A placeholder that is a paragraph of its own: a button, or a framed code."""

    placeholder: Placeholder


Block = Paragraph | Bullets | Alone


@lru_cache(maxsize=256)
def parse(text: str) -> tuple[Block, ...]:
    """The text as a tree; whatever is no markup is text."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", text.strip()):
        for block in _blocks(paragraph.split("\n")):
            last = blocks[-1] if blocks else None
            if isinstance(block, Bullets) and isinstance(last, Bullets):
                # People leave a line empty between the items of one list.
                blocks[-1] = Bullets(last.items + block.items)
            else:
                blocks.append(block)
    return tuple(blocks)


@lru_cache(maxsize=256)
def parse_line(text: str) -> tuple[Text | Field, ...]:
    """A text that has placeholders and no markup, such as a subject."""
    pieces = re.split(r"\{\{([^{}\n]*)\}\}", text)
    line: list[Text | Field] = []
    for index, piece in enumerate(pieces):
        placeholder = placeholder_named(piece) if index % 2 else None
        if placeholder:
            line.append(Field(placeholder))
        elif index % 2:
            line.append(Text(f"{{{{{piece}}}}}"))
        elif piece:
            line.append(Text(piece))
    return tuple(line)


def bad_links_in(text: str) -> Iterator[str]:
    """Links that lead to no https page or mail address, or not where they say."""
    for token in _TOKEN.finditer(text):
        label, target = token["label"], token["target"]
        if label and (target_of(target) is None or misleads(label, target)):
            yield token[0][:_LONGEST_FOUND]
    left = _TOKEN.sub(lambda token: "" if token["label"] else " ", text)
    for half in _HALF_A_LINK.finditer(left):
        yield half[0][:_LONGEST_FOUND]
    yield from _addresses_with_values(text)


def _addresses_with_values(text: str) -> Iterator[str]:
    """Addresses that a value would become a part of, a password for instance.

    Mail programs make links of addresses that stand in plain text.
    """
    bare = _TOKEN.sub(lambda token: " " if token["label"] else token[0], text)
    for word in _FIELD.sub(_VALUE, bare).split():
        before, is_filled, _ = word.partition(_VALUE)
        if is_filled and ("://" in before or _BARE_PATH.search(before)):
            yield before[:_LONGEST_FOUND]
    for filled in _FIELD_IN_WORD.finditer(bare):
        placeholder = placeholder_named(filled["field"])
        if placeholder and is_glued(placeholder, filled["after"]):
            yield filled[0][:_LONGEST_FOUND]


def _blocks(lines: list[str]) -> Iterator[Block]:
    run: list[Line] = []
    was_bullet = False
    for line in lines:
        bullet = _BULLET.match(line)
        if run and bool(bullet) != was_bullet:
            yield _block(run, is_list=was_bullet)
            run = []
        was_bullet = bool(bullet)
        parsed = _inline(line[bullet.end() :] if bullet else line.strip())
        if parsed:
            run.append(parsed)
    if run:
        yield _block(run, is_list=was_bullet)


def _block(lines: list[Line], *, is_list: bool) -> Block:
    if is_list:
        return Bullets(tuple(lines))
    match lines:
        case [(Field(placeholder),)] | [(Bold((Field(placeholder),)),)] if (
            placeholder in (Placeholder.LINK, Placeholder.PASSWORD)
        ):
            return Alone(placeholder)
        case _:
            return Paragraph(tuple(lines))


def _inline(line: str) -> Line:
    done: list[Inline] = []
    open_mark, opened_at = "", 0
    end = 0
    for token in _TOKEN.finditer(line):
        _add_text(done, line[end : token.start()])
        end = token.end()
        mark = token["mark"]
        if mark is None:
            done.append(_leaf(token))
        elif mark == open_mark and _closes(line, token):
            # What was opened is text and leaves only, so bold never nests.
            done[opened_at:] = [Bold(_within(done[opened_at + 1 :]))]
            open_mark = ""
        else:
            if not open_mark and _opens(line, token):
                open_mark, opened_at = mark, len(done)
            done.append(Text(mark))
    _add_text(done, line[end:])
    return _joined(done)


def _within(pieces: list[Inline]) -> tuple[Text | Field | Link, ...]:
    leaves = (piece for piece in pieces if not isinstance(piece, Bold))
    return tuple(piece for piece in _joined(leaves) if not isinstance(piece, Bold))


def _joined(pieces: Iterable[Inline]) -> Line:
    line: list[Inline] = []
    for piece in pieces:
        last = line[-1] if line else None
        if isinstance(piece, Text) and isinstance(last, Text):
            line[-1] = replace(last, text=last.text + piece.text)
        else:
            line.append(piece)
    return tuple(line)


def _leaf(token: re.Match[str]) -> Text | Field | Link:
    if token["field"] is not None:
        placeholder = placeholder_named(token["field"])
        return Field(placeholder) if placeholder else Text(token[0])
    if token["bare"] is not None:
        is_address = target_of(token["bare"]) is not None
        bare = Text(token["bare"])
        return Link((bare,), token["bare"]) if is_address else bare
    target = target_of(token["target"])
    if target is None or misleads(token["label"], token["target"]):
        return Text(token[0])
    return Link(parse_line(token["label"].strip()), target)


def _add_text(line: list[Inline], text: str) -> None:
    if text:
        line.append(Text(text))


def _opens(line: str, mark: re.Match[str]) -> bool:
    before, after = line[: mark.start()][-1:], line[mark.end() :][:1]
    is_mark = len(mark["mark"]) <= 2
    return is_mark and not before.isalnum() and bool(after) and not after.isspace()


def _closes(line: str, mark: re.Match[str]) -> bool:
    before, after = line[: mark.start()][-1:], line[mark.end() :][:1]
    return not before.isspace() and not after.isalnum()
