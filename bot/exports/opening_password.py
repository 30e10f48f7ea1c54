"""The password that opens a workbook, shown to who asked for the workbook.

The modal has no elements and asks for no word when it closes: payloads send the
whole view back, and what it says must not travel again.
"""

from slack_sdk.models.views import View

from bot.blocks import header, modal, paragraph, small_print
from bot.locale import Translator
from domain.secret import Secret


def build(
    file_name: str, password: Secret, t: Translator, letters_name: str | None = None
) -> View:
    """The password, and how to use it; `letters_name` is the file of ready letters."""
    files = [file_name, *([letters_name] if letters_name else [])]
    printing = t(
        "The letters open in Word with the same password; print them from there."
    )
    return modal(
        t("Opening password"),
        [
            paragraph(t("This opens {file}:", file=", ".join(files))),
            header(password.reveal()),
            paragraph(
                t(
                    "Download the file, open it in Excel and type this password, "
                    "hyphens included. For a mail merge leave it open there while "
                    "Word works."
                )
            ),
            *([paragraph(printing)] if letters_name else []),
            small_print(
                t(
                    "Each time this is shown is kept in the audit log. Do not put it "
                    "into a message."
                )
            ),
        ],
        close=t("Close"),
    )
