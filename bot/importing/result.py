"""What an import did, and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import (
    button,
    facts,
    header,
    marked_paragraph,
    modal,
    paragraph,
    small_print,
)
from bot.branches import choosing, menu
from bot.branches.choosing import BranchChoice
from bot.given_files import leftover
from bot.given_files.leftover import Leftover
from bot.importing.preview import send_list
from bot.locale import Translator
from bot.text import on_one_line
from domain.importing.model import UploadId
from domain.importing.uploads import Imported

CALLBACK_ID: Final = "importing.result"


@dataclass(frozen=True)
class ImportResult:
    """What became of a list.

    `branches` are those with new cards, the first ten; `without_channel` those of
    them that have no admin channel.
    """

    upload_id: UploadId
    file_name: str
    imported: Imported
    branches: Sequence[BranchChoice]
    without_channel: Sequence[BranchChoice] = ()
    is_left: bool = False


def build(data: ImportResult, t: Translator) -> View:
    """The counts, what is left to mend, and where to go on."""
    return modal(
        t("Import"),
        [
            header(on_one_line(data.file_name, limit=100)),
            paragraph(t("The list is imported.")),
            _counts(data.imported, t),
            *_next_step(data, t),
            *_to_mend(data.imported, t),
            *_channels(data, t),
            *_left(data, t),
        ],
        close=t("Close"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(upload=data.upload_id),
    )


def _counts(imported: Imported, t: Translator) -> Block:
    return facts(
        [
            (t("New"), t.number(imported.new)),
            (t("Changed"), t.number(imported.changed)),
            (t("Unchanged"), t.number(imported.unchanged)),
            (t("Refused"), t.number(imported.refused)),
            (t("E-mail address left out"), t.number(imported.warnings)),
            (t("Other user name"), t.number(imported.address_changes)),
        ]
    )


def _to_mend(imported: Imported, t: Translator) -> list[Block]:
    if not imported.refused and not imported.warnings:
        return []
    advice = t(
        "Rows that were refused, and addresses that were left out, are not in the "
        "record cards. Mend them in your list and import it once more: what is in "
        "already stays as it is."
    )
    return [paragraph(advice), send_list(t)]


def _next_step(data: ImportResult, t: Translator) -> list[Block]:
    if not data.imported.new:
        return []
    heading = t.marked("*Next step: Create employee logins*")
    if data.imported.branch_count == 1 and data.branches:
        (branch,) = data.branches
        name = on_one_line(branch.name)
        where = t.marked("The new people of {branch} have no login yet.", branch=name)
        go = button(
            choosing.OPEN,
            t("Open"),
            value=str(branch.branch_id),
            label=t("Open {name}", name=name),
            style="primary",
        )
    else:
        where = t.marked(
            "There are new people without a login in {count} branches; it goes branch "
            "by branch.",
            count=data.imported.branch_count,
        )
        go = button(menu.STAFF_LOGINS, t("Select branch"), style="primary")
    return [marked_paragraph(f"{heading}\n{where}", accessory=go)]


def _channels(data: ImportResult, t: Translator) -> list[Block]:
    if not data.without_channel:
        return []
    names = ", ".join(on_one_line(branch.name) for branch in data.without_channel)
    return [
        paragraph(
            t(
                "No admin channel yet: {names}. Before you export passwords there, ask "
                "a manager to choose one under Branch settings: a private channel with "
                "you and Sleutelbos in it.",
                names=names,
            )
        )
    ]


def _left(data: ImportResult, t: Translator) -> list[Block]:
    if not data.is_left:
        return []
    return [small_print(leftover.sentence(Leftover(data.file_name), t))]
