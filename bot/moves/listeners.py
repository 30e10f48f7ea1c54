"""Answers everything about moving employee data, and about undoing it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from slack_bolt import App
from slack_sdk.models.blocks import Option
from sqlalchemy.orm import Session

from bot import notice, payload
from bot.branches import menu
from bot.interaction import Interaction
from bot.listening import Submitted, on_action, on_search, on_submission
from bot.logins import no_login
from bot.moves import opening, pair_screen, recent, result, start, undo_screen
from bot.moves.pair_screen import Wish
from bot.moves.result import Moved
from bot.moves.undo_screen import UndoScreen
from bot.moves.wording import ADDRESS_IN_USE, NEEDS_TWO_CARDS
from bot.office import Office
from domain.errors import NotFoundError
from domain.logins import finding, move_comparison, moves, moving, moving_back
from domain.logins.address_change import AddressInUseError
from domain.logins.moved_fields import fields_of
from domain.logins.moves import Move, MoveId, MoveRefusedError, UndoRefusedError
from domain.permissions import Act, require
from domain.record_cards import register as record_cards
from domain.record_cards.model import RecordCardId


def register(app: App, office: Office) -> None:
    """Listen for the menu entry, the choice of cards, the move and its undoing."""
    press = partial(on_action, app, office)
    press(menu.MOVES, _open)
    press(no_login.MOVE_DATA, _open_clash)
    press(start.TURN, _turn_pairs)
    press(start.TURN_BACK, _turn_pairs)
    press(start.OPEN_PAIR, _open_pair)
    press(start.COMPARE_CHOSEN, _compare_chosen)
    for box in (start.SEARCH_OLD, start.SEARCH_NEW):
        on_search(app, office, box, _offer_cards)
        press(box, _remember_nothing)
    press(start.SHOW_RECENT, _open_recent)
    press(pair_screen.TICK, _tick)
    press(pair_screen.SWAP, _swap)
    press(recent.OPEN_UNDO, _open_undo)
    press(recent.OLDER, _turn_recent)
    press(recent.NEWEST, _turn_recent)
    press(result.UNDO_HERE, _show_undo)
    on_submission(app, office, pair_screen.CALLBACK_ID, _move)
    on_submission(app, office, undo_screen.CALLBACK_ID, _undo)


def _open(interaction: Interaction) -> None:
    """From the menu, or from a button that names two cards."""
    require(interaction.actor, Act.MOVE_EMPLOYEE_DATA)
    if interaction.value:
        opening.show_pair(interaction, *start.parse_pair(interaction.value))
    else:
        opening.show_start(interaction)


def _open_clash(interaction: Interaction) -> None:
    """From somebody without login who shares an address with another card."""
    card_id = RecordCardId(payload.whole_number(interaction.value))
    look: Any = {"actor": interaction.actor}
    with interaction.reading() as session:
        person = finding.without_login(session, card_id, now=interaction.now, **look)
        if person.other_number is None:
            raise NotFoundError(kind="record_card")
        other = record_cards.find_by_number(session, person.other_number, **look)
    opening.show_in_order(interaction, card_id, RecordCardId(other.id))


def _turn_pairs(interaction: Interaction) -> None:
    opening.show_start(interaction, payload.whole_number(interaction.value))


def _offer_cards(interaction: Interaction) -> Sequence[Option]:
    require(interaction.actor, Act.MOVE_EMPLOYEE_DATA)
    with interaction.reading() as session:
        cards = record_cards.search(
            session,
            str(interaction.body.get("value") or ""),
            actor=interaction.actor,
            limit=start.OFFERED,
        )
    return start.options(cards, interaction.t)


def _remember_nothing(_interaction: Interaction) -> None:
    """Slack keeps what is chosen; the button beside it reads both."""


def _compare_chosen(interaction: Interaction) -> None:
    cards, t = start.chosen(interaction.body), interaction.t
    if cards is None:
        interaction.push(notice.build(t("Move data"), [t(NEEDS_TWO_CARDS)], t))
        return
    below = opening.pressed_view(interaction)
    opening.show_pair(interaction, *cards, below=below)


def _open_pair(interaction: Interaction) -> None:
    cards = start.parse_pair(interaction.value)
    below = opening.pressed_view(interaction)
    opening.show_pair(interaction, *cards, below=below)


def _tick(interaction: Interaction) -> None:
    wish = pair_screen.parse(interaction.body)
    # Of two quick ticks the second shows both, whatever the first made of the view.
    interaction.replace(opening.pressed_view(interaction), _anew(interaction, wish))


def _swap(interaction: Interaction) -> None:
    wish = pair_screen.parse(interaction.body)
    opening.show_comparison(interaction, wish.new_id, wish.old_id, below=wish.below)


def _anew(interaction: Interaction, wish: Wish, news: str = "") -> Any:
    data = opening.read_pair_screen(
        interaction,
        wish.old_id,
        wish.new_id,
        wish.ticked,
        below=wish.below,
        news=news,
    )
    return pair_screen.build(data, interaction.t)


def _move(interaction: Interaction) -> Submitted:
    """Move what is ticked; when it can't be, show the cards as they are by now."""
    wish = pair_screen.parse(interaction.body)

    def move(session: Session) -> None:
        moving.move(
            session,
            wish.old_id,
            wish.new_id,
            wish.ticked,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )

    try:
        interaction.once(move)
    except MoveRefusedError:
        return Submitted(view=_anew(interaction, wish))
    except AddressInUseError:
        news = interaction.t(ADDRESS_IN_USE)
        return Submitted(view=_anew(interaction, wish, news))
    shown = result.build(_moved(interaction, wish), interaction.t)
    if wish.below is None:
        return Submitted(view=shown)
    refresh = partial(opening.refresh_start, interaction, wish.below)
    return Submitted(view=shown, then=refresh)


def _moved(interaction: Interaction, wish: Wish) -> Moved:
    with interaction.reading() as session:
        seen = move_comparison.compare(
            session,
            wish.old_id,
            wish.new_id,
            actor=interaction.actor,
            now=interaction.now,
        )
        move_id = moves.find_standing(session, wish.old_id, wish.new_id)
        move = session.get(Move, move_id) if move_id else None
    if move is None:
        raise NotFoundError(kind="move")
    return Moved(
        move_id=MoveId(move.id),
        old=seen.old,
        new=seen.new,
        fields=fields_of(move.fields),
        with_login=move.login_id is not None,
    )


def _open_recent(interaction: Interaction) -> None:
    interaction.push(notice.wait(interaction.t("Moved data"), interaction.t))
    opening.show_recent(interaction)


def _turn_recent(interaction: Interaction) -> None:
    opening.show_recent(interaction, recent.parse(interaction.body))


def _open_undo(interaction: Interaction) -> None:
    below = opening.pressed_view(interaction)
    interaction.push(notice.wait(interaction.t("Undo move"), interaction.t))
    _show_plan(interaction, below)


def _show_undo(interaction: Interaction) -> None:
    _show_plan(interaction, below=None)


def _show_plan(interaction: Interaction, below: str | None) -> None:
    move_id, t = MoveId(payload.whole_number(interaction.value)), interaction.t
    try:
        with interaction.reading() as session:
            undoing = moving_back.plan_undoing(
                session, move_id, actor=interaction.actor, now=interaction.now
            )
            old, new = (
                record_cards.get(session, card_id, actor=interaction.actor).number
                for card_id in (undoing.old_card_id, undoing.new_card_id)
            )
    except UndoRefusedError as error:
        interaction.show(undo_screen.refused(error, t))
        return
    interaction.show(undo_screen.build(UndoScreen(undoing, old, new, below), t))


def _undo(interaction: Interaction) -> Submitted:
    wish, t = undo_screen.parse(interaction.body), interaction.t

    def undo(session: Session) -> None:
        moving_back.undo(
            session,
            wish.move_id,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )

    try:
        interaction.once(undo)
    except UndoRefusedError as error:
        return Submitted(view=undo_screen.refused(error, t))
    if wish.below is None:
        return Submitted(view=undo_screen.done(t))
    refresh = partial(opening.refresh_recent, interaction, wish.below)
    return Submitted(view=undo_screen.done(t), then=refresh)
