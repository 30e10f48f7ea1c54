"""Words for what a template hands over, carries along, and consists of."""

from collections.abc import Mapping
from typing import Final

from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.letters.model import Attached
from domain.letters.template_wording import HandsOver

HANDS_OVER: Final[Mapping[HandsOver, str]] = {
    HandsOver.LINK: msgid("with a one-time link"),
    HandsOver.PASSWORD: msgid("with an initial password"),
}
FIELDS: Final[Mapping[str, str]] = {
    "name": msgid("Name"),
    "subject_nl": msgid("Subject (Dutch)"),
    "body_nl": msgid("Text (Dutch)"),
    "subject_en": msgid("Subject (English)"),
    "body_en": msgid("Text (English)"),
    "attached": msgid("Attachment"),
    "attachment_id": msgid("Attachment"),
}


def fields(names: tuple[str, ...], t: Translator) -> str:
    """Names of fields as the editor has them, each once."""
    return ", ".join(dict.fromkeys(t(FIELDS[name]) for name in names))


def attachment(
    attached: Attached, file_name: str, t: Translator, *, is_gone: bool = False
) -> str:
    """What goes along with the letter; went, if the file is not kept any more."""
    if attached is Attached.GUIDE:
        return t("Attachment: the guide for employees")
    if attached is Attached.FILE and is_gone:
        return t(
            "Attachment: {file} (the file is not kept any more)",
            file=on_one_line(file_name),
        )
    if attached is Attached.FILE:
        return t("Attachment: {file}", file=on_one_line(file_name))
    return t("No attachment")


def link_is_safer(t: Translator) -> str:
    """What speaks against a password in a letter."""
    return t(
        "Note: this template sends a password by e-mail. A one-time link is safer: it "
        "works once, and nobody who reads the mailbox later gets in with it."
    )
