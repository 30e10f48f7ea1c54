"""The list of Word templates: the built-in letters, and one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.blocks import button, header, marked, modal, paragraph, small_print
from bot.confirming import are_you_sure
from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.exports.columns import HEADINGS
from domain.exports.model import ReadyLetters
from domain.exports.word_templates import WordTemplateLine

CALLBACK_ID: Final = "word_templates.list"
OPEN: Final = "word_templates.open"
UPLOAD: Final = "word_templates.upload"
DOWNLOAD_NL: Final = "word_templates.download_nl"
DOWNLOAD_EN: Final = "word_templates.download_en"
REMOVE: Final = "word_templates.remove"
# A modal has 100 blocks at most.
_SHOWN: Final = 60
_BUILT_IN: Final = (
    (DOWNLOAD_NL, ReadyLetters.BUILT_IN_NL, msgid("The built-in letter, in Dutch")),
    (DOWNLOAD_EN, ReadyLetters.BUILT_IN_EN, msgid("The built-in letter, in English")),
)


@dataclass(frozen=True)
class WordTemplateList:
    """One's own templates, in their order; `news` says what was just done."""

    lines: Sequence[WordTemplateLine]
    news: str = ""


def build(data: WordTemplateList, t: Translator) -> View:
    """What they are for, the built-in ones to begin with, one's own to remove."""
    return modal(
        t("Word templates"),
        [
            *([paragraph(data.news)] if data.news else []),
            paragraph(
                t(
                    "Letters on paper, made with an export. Take the built-in letter, "
                    "or change it in Word and upload it here."
                ),
                accessory=button(
                    UPLOAD, t("Upload"), label=t("Upload a Word template")
                ),
            ),
            small_print(t("Merge fields: {fields}.", fields=", ".join(HEADINGS))),
            header(t("Built in")),
            *(_built_in(action_id, t(words), t) for action_id, _, words in _BUILT_IN),
            *_own(data.lines, t),
        ],
        close=t("Close"),
        callback_id=CALLBACK_ID,
    )


def _built_in(action_id: str, name: str, t: Translator) -> Block:
    label = t("Download {name}", name=name)
    return paragraph(name, accessory=button(action_id, t("Download"), label=label))


def _own(lines: Sequence[WordTemplateLine], t: Translator) -> list[Block]:
    blocks: list[Block] = []
    for whose, members in groupby(lines[:_SHOWN], lambda line: _whose(line, t)):
        blocks.append(header(whose))
        blocks += [_line(line, t) for line in members]
    if len(lines) > _SHOWN:
        more = t("There are more; remove some that nobody uses to see them.")
        blocks.append(small_print(more))
    return blocks[:90]


def _whose(line: WordTemplateLine, t: Translator) -> str:
    if line.branch_id is None:
        return t("For all branches")
    return t("For {branch}", branch=on_one_line(line.branch_name or "", 100))


def _line(line: WordTemplateLine, t: Translator) -> Block:
    name = on_one_line(line.name, 75)
    added = t("added on {instant}", instant=t.instant(line.uploaded_at))
    sure = are_you_sure(
        t("Remove the template?"),
        marked(
            t.marked(
                "{name} can't be chosen any more. Letters that are being made now are "
                "still made with it.",
                name=name,
            )
        ),
        t("Remove"),
        t,
        danger=True,
    )
    return paragraph(
        f"{name}\n{added}",
        accessory=button(
            REMOVE,
            t("Remove"),
            value=str(line.template_id),
            label=t("Remove {name}", name=on_one_line(line.name, 60)),
            confirm=sure,
        ),
    )
