"""A letter as a colleague would get it: *Voorbeeld*."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import (
    button,
    buttons,
    header,
    marked_paragraph,
    modal,
    paragraph,
    small_print,
)
from bot.locale import Translator, msgid
from bot.templates import wording
from bot.text import escaped, in_parts, on_one_line
from domain.letters.model import Attached, EmailTemplateId
from domain.letters.template_wording import HandsOver
from domain.letters.translator import Language
from domain.logins.model import LoginId
from domain.logins.template_preview import PreviewedLetter

CALLBACK_ID: Final = "templates.preview"
SEND_TEST: Final = "templates.send_test"
LANGUAGES: Final[Mapping[Language, str]] = {
    "nl": msgid("Dutch"),
    "en": msgid("English"),
}
_MADE_UP: Final = {
    HandsOver.LINK: msgid(
        "The link is made up and leads nowhere. Each employee gets a link of their "
        "own, which works once."
    ),
    HandsOver.PASSWORD: msgid(
        "The password is made up and opens nothing. Each employee gets one of their "
        "own."
    ),
}


@dataclass(frozen=True)
class Tested:
    """What a test is sent of: a version as it is saved, as this login would get it."""

    template_id: EmailTemplateId
    number: int
    login_id: LoginId


@dataclass(frozen=True)
class Preview:
    """A letter to look at; without `tested` it is of words that are not saved.

    `news` says what became of a test, `problem` why there was none.
    """

    letter: PreviewedLetter
    hands_over: HandsOver
    attached: Attached
    file_name: str = ""
    tested: Tested | None = None
    news: str = ""
    problem: str = ""


def build(data: Preview, t: Translator) -> View:
    """To whom, both languages, what goes along, and *Stuur test naar mijzelf*."""
    tested = data.tested
    return modal(
        t("Preview"),
        [
            *([paragraph(data.news)] if data.news else []),
            *([marked_paragraph(f"*{escaped(data.problem)}*")] if data.problem else []),
            *letter(data.letter, data.hands_over, t),
            paragraph(wording.attachment(data.attached, data.file_name, t)),
            _test(data, t),
        ],
        close=t("Back"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(
            template=tested.template_id, number=tested.number, login=tested.login_id
        )
        if tested
        else "",
    )


def parse(body: payload.Body) -> Tested:
    """What a test is asked of. Raises NotFoundError for another view."""
    ids = payload.remembered(body)
    return Tested(
        EmailTemplateId(payload.whole_number(ids.get("template"))),
        payload.whole_number(ids.get("number")),
        LoginId(payload.whole_number(ids.get("login"))),
    )


def letter(shown: PreviewedLetter, hands_over: HandsOver, t: Translator) -> list[Block]:
    """As whom it is shown, what is made up in it, and both languages."""
    name = on_one_line(shown.to_name, 100)
    return [
        paragraph(t("As {name} would get it.", name=name)),
        small_print(t(_MADE_UP[hands_over])),
        *_languages(shown, t),
    ]


def _languages(shown: PreviewedLetter, t: Translator) -> list[Block]:
    blocks: list[Block] = []
    for language, name in LANGUAGES.items():
        words = shown.words.get(language)
        blocks.append(header(t(name)))
        if words is None:
            blocks.append(small_print(t("There is no text in this language.")))
            continue
        said = t("Subject: {subject}", subject=on_one_line(words.subject, 300))
        blocks += [paragraph(said), *map(paragraph, in_parts(words.text))]
    return blocks


def _test(data: Preview, t: Translator) -> Block:
    if data.tested is None:
        return small_print(
            t("To send yourself a test, save first, and then open the preview again.")
        )
    return buttons([button(SEND_TEST, t("Send a test to myself"))], "test")
