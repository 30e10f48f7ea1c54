"""The moves of the last 30 days, each with *Ongedaan maken*."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, modal, paragraph
from bot.locale import Translator
from bot.text import on_one_line
from domain.logins.moves import MoveId
from domain.logins.recent_moves import RecentMove, RecentMoves

CALLBACK_ID: Final = "moves.recent"
OPEN_UNDO: Final = "moves.open_undo"
OLDER: Final = "moves.older"
NEWEST: Final = "moves.newest"
PAGE: Final = 10


@dataclass(frozen=True)
class Recent:
    """A page of moves; `is_newest` says that none are before it."""

    moves: RecentMoves
    is_newest: bool


def build(data: Recent, t: Translator) -> View:
    """Who, from which card to which, when; the newest first."""
    lines = [_line(move, t) for move in data.moves.moves]
    nothing = [paragraph(t("Nothing was moved in the last 30 days."))]
    return modal(
        t("Moved data"),
        [*(lines or nothing), *_paging(data, t)],
        close=t("Back"),
        callback_id=CALLBACK_ID,
    )


def parse(body: payload.Body) -> MoveId | None:
    """The move before which the page begins; None for the newest."""
    value = payload.action_value(body)
    return MoveId(payload.whole_number(value)) if value else None


def _line(move: RecentMove, t: Translator) -> Block:
    name = on_one_line(move.name)
    cards = t(
        "{name}: from {old} to {new}",
        name=name,
        old=on_one_line(move.old_number),
        new=on_one_line(move.new_number),
    )
    text = f"{cards}\n{t.instant(move.moved_at)}"
    if move.undone_at is not None:
        undone = t("undone on {instant}", instant=t.instant(move.undone_at))
        return paragraph(f"{text}\n{undone}")
    undo = button(
        OPEN_UNDO,
        t("Undo"),
        value=str(move.move_id),
        label=t("Undo the move of {name}", name=on_one_line(move.name, 40)),
    )
    return paragraph(text, accessory=undo)


def _paging(data: Recent, t: Translator) -> list[Block]:
    turns = []
    if not data.is_newest:
        turns.append(button(NEWEST, t("Newest")))
    if data.moves.before is not None:
        turns.append(button(OLDER, t("Older"), value=str(data.moves.before)))
    return [buttons(turns, "pages")] if turns else []
