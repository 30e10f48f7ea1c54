"""*Stamkaarten*: one box that finds a card by whatever somebody knows of it."""

from collections.abc import Sequence
from typing import Final

from slack_sdk.models.blocks import ExternalDataSelectElement, Option
from slack_sdk.models.views import View

from bot.blocks import button, buttons, modal, paragraph, plain, small_print
from bot.locale import Translator
from bot.text import on_one_line
from domain.record_cards.finding import FoundCard

CALLBACK_ID: Final = "record_cards.search"
SEARCH: Final = "record_cards.find"
NEW: Final = "record_cards.new"
OFFERED: Final = 20


def build(t: Translator, news: str = "") -> View:
    """The box, and a button for somebody new; `news` is what was not found."""
    box = ExternalDataSelectElement(
        action_id=SEARCH,
        placeholder=plain(t("Search for a record card")),
        min_query_length=2,
    )
    return modal(
        t("Record cards"),
        [
            *([paragraph(news)] if news else []),
            paragraph(
                t(
                    "Search by name, employee number, e-mail address or branch; a few "
                    "letters are enough."
                )
            ),
            buttons([box, button(NEW, t("New record card"))], "search"),
            small_print(
                t("Many people at once? Then import the staff list, under /staff.")
            ),
        ],
        close=t("Close"),
        callback_id=CALLBACK_ID,
    )


def options(found: Sequence[FoundCard], t: Translator) -> list[Option]:
    """What the box offers."""
    return [
        Option(
            value=str(card.record_card_id),
            text=plain(
                f"{on_one_line(card.name, 50)} · {on_one_line(card.number, 15)}"
            ),
            description=plain(_description(card, t)),
        )
        for card in found
    ]


def _description(card: FoundCard, t: Translator) -> str:
    branch = on_one_line(card.branch_name, 40)
    if card.is_closed:
        return " · ".join([branch, t("closed")])
    return " · ".join([branch, t("no longer employed")]) if card.has_left else branch
