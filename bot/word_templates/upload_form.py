"""The upload of a Word template: for whom, the file, what was wrong with the last."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, ExternalDataSelectElement, InputBlock
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import marked_paragraph, modal, paragraph, plain
from bot.given_files.file_entry import ChosenFile, FileInput, only_file
from bot.locale import Translator
from bot.text import escaped
from domain.actor import BranchId
from domain.errors import DomainError

CALLBACK_ID: Final = "word_templates.add"
# The entry that errors about a file concern.
FILE_BLOCK: Final = "file"
FILE: Final = "word_templates.file"
BRANCH_BLOCK: Final = "branch"
CHOOSE_BRANCH: Final = "word_templates.choose_branch"


class NoWordFileError(DomainError):
    """Not exactly one file was chosen."""

    code = "no_word_file"
    concerns = FILE_BLOCK


@dataclass(frozen=True)
class Uploading:
    """`problem` says why the last file was not taken, `left` that it is still there."""

    problem: str = ""
    left: str = ""


@dataclass(frozen=True)
class Wish:
    """The file, and the branch that it is for; None for all."""

    file: ChosenFile
    branch_id: BranchId | None


def build(data: Uploading, t: Translator) -> View:
    """The inputs, under what was wrong."""
    problem = [marked_paragraph(f"*{escaped(data.problem)}*")] if data.problem else []
    left = [paragraph(data.left)] if data.left else []
    return modal(
        t("Word templates"),
        [*problem, *left, _file(t), _branch(t)],
        close=t("Cancel"),
        submit=t("Upload"),
        callback_id=CALLBACK_ID,
    )


def parse(body: payload.Body) -> Wish:
    """What was chosen. Raises NoWordFileError."""
    chosen = only_file(body, FILE_BLOCK, FILE)
    if chosen is None:
        raise NoWordFileError
    entry = payload.mapping(payload.values(body).get(BRANCH_BLOCK))
    option = payload.mapping(entry.get(CHOOSE_BRANCH)).get("selected_option")
    value = payload.mapping(option).get("value")
    branch = None if value is None else BranchId(payload.whole_number(value))
    return Wish(chosen, branch)


def _file(t: Translator) -> Block:
    return InputBlock(
        block_id=FILE_BLOCK,
        label=plain(t("Word template")),
        hint=plain(t("A Word document (.docx) with merge fields, 5 MB at most.")),
        element=FileInput(FILE, ["docx"], 1),
    )


def _branch(t: Translator) -> Block:
    return InputBlock(
        block_id=BRANCH_BLOCK,
        label=plain(t("Only for the branch")),
        hint=plain(t("Leave it empty if it is for all branches.")),
        element=ExternalDataSelectElement(
            action_id=CHOOSE_BRANCH,
            placeholder=plain(t("Search for a branch")),
            min_query_length=0,
        ),
        optional=True,
    )
