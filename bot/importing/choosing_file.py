"""The choice of a staff list: a file input, and what was wrong with the last file."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import marked_paragraph, modal, paragraph, plain, small_print
from bot.given_files import leftover
from bot.given_files.file_entry import ChosenFile, FileInput, only_file
from bot.given_files.leftover import Leftover
from bot.locale import Translator
from bot.text import escaped
from domain.errors import DomainError

CALLBACK_ID: Final = "importing.read"
# The entry that errors about a file concern.
BLOCK_ID: Final = "file"
ACTION_ID: Final = "importing.file"


class NoFileError(DomainError):
    """Not exactly one file was chosen."""

    code = "no_file"
    concerns = BLOCK_ID


@dataclass(frozen=True)
class Choosing:
    """`problem` says why the last file was not read; `left` is a file of hers.

    `is_bound` says that only some branches are within reach.
    """

    is_bound: bool
    problem: str = ""
    left: str | None = None


def build(data: Choosing, t: Translator) -> View:
    """What a staff list looks like, and the input for it."""
    return modal(
        t("Import"),
        [
            *_problem(data, t),
            paragraph(
                t(
                    "Choose your staff list: an Excel workbook (.xlsx) with a row of "
                    "headings, among them Employee number, Last name and Branch."
                )
            ),
            _file_input(t),
            small_print(_what_happens(data, t)),
        ],
        close=t("Cancel"),
        submit=t("Check"),
        callback_id=CALLBACK_ID,
    )


def parse(body: payload.Body) -> ChosenFile:
    """The chosen file. Raises NoFileError when there is not just one."""
    chosen = only_file(body, BLOCK_ID, ACTION_ID)
    if chosen is None:
        raise NoFileError
    return chosen


def _problem(data: Choosing, t: Translator) -> list[Block]:
    said = [marked_paragraph(f"*{escaped(data.problem)}*")]
    left = [paragraph(leftover.sentence(Leftover(data.left), t))] if data.left else []
    return [*(said if data.problem else []), *left]


def _file_input(t: Translator) -> Block:
    return InputBlock(
        block_id=BLOCK_ID,
        label=plain(t("Staff list")),
        hint=plain(t("10 MB at most.")),
        element=FileInput(ACTION_ID, ["xlsx"], 1),
    )


def _what_happens(data: Choosing, t: Translator) -> str:
    nothing_yet = t("Nothing changes yet: you first see what would become of each row.")
    if not data.is_bound:
        return nothing_yet
    only_yours = t("Rows of other branches than yours are refused.")
    return f"{nothing_yet} {only_yours}"
