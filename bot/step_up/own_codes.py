"""*Mijn codes*: how an administrator's own codes come, and other ways."""

from typing import Final

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.blocks import button, buttons, modal, paragraph, small_print
from bot.confirming import are_you_sure
from bot.locale import Translator
from bot.step_up import code_modal
from domain.sign_in.step_up_ways import OwnCodes
from domain.step_ups import CodeWay

OPEN: Final = "step_up.open_own"
SET_UP_MAIL: Final = "step_up.set_up_mail"
SET_UP_APP: Final = "step_up.set_up_app"
TURN_OFF: Final = "step_up.turn_off"
CONFIRM_APP: Final = "step_up.confirm_app"


def build(data: OwnCodes, t: Translator, news: str | None = None) -> View:
    """How they stand, what one can press, and the entry of an app's first code."""
    is_open = data.is_setting_up_app and not data.is_blocked
    return modal(
        title(t),
        [
            *([paragraph(news)] if news else []),
            paragraph(_stands(data, t)),
            *_hints(data, t),
            *(_first_code(t) if is_open else []),
            *([] if data.is_blocked else _buttons(data, t)),
        ],
        close=t("Close"),
        submit=t("Confirm") if is_open else None,
        callback_id=CONFIRM_APP,
    )


def title(t: Translator) -> str:
    """Of the modal and of what answers it."""
    return t("My codes")


def open_button(t: Translator) -> ButtonElement:
    """The button that opens it, for administrators."""
    return button(OPEN, t("My codes"))


def _stands(data: OwnCodes, t: Translator) -> str:
    if data.is_blocked:
        return t(
            "Five codes in a row were wrong, so no code is taken from you now. A "
            "manager can lift that under Administrators."
        )
    if data.way is None:
        return t(
            "Sleutelbos asks you no codes. With codes, nobody who gets at your Slack "
            "gets at passwords: a code is asked before they are shown, sent or "
            "exported, and is then good for 15 minutes."
        )
    if data.way is CodeWay.APP:
        return t("Your codes come from the authenticator app on your phone.")
    if data.address is None:
        return _no_address(t)
    return t("Your codes come by e-mail, to {address}.", address=data.address)


def _hints(data: OwnCodes, t: Translator) -> list[Block]:
    hints = []
    if data.is_required:
        hints.append(t("A manager requires codes of you, so they can't be turned off."))
    if data.way is None and data.address is None:
        hints.append(_no_address(t))
    if data.way is CodeWay.APP:
        hints.append(t("Lost your phone? A manager can have your codes come by mail."))
    return [small_print(text) for text in hints]


def _no_address(t: Translator) -> str:
    return t(
        "No address for your codes is known. A manager fills it in under "
        "Administrators."
    )


def _first_code(t: Translator) -> list[Block]:
    words = t(
        "Does your app know the key? Then type the six digits that it shows now. "
        "Until then nothing changes."
    )
    return [paragraph(words), code_modal.entry(t)]


def _buttons(data: OwnCodes, t: Translator) -> list[Block]:
    pressable = []
    if data.way is not CodeWay.MAIL and data.address is not None:
        pressable.append(button(SET_UP_MAIL, t("Codes by e-mail")))
    if data.way is not CodeWay.MAIL or data.address is not None:
        pressable.append(button(SET_UP_APP, _app(data, t)))
    if data.way is not None and not data.is_required:
        pressable.append(_turn_off(t))
    return [buttons(pressable, "ways")] if pressable else []


def _app(data: OwnCodes, t: Translator) -> str:
    if data.is_setting_up_app:
        return t("Show the key again")
    if data.way is CodeWay.APP:
        return t("Set up another app")
    return t("Codes from an app")


def _turn_off(t: Translator) -> ButtonElement:
    sure = are_you_sure(
        t("Turn codes off"),
        t("Who gets at your Slack then gets at passwords without a code."),
        t("Turn off"),
        t,
        danger=True,
    )
    return button(TURN_OFF, t("Turn codes off"), confirm=sure)
