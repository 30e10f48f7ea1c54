"""Where a move begins: likely pairs, and two boxes to choose any two cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, ExternalDataSelectElement, Option
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, header, modal, paragraph, plain, small_print
from bot.locale import Translator, msgid
from bot.moves.wording import PAIR_REASONS
from bot.text import on_one_line
from domain.logins.pair_finding import CardLine, PairPage
from domain.record_cards.model import RecordCard, RecordCardId
from domain.record_cards.pairs import Pair

CALLBACK_ID: Final = "moves.start"
SEARCH_OLD: Final = "moves.search_old"
SEARCH_NEW: Final = "moves.search_new"
COMPARE_CHOSEN: Final = "moves.compare_chosen"
OPEN_PAIR: Final = "moves.open_pair"
TURN: Final = "moves.turn_pairs"
TURN_BACK: Final = "moves.turn_pairs_back"
SHOW_RECENT: Final = "moves.show_recent"
CARDS_BLOCK: Final = "cards"
PAGE: Final = 5
OFFERED: Final = 20
_CLOSED: Final = msgid("closed: data moved to another card")


@dataclass(frozen=True)
class Start:
    """The likely pairs; `page` is what was found of them."""

    page: PairPage


def build(data: Start, t: Translator) -> View:
    """What it is for, the two boxes, and the pairs a page at a time."""
    intro = t(
        "For somebody with two record cards, such as a former freelancer: login and "
        "data of the old card go to the new one, and the old card is closed."
    )
    return modal(
        t("Move data"),
        [
            paragraph(intro),
            _boxes(t),
            buttons(
                [
                    button(COMPARE_CHOSEN, t("Set side by side")),
                    button(SHOW_RECENT, t("Moved in the last 30 days")),
                ],
                "chosen",
            ),
            header(t("Likely the same person")),
            *_pairs(data.page, t),
        ],
        close=t("Close"),
        callback_id=CALLBACK_ID,
    )


def options(cards: Sequence[RecordCard], t: Translator) -> list[Option]:
    """What the boxes offer."""
    return [
        Option(
            value=str(card.id),
            text=plain(
                f"{on_one_line(card.full_name, 50)} · {on_one_line(card.number, 15)}"
            ),
            description=plain(t(_CLOSED)) if card.moved_to_card_id else None,
        )
        for card in cards
    ]


def chosen(body: payload.Body) -> tuple[RecordCardId, RecordCardId] | None:
    """The old and the new card that were chosen, or None while one of them is not."""
    boxes = payload.values(body).get(CARDS_BLOCK, {})
    found = [
        payload.mapping(payload.mapping(boxes.get(box)).get("selected_option"))
        for box in (SEARCH_OLD, SEARCH_NEW)
    ]
    if not all(found):
        return None
    old, new = (payload.whole_number(option.get("value")) for option in found)
    return RecordCardId(old), RecordCardId(new)


def pair_value(old_id: int, new_id: int) -> str:
    """Two cards in the value of a button."""
    return f"{old_id} {new_id}"


def parse_pair(value: str) -> tuple[RecordCardId, RecordCardId]:
    """The old and the new card of a button. Raises NotFoundError for no such text."""
    old, _, new = value.partition(" ")
    return (
        RecordCardId(payload.whole_number(old)),
        RecordCardId(payload.whole_number(new)),
    )


def _boxes(t: Translator) -> Block:
    return buttons(
        [
            ExternalDataSelectElement(
                action_id=action_id, placeholder=plain(words), min_query_length=2
            )
            for action_id, words in (
                (SEARCH_OLD, t("Search for the old card")),
                (SEARCH_NEW, t("Search for the new card")),
            )
        ],
        CARDS_BLOCK,
    )


def _pairs(page: PairPage, t: Translator) -> list[Block]:
    if not page.pairs:
        return [paragraph(t("No two record cards look like one person's."))]
    lines = [_line(pair, page.cards, t) for pair in page.pairs]
    return [*lines, *_paging(page, t)]


def _line(pair: Pair, cards: Mapping[int, CardLine], t: Translator) -> Block:
    old, new = cards[pair.old.card_id], cards[pair.new.card_id]
    why = ", ".join(t(PAIR_REASONS[reason]) for reason in pair.reasons)
    lines = [
        _names(old.name, new.name),
        t("Old card: {card}", card=_where(old)),
        t("New card: {card}", card=_where(new)),
        t("Because: {why}", why=why),
    ]
    compare = button(
        OPEN_PAIR,
        t("Compare"),
        value=pair_value(pair.old.card_id, pair.new.card_id),
        label=t("Compare the cards of {name}", name=on_one_line(new.name, 40)),
    )
    return paragraph("\n".join(lines), accessory=compare)


def _names(old: str, new: str) -> str:
    """Both names where they differ: it may be two people."""
    return " / ".join(dict.fromkeys([on_one_line(old), on_one_line(new)]))


def _where(card: CardLine) -> str:
    return f"{on_one_line(card.number)} · {on_one_line(card.branch_name)}"


def _paging(page: PairPage, t: Translator) -> list[Block]:
    turns = []
    if page.start:
        back = str(max(page.start - PAGE, 0))
        turns.append(button(TURN_BACK, t("Previous"), value=back))
    if page.start + PAGE < page.count:
        turns.append(button(TURN, t("Next"), value=str(page.start + PAGE)))
    found = t.plural("One pair was found.", "{count} pairs were found.", page.count)
    return [small_print(found), *([buttons(turns, "pages")] if turns else [])]
