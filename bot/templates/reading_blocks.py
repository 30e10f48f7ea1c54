"""Subject and text of a template as they were written, in both languages."""

from slack_sdk.models.blocks import Block

from bot.blocks import header, paragraph, small_print
from bot.locale import Translator
from bot.text import in_parts, on_one_line
from domain.letters.template_wording import Wording


def blocks(wording: Wording, t: Translator) -> list[Block]:
    """Each language under its heading; one that is left out says so."""
    return [
        *_language(t("Dutch"), wording.subject_nl, wording.body_nl, t),
        *_language(t("English"), wording.subject_en, wording.body_en, t),
    ]


def _language(name: str, subject: str, body: str, t: Translator) -> list[Block]:
    if not subject and not body:
        return [header(name), small_print(t("There is no text in this language."))]
    said = t("Subject: {subject}", subject=on_one_line(subject, 300))
    return [header(name), paragraph(said), *map(paragraph, in_parts(body))]
