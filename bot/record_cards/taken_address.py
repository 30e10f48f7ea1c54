"""An address that another login has as its user name: the two ways out."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.views import View

from bot.blocks import button, buttons, modal, paragraph, small_print
from bot.branches import menu
from bot.locale import Translator
from bot.moves.start import pair_value
from bot.text import on_one_line
from domain.record_cards.model import RecordCardId

CALLBACK_ID: Final = "record_cards.taken_address"


@dataclass(frozen=True)
class TakenAddress:
    """The card that was to get it, and who has it, as far as within reach."""

    card_id: RecordCardId
    holder_id: RecordCardId | None = None
    holder_name: str = ""
    holder_number: str = ""


def build(data: TakenAddress, t: Translator) -> View:
    """On top of the form, in which everything still stands as it was typed."""
    if data.holder_id is None:
        who = t("Somebody of another branch has a login with this e-mail address.")
        return modal(
            t("Address in use"),
            [paragraph(who), paragraph(_another(t)), small_print(_nothing(t))],
            close=t("Another address"),
            callback_id=CALLBACK_ID,
        )
    who = t(
        "{name} ({number}) has a login with this e-mail address.",
        name=on_one_line(data.holder_name),
        number=on_one_line(data.holder_number),
    )
    move = button(
        menu.MOVES,
        t("Move data"),
        value=pair_value(data.holder_id, data.card_id),
        label=t("Move employee data"),
    )
    same = t(
        "Is it the same person, with a new record card? Then move the data of the old "
        "card; the login goes along."
    )
    return modal(
        t("Address in use"),
        [
            paragraph(who),
            paragraph(_another(t)),
            paragraph(same),
            buttons([move], "ways_out"),
            small_print(_nothing(t)),
        ],
        close=t("Another address"),
        callback_id=CALLBACK_ID,
    )


def _another(t: Translator) -> str:
    return t(
        "Are they two people, or shall both cards stay? Then each needs an address of "
        "its own: close this and fill in another one."
    )


def _nothing(t: Translator) -> str:
    return t("Nothing was saved yet.")
