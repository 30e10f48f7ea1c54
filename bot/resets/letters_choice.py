"""Whether an export makes letters too, and from which Word template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    Option,
    StaticSelectElement,
)

from bot import payload
from bot.blocks import buttons, paragraph, plain, small_print
from bot.locale import Translator, msgid
from bot.resets import whom
from bot.text import on_one_line
from domain.errors import NotFoundError
from domain.exports.model import ReadyLetters
from domain.exports.word_templates import WordTemplateLine

TICK_BLOCK: Final = "letters"
TICK_LETTERS: Final = "resets.tick_letters"
TEMPLATE_BLOCK: Final = "word_template"
CHOOSE_TEMPLATE: Final = "resets.choose_word_template"
_TICKED: Final = "letters"
# Slack's limit for the options of a select, less the built-in ones.
_OFFERED: Final = 98
_BUILT_IN: Final = {
    ReadyLetters.BUILT_IN_NL: msgid("The built-in letter, in Dutch"),
    ReadyLetters.BUILT_IN_EN: msgid("The built-in letter, in English"),
}


@dataclass(frozen=True)
class LettersChoice:
    """The template, of one's OWN with its id; None makes no letters."""

    ready: ReadyLetters | None = None
    template_id: int | None = None

    @property
    def value(self) -> str | None:
        """For payloads, as in `built_in_nl` and `own 7`."""
        if self.ready is None:
            return None
        return f"{self.ready.value} {self.template_id or ''}".strip()


NO_LETTERS: Final = LettersChoice()


def of_value(value: Any) -> LettersChoice:
    """What a payload says. Raises NotFoundError for what is no choice."""
    if not value:
        return NO_LETTERS
    kind, _blank, number = str(value).partition(" ")
    try:
        ready = ReadyLetters(kind)
    except ValueError as error:
        raise NotFoundError(kind="view") from error
    is_own = ready is ReadyLetters.OWN
    return LettersChoice(ready, payload.whole_number(number) if is_own else None)


def chosen(body: payload.Body, t: Translator) -> LettersChoice:
    """What is ticked and chosen now, or else what the screen was built with."""
    shown = of_value(payload.remembered(body).get("letters"))
    ticked = whom.ticked_in(body, TICK_BLOCK, TICK_LETTERS)
    if ticked is not None and not ticked:
        return NO_LETTERS
    select = payload.values(body).get(TEMPLATE_BLOCK, {}).get(CHOOSE_TEMPLATE, {})
    value = payload.mapping(select.get("selected_option")).get("value")
    if value is not None:
        return of_value(value)
    if ticked and shown.ready is None:
        is_dutch = t.language == "nl"
        first = ReadyLetters.BUILT_IN_NL if is_dutch else ReadyLetters.BUILT_IN_EN
        return LettersChoice(first)
    return shown


def remembered(choice: LettersChoice) -> Mapping[str, str | None]:
    """For `private_metadata`."""
    return {"letters": choice.value}


def blocks(
    choice: LettersChoice, own: Sequence[WordTemplateLine], t: Translator
) -> list[Block]:
    """The tick, and the templates once it is set."""
    option = Option(value=_TICKED, text=plain(t("Also make letters")))
    tick = CheckboxesElement(
        action_id=TICK_LETTERS,
        options=[option],
        initial_options=[option] if choice.ready else None,
    )
    templates = _templates(choice, own, t) if choice.ready else []
    return [buttons([tick], TICK_BLOCK), *templates]


def _templates(
    choice: LettersChoice, own: Sequence[WordTemplateLine], t: Translator
) -> list[Block]:
    offered = {LettersChoice(ready): t(words) for ready, words in _BUILT_IN.items()} | {
        LettersChoice(ReadyLetters.OWN, line.template_id): on_one_line(line.name, 75)
        for line in own[:_OFFERED]
    }
    options = {
        each: Option(value=each.value or "", text=plain(name))
        for each, name in offered.items()
    }
    # One that was removed meanwhile is no longer shown.
    initial = options.get(choice) or next(iter(options.values()))
    select = StaticSelectElement(
        action_id=CHOOSE_TEMPLATE,
        placeholder=plain(t("Choose a template")),
        options=list(options.values()),
        initial_option=initial,
    )
    said = t(
        "A Word document with a page for each employee goes into the same channel; the "
        "password of the workbook opens it too."
    )
    return [
        paragraph(t("From which Word template?")),
        buttons([select], TEMPLATE_BLOCK),
        small_print(said),
    ]
