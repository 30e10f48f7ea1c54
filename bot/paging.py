"""The pages of a list that is short enough to be read whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from slack_sdk.models.blocks import Block

from bot.blocks import button, buttons, small_print
from bot.locale import Translator

Line = TypeVar("Line")


@dataclass(frozen=True)
class Page(Generic[Line]):
    """What one page shows, its `number` from 0 and that of the last page."""

    lines: Sequence[Line]
    number: int
    last: int


def page_of(lines: Sequence[Line], wanted: int, *, size: int) -> Page[Line]:
    """The page that is wanted, or the last one when there are fewer by now."""
    last = max(0, (len(lines) - 1) // size)
    number = min(wanted, last)
    return Page(lines[number * size : (number + 1) * size], number, last)


def turning(page: Page[Line], back: str, onward: str, t: Translator) -> list[Block]:
    """Which page it is, and the buttons to the next ones; none of an only page."""
    turns = []
    if page.number > 0:
        turns.append(button(back, t("Previous"), value=str(page.number - 1)))
    if page.number < page.last:
        turns.append(button(onward, t("Next"), value=str(page.number + 1)))
    if not turns:
        return []
    where = t("Page {page} of {count}", page=page.number + 1, count=page.last + 1)
    return [small_print(where), buttons(turns, "pages")]
