"""A modal without elements that says something: wait, done, not possible."""

from collections.abc import Sequence

from slack_sdk.models.views import View

from bot.blocks import modal, paragraph
from bot.locale import Translator


def build(title: str, sentences: Sequence[str], t: Translator) -> View:
    """What there is to say, and a button to close it."""
    return modal(title, [paragraph(text) for text in sentences], close=t("Close"))


def wait(title: str, t: Translator) -> View:
    """Shown at once, while the work is done."""
    return build(title, [t("One moment, please.")], t)
