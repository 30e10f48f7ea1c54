"""A built-in template: to read, to preview, to copy; never to change."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, header, modal, paragraph
from bot.locale import Translator
from bot.templates import editor, reading_blocks, sample, wording
from bot.text import on_one_line
from domain.letters.email_templates import Template
from domain.letters.template_wording import HandsOver

CALLBACK_ID: Final = "templates.built_in"


@dataclass(frozen=True)
class BuiltInTemplate:
    """A template that came along; `page` is of the list below."""

    template: Template
    page: int = 0


def build(data: BuiltInTemplate, t: Translator) -> View:
    """Both languages as they are, and how to have a text of one's own."""
    template = data.template
    warns = template.hands_over is HandsOver.PASSWORD
    return modal(
        t("Email template"),
        [
            header(on_one_line(template.wording.name, 100)),
            paragraph(
                t(
                    "This template is built in and stays as it is. For words of your "
                    "own, copy it and change the copy."
                ),
                accessory=button(editor.COPY, t("Copy")),
            ),
            *([paragraph(wording.link_is_safer(t))] if warns else []),
            *reading_blocks.blocks(template.wording, t),
            paragraph(wording.attachment(template.wording.attached, "", t)),
            *sample.blocks(t),
        ],
        close=t("Back"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(
            template=template.template_id, number=template.number, page=data.page
        ),
    )
