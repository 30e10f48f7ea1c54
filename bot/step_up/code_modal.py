"""The modal that asks an administrator for a code.

What is typed travels in the view's state, and nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, modal, paragraph, plain
from bot.locale import Translator
from domain.sign_in.step_up_mail import Mailed, MailedKind
from domain.step_ups import CodeWay

GIVE: Final = "step_up.give_code"
CONFIRM_MAIL: Final = "step_up.confirm_mail"
SEND_AGAIN: Final = "step_up.send_again"
BLOCK_ID: Final = "code"
ACTION_ID: Final = "step_up.code"
# Room for blanks between digits.
_LENGTH: Final = 20


@dataclass(frozen=True)
class Asking:
    """From where the code comes; `address` as `j•••@example.nl`.

    `mailed` says what became of another letter that was asked for at `at`. With
    `sets_up` the code proves an address from which codes come from now on.
    """

    way: CodeWay
    address: str | None = None
    mailed: Mailed | None = None
    at: datetime | None = None
    sets_up: bool = False


def build(data: Asking, t: Translator) -> View:
    """What is asked and why, the entry, and another letter."""
    return modal(
        title(t),
        [
            *([] if data.sets_up else [paragraph(_why(t))]),
            paragraph(_whence(data, t)),
            entry(t),
            *(_again(t) if data.way is CodeWay.MAIL else []),
        ],
        close=t("Cancel"),
        submit=t("Confirm"),
        callback_id=CONFIRM_MAIL if data.sets_up else GIVE,
    )


def title(t: Translator) -> str:
    """Of the modal and of what answers it."""
    return t("Confirm with a code")


def entry(t: Translator) -> Block:
    """Where the code is typed."""
    return InputBlock(
        block_id=BLOCK_ID,
        label=plain(t("Code")),
        element=PlainTextInputElement(
            action_id=ACTION_ID, max_length=_LENGTH, focus_on_load=True
        ),
    )


def parse(body: payload.Body) -> str:
    """The code as it was typed."""
    given = payload.mapping(payload.values(body).get(BLOCK_ID))
    typed = payload.mapping(given.get(ACTION_ID)).get("value")
    return typed if isinstance(typed, str) else ""


def is_setting_up(body: payload.Body) -> bool:
    """Whether the modal proves an address."""
    return bool(payload.view(body).get("callback_id") == CONFIRM_MAIL)


def _why(t: Translator) -> str:
    return t(
        "Before access is handed out or changed, a code shows that it is you. It is "
        "good for 15 minutes."
    )


def _whence(data: Asking, t: Translator) -> str:
    if data.way is CodeWay.APP:
        return t("Type the six digits that your authenticator app shows now.")
    mailed, address = data.mailed, data.address or ""
    if mailed is None or mailed.kind is MailedKind.WAITING:
        return t(
            "A code of six digits goes to {address}. It works for ten minutes.",
            address=address,
        )
    at = data.at or mailed.until
    if mailed.kind is MailedKind.TOO_MANY:
        return _too_many(mailed, at, t)
    return t(
        "A new code went to {address} at {time}. Earlier codes no longer work.",
        address=address,
        time=t.time(at) if at else "",
    )


def _too_many(mailed: Mailed, at: datetime | None, t: Translator) -> str:
    next_at = at + mailed.retry_after if at and mailed.retry_after else None
    said = t(
        "Three codes went out in a short time; from {time} on there can be another.",
        time=t.time(next_at) if next_at else "",
    )
    if mailed.until is None:
        return said
    last = t("The last one works until {time}.", time=t.time(mailed.until))
    return f"{said} {last}"


def _again(t: Translator) -> list[Block]:
    return [buttons([button(SEND_AGAIN, t("Send again"))], "again")]
