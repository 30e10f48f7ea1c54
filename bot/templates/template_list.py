"""The list *Emailtemplates*: the built-in ones, the company's, then per branch."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import paging, payload
from bot.blocks import (
    button,
    header,
    modal,
    paragraph,
)
from bot.locale import Translator
from bot.templates import wording
from bot.text import on_one_line
from bot.word_templates import template_list as word_templates
from domain.letters.email_templates import TemplateLine

CALLBACK_ID: Final = "templates.list"
NEW: Final = "templates.new"
OPEN: Final = "templates.open"
TURN_PAGE: Final = "templates.turn_page"
TURN_BACK: Final = "templates.turn_back"
PAGE: Final = 15


@dataclass(frozen=True)
class TemplateList:
    """All templates in their order, and which page of them is shown, from 0.

    `news` says what was just done.
    """

    lines: Sequence[TemplateLine]
    page: int = 0
    news: str = ""


def build(data: TemplateList, t: Translator) -> View:
    """What templates are for, *Nieuw*, and the templates of this page."""
    page = paging.page_of(data.lines, data.page, size=PAGE)
    return modal(
        t("Email templates"),
        [
            *([paragraph(data.news)] if data.news else []),
            paragraph(
                t(
                    "What employees read in the e-mail that brings them a link or an "
                    "initial password."
                ),
                accessory=button(
                    NEW, t("New"), label=t("New email template"), style="primary"
                ),
            ),
            *_groups(page.lines, t),
            *paging.turning(page, TURN_BACK, TURN_PAGE, t),
            _word_templates(t),
        ],
        close=t("Close"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(page=page.number),
    )


def page_of(body: payload.Body) -> int:
    """The page of the list that a view carries. Raises NotFoundError."""
    return payload.whole_number(payload.remembered(body).get("page") or 0)


def _groups(lines: Sequence[TemplateLine], t: Translator) -> list[Block]:
    blocks: list[Block] = []
    for heading, members in groupby(lines, lambda line: _heading(line, t)):
        blocks.append(header(heading))
        blocks += [_line(line, t) for line in members]
    return blocks


def _heading(line: TemplateLine, t: Translator) -> str:
    if line.built_in:
        return t("Built in")
    if line.branch_id is None:
        return t("For all branches")
    return t("For {branch}", branch=on_one_line(line.branch_name or "", 100))


def _line(line: TemplateLine, t: Translator) -> Block:
    name, handed = on_one_line(line.name, 75), t(wording.HANDS_OVER[line.hands_over])
    changed = t("changed on {instant}", instant=t.instant(line.changed_at))
    about = handed if line.built_in else f"{handed} · {changed}"
    return paragraph(
        f"{name}\n{about}",
        accessory=button(
            OPEN,
            t("Open"),
            value=str(line.template_id),
            label=t("Open {name}", name=on_one_line(line.name)),
        ),
    )


def _word_templates(t: Translator) -> Block:
    return paragraph(
        t("Letters on paper are made from Word templates."),
        accessory=button(word_templates.OPEN, t("Word templates")),
    )
