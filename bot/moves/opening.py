"""Opening the screens of moves, from wherever two cards meet."""

from slack_sdk.models.views import View

from bot import notice, payload
from bot.interaction import Interaction
from bot.moves import pair_screen, recent, start
from bot.moves.pair_screen import PairScreen
from bot.moves.recent import Recent
from bot.moves.start import Start
from domain.errors import NotFoundError
from domain.logins import move_comparison, pair_finding, recent_moves
from domain.logins.moved_fields import MovedField
from domain.logins.moves import MoveId
from domain.record_cards.model import RecordCardId


def show_start(interaction: Interaction, first: int = 0) -> None:
    """Show the likely pairs in place of the view that was pressed."""
    interaction.show(_start(interaction, first))


def refresh_start(interaction: Interaction, view_id: str) -> None:
    """Renew the list of pairs below, if it is open still."""
    interaction.refresh(view_id, lambda: _start(interaction, 0))


def show_pair(
    interaction: Interaction,
    from_card_id: RecordCardId,
    to_card_id: RecordCardId,
    *,
    below: str | None = None,
) -> None:
    """Put two cards side by side on top of the view that was pressed.

    Where three views are stacked already, it takes the place of the third.
    """
    _make_room(interaction)
    show_comparison(interaction, from_card_id, to_card_id, below=below)


def show_in_order(
    interaction: Interaction, one: RecordCardId, other: RecordCardId
) -> None:
    """Two cards that share something, in the order in which they are proposed."""
    _make_room(interaction)
    with interaction.reading() as session:
        old, new = move_comparison.put_in_order(
            session, one, other, actor=interaction.actor, now=interaction.now
        )
    show_comparison(interaction, old, new)


def _make_room(interaction: Interaction) -> None:
    seen = payload.view(interaction.body)
    below = seen.get("previous_view_id")
    # Slack stacks three: the third is neither the root nor upon it.
    if below is None or below == seen.get("root_view_id"):
        interaction.push(notice.wait(interaction.t("Move data"), interaction.t))


def show_comparison(
    interaction: Interaction,
    old_id: RecordCardId,
    new_id: RecordCardId,
    ticked: frozenset[MovedField] | None = None,
    *,
    below: str | None = None,
) -> None:
    """The two cards as they are now, in the answering view."""
    data = read_pair_screen(interaction, old_id, new_id, ticked, below=below)
    interaction.show(pair_screen.build(data, interaction.t))


def read_pair_screen(
    interaction: Interaction,
    old_id: RecordCardId,
    new_id: RecordCardId,
    ticked: frozenset[MovedField] | None = None,
    *,
    below: str | None = None,
    news: str = "",
) -> PairScreen:
    """The two cards with these ticks. Raises NotFoundError for one out of reach."""
    with interaction.reading() as session:
        comparison = move_comparison.compare(
            session,
            old_id,
            new_id,
            ticked,
            actor=interaction.actor,
            now=interaction.now,
        )
    return PairScreen(comparison, below, news)


def show_recent(interaction: Interaction, before: MoveId | None = None) -> None:
    """Show a page of moves in the answering view."""
    interaction.show(recent.build(_recent(interaction, before), interaction.t))


def refresh_recent(interaction: Interaction, view_id: str) -> None:
    """Renew the list of moves below, if it is open still."""
    t = interaction.t
    interaction.refresh(view_id, lambda: recent.build(_recent(interaction, None), t))


def pressed_view(interaction: Interaction) -> str:
    """The view in which somebody pressed. Raises NotFoundError outside views."""
    view_id = payload.view(interaction.body).get("id")
    if not view_id:
        raise NotFoundError(kind="view")
    return str(view_id)


def _start(interaction: Interaction, first: int) -> View:
    with interaction.reading() as session:
        page = pair_finding.find_pairs(
            session,
            start=first,
            limit=start.PAGE,
            actor=interaction.actor,
            now=interaction.now,
        )
    return start.build(Start(page), interaction.t)


def _recent(interaction: Interaction, before: MoveId | None) -> Recent:
    with interaction.reading() as session:
        moves = recent_moves.list_recent(
            session,
            before=before,
            limit=recent.PAGE,
            actor=interaction.actor,
            now=interaction.now,
        )
    return Recent(moves, is_newest=before is None)
