"""What an e-mail of the chosen template looks like, on top of the dry run."""

from dataclasses import dataclass

from slack_sdk.models.views import View

from bot.blocks import modal, paragraph
from bot.locale import Translator
from bot.templates import preview, wording
from domain.letters.model import Attached
from domain.letters.template_wording import HandsOver
from domain.logins.template_preview import PreviewedLetter


@dataclass(frozen=True)
class Example:
    """The letter to one of the people whom the mailing is for, and what goes along."""

    letter: PreviewedLetter
    hands_over: HandsOver
    attached: Attached
    file_name: str = ""


def build(data: Example, t: Translator) -> View:
    """The letter in both languages; nothing to press."""
    return modal(
        t("Preview"),
        [
            *preview.letter(data.letter, data.hands_over, t),
            paragraph(wording.attachment(data.attached, data.file_name, t)),
        ],
        close=t("Back"),
    )
