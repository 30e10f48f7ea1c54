"""The entries of the editor: name, branch, both languages, attachment."""

from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
)

from bot import payload
from bot.blocks import paragraph, plain
from bot.branches import choosing
from bot.branches.choosing import BranchChoice
from bot.given_files.file_entry import ChosenFile, FileInput, only_file
from bot.locale import Translator, msgid
from bot.templates import wording
from bot.text import on_one_line
from domain.actor import BranchId
from domain.errors import NotFoundError
from domain.letters.model import (
    BODY_LENGTH,
    NAME_LENGTH,
    SUBJECT_LENGTH,
    Attached,
)

TYPE: Final = "templates.type"
CHOOSE_BRANCH: Final = "templates.choose_branch"
ATTACH: Final = "templates.attach"
FILE: Final = "templates.file"
NAME_BLOCK: Final = "name"
BRANCH_BLOCK: Final = "branch"
ATTACHED_BLOCK: Final = "attached"
# The entry that errors about a file concern.
FILE_BLOCK: Final = "file"
COPIED: Final = "copy_"
_SUBJECTS: Final = ("subject_nl", "subject_en")
_TEXTS: Final = ("subject_nl", "body_nl", "subject_en", "body_en")
_ATTACHED: Final = {
    Attached.NOTHING: msgid("No attachment"),
    Attached.GUIDE: msgid("The guide for employees, in the employee's language"),
    Attached.FILE: msgid("A PDF of your own"),
}


@dataclass(frozen=True)
class Typed:
    """What stands in the entries, right or not; `file` was put in just now."""

    name: str = ""
    subject_nl: str = ""
    body_nl: str = ""
    subject_en: str = ""
    body_en: str = ""
    attached: Attached = Attached.NOTHING
    branch_id: BranchId | None = None
    file: ChosenFile | None = None


@dataclass(frozen=True)
class KeptFile:
    """The PDF that goes along already."""

    name: str


def head(
    typed: Typed, branch: BranchChoice | None, is_new: bool, prefix: str, t: Translator
) -> list[Block]:
    """The name, and for whom: to choose as long as the template is new."""
    name = InputBlock(
        block_id=f"{prefix}{NAME_BLOCK}",
        label=plain(t("Name")),
        hint=plain(t("Only administrators see it, when they choose a template.")),
        element=PlainTextInputElement(
            action_id=TYPE, initial_value=typed.name or None, max_length=NAME_LENGTH
        ),
    )
    if is_new:
        return [name, _branch(branch, prefix, t)]
    whose = on_one_line(branch.name, 100) if branch else ""
    said = t("For {branch}", branch=whose) if branch else t("For all branches")
    return [name, paragraph(said)]


def texts(typed: Typed, prefix: str, t: Translator) -> list[Block]:
    """Subject and text in both languages."""
    return [_text(field, typed, prefix, t) for field in _TEXTS]


def attachment(
    typed: Typed, kept: KeptFile | None, prefix: str, t: Translator
) -> list[Block]:
    """What goes along, and the input for a PDF."""
    options = {
        attached: Option(value=attached.value, text=plain(_option(attached, kept, t)))
        for attached in Attached
    }
    radio = RadioButtonsElement(
        action_id=ATTACH,
        options=list(options.values()),
        initial_option=options[typed.attached],
    )
    return [
        InputBlock(
            block_id=f"{prefix}{ATTACHED_BLOCK}",
            label=plain(t("Attachment")),
            element=radio,
        ),
        InputBlock(
            block_id=f"{prefix}{FILE_BLOCK}",
            label=plain(t("Another PDF") if kept else t("PDF of your own")),
            hint=plain(t("A PDF, 5 MB at most. Every employee gets the same one.")),
            element=FileInput(FILE, ["pdf"], 1),
            optional=True,
        ),
    ]


def parse(body: payload.Body, prefix: str) -> Typed:
    """What stands in the entries. Raises NotFoundError for what no editor sends."""
    texts = {field: _typed(body, f"{prefix}{field}") for field in (NAME_BLOCK, *_TEXTS)}
    return Typed(
        **texts,
        attached=_attached(body, prefix),
        branch_id=branch_of(body, prefix),
        file=only_file(body, f"{prefix}{FILE_BLOCK}", FILE),
    )


def branch_of(body: payload.Body, prefix: str) -> BranchId | None:
    """The chosen branch; None for all, and where there is nothing to choose."""
    value = _chosen(body, f"{prefix}{BRANCH_BLOCK}", CHOOSE_BRANCH)
    return None if value is None else BranchId(payload.whole_number(value))


def _branch(branch: BranchChoice | None, prefix: str, t: Translator) -> Block:
    chosen = choosing.options([branch])[0] if branch else None
    return InputBlock(
        block_id=f"{prefix}{BRANCH_BLOCK}",
        label=plain(t("Only for the branch")),
        hint=plain(t("Leave it empty if it is for all branches.")),
        element=ExternalDataSelectElement(
            action_id=CHOOSE_BRANCH,
            placeholder=plain(t("Search for a branch")),
            initial_option=chosen,
            min_query_length=0,
        ),
        optional=True,
    )


def _text(field: str, typed: Typed, prefix: str, t: Translator) -> Block:
    is_subject = field in _SUBJECTS
    return InputBlock(
        block_id=f"{prefix}{field}",
        label=plain(t(wording.FIELDS[field])),
        element=PlainTextInputElement(
            action_id=TYPE,
            initial_value=getattr(typed, field) or None,
            multiline=not is_subject,
            max_length=SUBJECT_LENGTH if is_subject else BODY_LENGTH,
        ),
        # One language may be left out; which one, Slack can't know.
        optional=True,
    )


def _option(attached: Attached, kept: KeptFile | None, t: Translator) -> str:
    if attached is Attached.FILE and kept is not None:
        return t("A PDF of your own: {file}", file=on_one_line(kept.name, 40))
    return t(_ATTACHED[attached])


def _attached(body: payload.Body, prefix: str) -> Attached:
    try:
        return Attached(str(_chosen(body, f"{prefix}{ATTACHED_BLOCK}", ATTACH)))
    except ValueError as error:
        raise NotFoundError(kind="view") from error


def _typed(body: payload.Body, block_id: str) -> str:
    value = _entry(body, block_id, TYPE).get("value")
    return value if isinstance(value, str) else ""


def _chosen(body: payload.Body, block_id: str, action_id: str) -> str | None:
    option = _entry(body, block_id, action_id).get("selected_option")
    value = payload.mapping(option).get("value")
    return None if value is None else str(value)


def _entry(body: payload.Body, block_id: str, action_id: str) -> Any:
    return payload.mapping(
        payload.mapping(payload.values(body).get(block_id)).get(action_id)
    )
