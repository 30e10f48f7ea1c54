"""An answer in a direct message: a sentence, and the button that gets one further."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import ButtonElement

from bot.blocks import button, buttons, paragraph
from bot.locale import Translator
from bot.message import Message
from bot.text import escaped

NEW_PASSWORD: Final = "help.new_password"  # noqa: S105 (an action id)
OTHER_NUMBER: Final = "help.other_number"
BLOCK_ID: Final = "help"


@dataclass(frozen=True)
class Reply:
    """What is said, and which buttons stand under it."""

    text: str
    has_new_password: bool = True
    has_other_number: bool = False


def build(data: Reply, t: Translator) -> Message:
    """The answer with its buttons."""
    offered = []
    if data.has_new_password:
        offered.append(new_password(t))
    if data.has_other_number:
        offered.append(other_number(t))
    pressable = [buttons(offered, BLOCK_ID)] if offered else []
    return Message([paragraph(data.text), *pressable], escaped(data.text))


def new_password(t: Translator) -> ButtonElement:
    """*Nieuw wachtwoord*, the same wherever it stands."""
    return button(NEW_PASSWORD, t("New password"), style="primary")


def other_number(t: Translator) -> ButtonElement:
    """For somebody who has another record card since."""
    return button(OTHER_NUMBER, t("Another employee number"))
