"""A dry run as one sees it, and the number to type before it touches many people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    ConfirmObject,
    InputBlock,
    PlainTextInputElement,
    TextObject,
)
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import header, modal, paragraph, plain
from bot.locale import Translator
from bot.text import on_one_line
from domain.errors import DomainError

PEOPLE_WITHOUT_ASKING: Final = 25
BLOCK_ID: Final = "count"
ACTION_ID: Final = "count.typed"


class WrongNumberError(DomainError):
    """The typed number is not the number of people; `count` is."""

    code = "wrong_number"
    concerns = BLOCK_ID


class NothingToDoError(DomainError):
    """There is nobody left for whom the act would do something."""

    code = "nothing_to_do"


@dataclass(frozen=True)
class DryRunFrame:
    """What every dry run has: a title, where, on how many people, the button to go on.

    `count_changed` says that the number is another than the one just agreed to.
    """

    title: str
    branch_name: str
    count: int
    submit: str
    count_changed: bool = False


def are_you_sure(
    title: str,
    text: str | TextObject,
    confirm: str,
    t: Translator,
    *,
    danger: bool = False,
) -> ConfirmObject:
    """What Slack asks before a press counts; `danger` paints it red."""
    return ConfirmObject(
        title=plain(title),
        text=plain(text) if isinstance(text, str) else text,
        confirm=plain(confirm),
        deny=plain(t("Cancel")),
        style="danger" if danger else None,
    )


def dry_run(
    frame: DryRunFrame,
    blocks: Sequence[Block],
    t: Translator,
    *,
    callback_id: str,
    ids: str,
) -> View:
    """The view; `blocks` say what would happen. With nobody it can only be closed."""
    changed = t("The number has changed meanwhile. Please look once more.")
    return modal(
        frame.title,
        [
            header(on_one_line(frame.branch_name, limit=100)),
            *([paragraph(changed)] if frame.count_changed else []),
            *blocks,
            *_entry(frame.count, t),
        ],
        close=t("Cancel") if frame.count else t("Close"),
        submit=frame.submit if frame.count else None,
        callback_id=callback_id,
        ids=ids,
    )


def _entry(count: int, t: Translator) -> list[Block]:
    """The entry for the number; none for a few people."""
    if count <= PEOPLE_WITHOUT_ASKING:
        return []
    label = t("This concerns {count} people. Type {count} to go on.", count=count)
    field = PlainTextInputElement(action_id=ACTION_ID, max_length=20)
    return [InputBlock(block_id=BLOCK_ID, label=plain(label), element=field)]


def check(body: payload.Body, count: int) -> None:
    """Whether the submitted modal may act on `count` people.

    Raises WrongNumberError when the typed number is another, NothingToDoError
    when there is nobody.
    """
    if count == 0:
        raise NothingToDoError
    if count <= PEOPLE_WITHOUT_ASKING:
        return
    typed = payload.values(body).get(BLOCK_ID, {}).get(ACTION_ID, {}).get("value")
    digits = "".join(character for character in typed or "" if character.isdigit())
    if digits != str(count):
        raise WrongNumberError(count=count)
