"""A card whose data went to another one: read only, and where to."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.views import View

from bot.blocks import button, header, modal, paragraph
from bot.locale import Translator
from bot.text import on_one_line
from domain.record_cards.model import RecordCardId

OPEN_OTHER: Final = "record_cards.open_other"


@dataclass(frozen=True)
class ClosedCard:
    """The card, and the one that has its data, if that is within reach."""

    name: str
    number: str
    other_id: RecordCardId | None
    other_number: str


def build(data: ClosedCard, t: Translator) -> View:
    """Where the data is now, with a button to it."""
    if data.other_id is None:
        went = t("This card is closed: its data went to a card of another branch.")
        where = paragraph(went)
    else:
        went = t(
            "This card is closed: its data went to record card {number}.",
            number=on_one_line(data.other_number),
        )
        opens = button(
            OPEN_OTHER, t("Open"), value=str(data.other_id), label=t("Open record card")
        )
        where = paragraph(went, accessory=opens)
    number = t("Employee number: {number}", number=on_one_line(data.number))
    return modal(
        t("Record card"),
        [header(on_one_line(data.name, limit=100)), paragraph(number), where],
        close=t("Back"),
    )
