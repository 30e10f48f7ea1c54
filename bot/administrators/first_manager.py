"""The modal in which a workspace owner becomes the first manager."""

from typing import Final

from slack_sdk.models.views import View

from bot.blocks import modal, paragraph
from bot.locale import Translator

CALLBACK_ID: Final = "administrators.begin"


def build(t: Translator) -> View:
    """Say what it means, and ask to confirm it."""
    return modal(
        t("First manager"),
        [
            paragraph(
                t(
                    "Nobody manages Sleutelbos yet. You own this workspace, so you "
                    "can become the first manager."
                )
            ),
            paragraph(
                t(
                    "A manager sees every branch, creates and resets employee logins, "
                    "and decides who else administers them. This is kept in the "
                    "audit log."
                )
            ),
        ],
        close=t("Cancel"),
        submit=t("Become manager"),
        callback_id=CALLBACK_ID,
    )
