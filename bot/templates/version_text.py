"""What a version of a template said."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, header, modal, paragraph
from bot.locale import Translator
from bot.templates import reading_blocks, wording
from bot.text import on_one_line
from domain.letters.model import EmailTemplateId
from domain.letters.template_wording import Wording

CALLBACK_ID: Final = "templates.version"
BACK: Final = "templates.versions"


@dataclass(frozen=True)
class VersionText:
    """A version's words; `file_name` is of its own PDF, if it has one.

    Of an old version that file may be gone.
    """

    template_id: EmailTemplateId
    number: int
    wording: Wording
    file_name: str = ""
    is_file_gone: bool = False


def build(data: VersionText, t: Translator) -> View:
    """The name, both languages, the attachment, and the way back."""
    attached = wording.attachment(
        data.wording.attached, data.file_name, t, is_gone=data.is_file_gone
    )
    return modal(
        t("Version {number}", number=data.number),
        [
            header(on_one_line(data.wording.name, 100)),
            *reading_blocks.blocks(data.wording, t),
            paragraph(attached),
            buttons([button(BACK, t("All versions"))], "back"),
        ],
        close=t("Back"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(template=data.template_id),
    )
