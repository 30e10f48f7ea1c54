"""The modal that asks somebody we don't know in Slack for the personnel number."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import modal, paragraph, plain, small_print
from bot.locale import Translator
from bot.text import on_one_line
from domain.errors import DomainError
from domain.plain_text import clean
from domain.record_cards.fields import NUMBER_LENGTH

CALLBACK_ID: Final = "help.ask"
BLOCK_ID: Final = "number"
ACTION_ID: Final = "help.number"
# Room for blanks around a number, and for the marks around one from right to left.
_LENGTH: Final = 2 * NUMBER_LENGTH


class NumberMissingError(DomainError):
    """Only blanks were typed."""

    code = "number_missing"
    concerns = BLOCK_ID


@dataclass(frozen=True)
class AskingNumber:
    """`proposed` is a number that may be this person's; it decides nothing."""

    proposed: str | None = None


def build(data: AskingNumber, t: Translator) -> View:
    """The entry, and what will happen."""
    return modal(
        t("New password"),
        [
            paragraph(
                t(
                    "Type your employee number. An e-mail then goes to the address on "
                    "your record card and says how to go on."
                )
            ),
            _entry(data.proposed, t),
            small_print(
                t(
                    "Nothing that you can sign in with is ever sent in Slack. Once "
                    "you have chosen a password with the link from that e-mail, "
                    "Sleutelbos knows you here and does not ask this any more."
                )
            ),
        ],
        close=t("Cancel"),
        submit=t("Send e-mail"),
        callback_id=CALLBACK_ID,
    )


def parse(body: payload.Body) -> str:
    """The number as it was typed. Raises NumberMissingError for blanks alone."""
    entry = payload.mapping(payload.values(body).get(BLOCK_ID))
    typed = payload.mapping(entry.get(ACTION_ID)).get("value")
    number = clean(typed) if isinstance(typed, str) else ""
    if not number:
        raise NumberMissingError
    return number


def _entry(proposed: str | None, t: Translator) -> Block:
    found = t("Found by your e-mail address in Slack. Not yours? Then type your own.")
    return InputBlock(
        block_id=BLOCK_ID,
        label=plain(t("Employee number")),
        hint=plain(found) if proposed else None,
        element=PlainTextInputElement(
            action_id=ACTION_ID,
            max_length=_LENGTH,
            initial_value=on_one_line(proposed, NUMBER_LENGTH) if proposed else None,
            focus_on_load=True,
        ),
    )
