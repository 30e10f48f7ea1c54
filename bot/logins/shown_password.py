"""A new initial password, shown once for handing over in person.

The modal has no elements and asks for no word when it closes: payloads send the
whole view back, and what it says must not travel again.
"""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.views import View

from bot.blocks import header, modal, paragraph, small_print
from bot.locale import Translator
from bot.text import on_one_line
from domain.errors import DomainError
from domain.secret import Secret


class ShownPasswordVoidError(DomainError):
    """The password on the screen could not be saved; `reference` is in the log."""

    code = "shown_password_void"


@dataclass(frozen=True)
class ShownPassword:
    """Whose password it is, and until when it works."""

    name: str
    user_name: str
    password: Secret
    expires_at: datetime
    is_active: bool


def build(data: ShownPassword, t: Translator) -> View:
    """The password, its term, and what to do with it."""
    until = t.instant(data.expires_at)
    inactive = t(
        "This login is not active: the password works once you have ticked Active."
    )
    return modal(
        t("New password"),
        [
            paragraph(t("New password of {name}:", name=on_one_line(data.name))),
            header(data.password.reveal()),
            paragraph(
                t("User name: {name}", name=on_one_line(data.user_name, limit=254))
            ),
            paragraph(
                t(
                    "Shown only this once, and valid until {instant}. At the first "
                    "sign-in the employee chooses a password of their own.",
                    instant=until,
                )
            ),
            *([] if data.is_active else [paragraph(inactive)]),
            small_print(t("Hand it over in person; do not put it into a message.")),
        ],
        close=t("Close"),
    )
