"""The key of an authenticator app, shown for typing it over.

The modal has no elements and asks for no word when it closes: payloads send the
whole view back, and what it says must not travel again.
"""

from typing import Final

from slack_sdk.models.views import View

from bot.blocks import header, modal, paragraph, small_print
from bot.locale import Translator
from domain.secret import Secret
from domain.sign_in.step_up_ways import ShownApp

_GROUP: Final = 4


def build(data: ShownApp, t: Translator) -> View:
    """The key in groups, the same as an address, and what to do with it."""
    return modal(
        title(t),
        [
            paragraph(
                t(
                    "In your authenticator app choose “enter a setup key”, based on "
                    "time, and type this key. Blanks do not matter."
                )
            ),
            header(grouped(data.seed)),
            paragraph(t("Some apps take this address instead:")),
            paragraph(data.uri.reveal()),
            small_print(
                t(
                    "Then close this window and type the code that the app shows. "
                    "Who has the key has your codes: keep it nowhere else."
                )
            ),
        ],
        close=t("Close"),
    )


def title(t: Translator) -> str:
    """Of the modal, and of the one that asks to wait."""
    return t("Key for your app")


def grouped(seed: Secret) -> str:
    """The key as people type it over: four characters at a time."""
    text = seed.reveal()
    return " ".join(
        text[begin : begin + _GROUP] for begin in range(0, len(text), _GROUP)
    )
