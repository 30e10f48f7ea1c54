"""The editor of a template: *Nieuwe emailtemplate*, *Emailtemplate*."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import (
    button,
    buttons,
    marked_paragraph,
    modal,
    paragraph,
)
from bot.branches.choosing import BranchChoice
from bot.confirming import are_you_sure
from bot.locale import Translator
from bot.templates import entries, placeholder_list, sample, wording
from bot.templates.entries import KeptFile, Typed
from bot.text import escaped
from domain.actor import BranchId
from domain.letters.model import EmailTemplateId

CALLBACK_ID: Final = "templates.save"
COPY: Final = "templates.copy"
SHOW_HISTORY: Final = "templates.show_history"
DELETE: Final = "templates.delete"


@dataclass(frozen=True)
class Origin:
    """What the editor is of: a template at a version, or a new one.

    `is_copy` tells a new one that began as another's copy; its entries have other
    ids, because Slack keeps what stands in an entry of the same id. `branch_id` is
    of a template that there is; `page` is of the list below.
    """

    template_id: EmailTemplateId | None = None
    number: int | None = None
    branch_id: BranchId | None = None
    kept: int | None = None
    is_copy: bool = False
    page: int = 0

    @property
    def prefix(self) -> str:
        """What the ids of the entries begin with."""
        return entries.COPIED if self.is_copy else ""

    def remembered(self) -> str:
        """For `private_metadata`."""
        return payload.to_remember(
            template=self.template_id,
            number=self.number,
            branch=self.branch_id,
            pdf=self.kept,
            copy=1 if self.is_copy else None,
            page=self.page,
        )


@dataclass(frozen=True)
class Editor:
    """What stands in the editor.

    `branch` is what it is for, None for all; `problem` says why it was not saved;
    `sends_password` is of what was saved last.
    """

    origin: Origin
    typed: Typed
    branch: BranchChoice | None = None
    kept_name: str = ""
    problem: str = ""
    sends_password: bool = False


@dataclass(frozen=True)
class Submitted:
    """What is to be saved, and of what."""

    origin: Origin
    typed: Typed


def build(data: Editor, t: Translator) -> View:
    """The entries, the placeholders, and what else one may do with it."""
    is_new = data.origin.template_id is None
    kept = KeptFile(data.kept_name) if data.origin.kept is not None else None
    return modal(
        t("New email template") if is_new else t("Email template"),
        [
            *_problem(data),
            *entries.head(data.typed, data.branch, is_new, data.origin.prefix, t),
            *([paragraph(wording.link_is_safer(t))] if data.sends_password else []),
            *placeholder_list.blocks(t),
            *entries.texts(data.typed, data.origin.prefix, t),
            *entries.attachment(data.typed, kept, data.origin.prefix, t),
            *sample.blocks(t),
            *([] if is_new else [_acts(t)]),
        ],
        close=t("Cancel"),
        submit=t("Save"),
        callback_id=CALLBACK_ID,
        ids=data.origin.remembered(),
    )


def parse(body: payload.Body) -> Submitted:
    """What stands in the editor now. Raises NotFoundError for another view."""
    origin = origin_of(body)
    typed = entries.parse(body, origin.prefix)
    return Submitted(origin, typed)


def origin_of(body: payload.Body) -> Origin:
    """What a view of the editor is of. Raises NotFoundError for another view."""
    ids = payload.remembered(body)

    def number(name: str) -> int | None:
        return payload.whole_number(ids[name]) if name in ids else None

    template_id, branch_id = number("template"), number("branch")
    return Origin(
        template_id=None if template_id is None else EmailTemplateId(template_id),
        number=number("number"),
        branch_id=None if branch_id is None else BranchId(branch_id),
        kept=number("pdf"),
        is_copy="copy" in ids,
        page=number("page") or 0,
    )


def _problem(data: Editor) -> list[Block]:
    if not data.problem:
        return []
    return [marked_paragraph(f"*{escaped(data.problem)}*")]


def _acts(t: Translator) -> Block:
    sure = are_you_sure(
        t("Delete"),
        t(
            "Nobody can choose this template any more. What was sent with it stays "
            "in the log."
        ),
        t("Delete"),
        t,
        danger=True,
    )
    return buttons(
        [
            button(COPY, t("Copy")),
            button(SHOW_HISTORY, t("History")),
            button(DELETE, t("Delete"), style="danger", confirm=sure),
        ],
        "acts",
    )
