"""The number that one types before an act touches more than a few people."""

from typing import Final

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement

from bot import payload
from bot.blocks import paragraph, plain
from bot.locale import Translator
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


def entry(count: int, t: Translator) -> list[Block]:
    """The entry for the number; none for a few people."""
    if count <= PEOPLE_WITHOUT_ASKING:
        return []
    label = t("This concerns {count} people. Type {count} to go on.", count=count)
    field = PlainTextInputElement(action_id=ACTION_ID, max_length=20)
    return [InputBlock(block_id=BLOCK_ID, label=plain(label), element=field)]


def number_changed(t: Translator) -> list[Block]:
    """That the number is not the one that was just agreed to."""
    return [paragraph(t("The number has changed meanwhile. Please look once more."))]


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
