"""The choice of a branch: *Vestiging selecteren*."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, ExternalDataSelectElement, Option
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, modal, paragraph, plain, small_print
from bot.branches import place
from bot.branches.place import Place
from bot.locale import Translator
from bot.text import on_one_line
from domain.actor import BranchId

CALLBACK_ID: Final = "branches.choose"
SEARCH: Final = "branches.search"
OPEN: Final = "branches.open"
SEARCH_BLOCK: Final = "search"
LISTED: Final = 10
OFFERED: Final = 50


@dataclass(frozen=True)
class BranchChoice:
    """One branch to choose."""

    branch_id: BranchId
    name: str


@dataclass(frozen=True)
class Choosing:
    """What there is to choose: the first branches, and whether there are more.

    `searched` says that the list is what a typed part of a name matched,
    `only_locked` that a branch is opened for its locked logins. `search_id` and
    `open_id` are what is told when one is chosen: where the choice leads.
    """

    branches: Sequence[BranchChoice]
    has_more: bool
    searched: bool = False
    only_locked: bool = False
    search_id: str = SEARCH
    open_id: str = OPEN


def build(data: Choosing, t: Translator) -> View:
    """A search box that asks the bot, and the first branches to press."""
    return modal(
        t("Select branch"),
        [_search(data, t), *_found(data, t)],
        close=t("Close"),
        callback_id=CALLBACK_ID,
        ids=place.to_choose(only_locked=data.only_locked),
    )


def options(branches: Sequence[BranchChoice]) -> list[Option]:
    """What the search box offers."""
    return [
        Option(value=str(branch.branch_id), text=plain(on_one_line(branch.name)))
        for branch in branches
    ]


def parse(body: payload.Body) -> Place:
    """The branch that was chosen or pressed."""
    branch_id = BranchId(payload.whole_number(payload.action_value(body)))
    return place.chosen(branch_id, body)


def _search(data: Choosing, t: Translator) -> Block:
    box = ExternalDataSelectElement(
        action_id=data.search_id,
        placeholder=plain(t("Search for a branch")),
        min_query_length=0,
    )
    return buttons([box], SEARCH_BLOCK)


def _found(data: Choosing, t: Translator) -> list[Block]:
    if not data.branches:
        return [paragraph(_nothing(data, t))]
    lines = [
        paragraph(
            on_one_line(branch.name),
            accessory=button(
                data.open_id,
                t("Open"),
                value=str(branch.branch_id),
                label=t("Open {name}", name=on_one_line(branch.name)),
            ),
        )
        for branch in data.branches
    ]
    more = small_print(t("There are more branches: search for a part of the name."))
    return [*lines, more] if data.has_more else lines


def _nothing(data: Choosing, t: Translator) -> str:
    if data.searched:
        return t("No branch of yours has that in its name. Search for another part.")
    return t("There are no branches yet. They come with the first import.")
