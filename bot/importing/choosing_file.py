"""The choice of a staff list: a file input, and what was wrong with the last file."""

import re
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, InputBlock, InputInteractiveElement
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import marked_paragraph, modal, paragraph, plain, small_print
from bot.importing import leftover
from bot.locale import Translator
from bot.text import escaped
from domain.errors import DomainError

CALLBACK_ID: Final = "importing.read"
# The entry that errors about a file concern.
BLOCK_ID: Final = "file"
ACTION_ID: Final = "importing.file"
_FILE_ID: Final = re.compile(r"[A-Z0-9]{1,30}")
_NAME_LENGTH: Final = 200


class NoFileError(DomainError):
    """Not exactly one file was chosen."""

    code = "no_file"
    concerns = BLOCK_ID


@dataclass(frozen=True)
class ChosenFile:
    """A file as the payload names it; whose it is, Slack has to say."""

    file_id: str
    name: str


class FileInput(InputInteractiveElement):
    """Slack's file input, which slack_sdk.models does not know."""

    type = "file_input"

    def __init__(self, action_id: str, filetypes: list[str], max_files: int) -> None:
        super().__init__(type=self.type, action_id=action_id)
        self.filetypes = filetypes
        self.max_files = max_files

    @property
    def attributes(self) -> set[str]:  # type: ignore[override]
        """What goes into the payload."""
        return super().attributes | {"filetypes", "max_files"}


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
    entry = payload.mapping(payload.values(body).get(BLOCK_ID))
    held = payload.mapping(entry.get(ACTION_ID))
    files = held.get("files")
    if not isinstance(files, list) or len(files) != 1:
        raise NoFileError
    chosen = payload.mapping(files[0])
    file_id = chosen.get("id")
    if not isinstance(file_id, str) or not _FILE_ID.fullmatch(file_id):
        raise NoFileError
    return ChosenFile(file_id, str(chosen.get("name") or file_id)[:_NAME_LENGTH])


def _problem(data: Choosing, t: Translator) -> list[Block]:
    said = [marked_paragraph(f"*{escaped(data.problem)}*")]
    left = [paragraph(leftover.sentence(data.left, t))] if data.left else []
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
