"""Brings the screen of a branch to somebody: reads it, and puts it in its view."""

from collections.abc import Callable

from slack_sdk.models.views import View

from bot import payload
from bot.branches import choosing, screen
from bot.branches.acts import ACTS
from bot.branches.choosing import BranchChoice, Choosing
from bot.branches.place import Place
from bot.branches.screen import BranchScreen
from bot.interaction import Interaction
from domain import branches
from domain.actor import BranchId
from domain.logins import listing
from domain.permissions import may


def show_branch(interaction: Interaction, place: Place) -> None:
    """The branch screen in the view that answers."""
    interaction.show(_screen(interaction, place))


def _no_news() -> str:
    return ""


def refresh_branch(
    interaction: Interaction, place: Place, news: Callable[[], str] = _no_news
) -> None:
    """The branch screen at the bottom of the stack, if it is still open.

    `news` says on it what was just done.
    """
    view = payload.view(interaction.body)
    root_view_id = view.get("root_view_id")
    # A login that was opened from a message has no screen below it.
    if root_view_id and root_view_id != view.get("id"):
        interaction.refresh(root_view_id, lambda: _screen(interaction, place, news()))


def show_choice(interaction: Interaction, part: str = "") -> None:
    """*Vestiging selecteren*, with the branches that have `part` in their name."""
    interaction.show(choosing.build(_choices(interaction, part), interaction.t))


def branch_named(interaction: Interaction, part: str) -> BranchId | None:
    """The one branch that is meant by a part of a name, or None.

    A whole name is meant even when other names contain it.
    """
    with interaction.reading() as session:
        found = branches.search(session, part, actor=interaction.actor, limit=100)
    whole = [b for b in found if b.name_key == branches.name_key(part)]
    meant = whole or found
    return BranchId(meant[0].id) if len(meant) == 1 else None


def found_branches(
    interaction: Interaction, part: str, limit: int
) -> list[BranchChoice]:
    """Branches within reach that have `part` in their name."""
    with interaction.reading() as session:
        found = branches.search(session, part, actor=interaction.actor, limit=limit)
    return [BranchChoice(BranchId(branch.id), branch.name) for branch in found]


def _choices(interaction: Interaction, part: str) -> Choosing:
    found = found_branches(interaction, part, choosing.LISTED + 1)
    return Choosing(
        branches=found[: choosing.LISTED],
        has_more=len(found) > choosing.LISTED,
        searched=bool(part),
    )


def _screen(interaction: Interaction, place: Place, news: str = "") -> View:
    return screen.build(_read(interaction, place, news), interaction.t)


def _read(interaction: Interaction, place: Place, news: str) -> BranchScreen:
    actor = interaction.actor
    with interaction.reading() as session:
        branch = branches.get(session, place.branch_id, actor=actor)
        counts = listing.counts(
            session, place.branch_id, actor=actor, now=interaction.now
        )
        read = listing.locked if place.only_locked else listing.page
        page = read(
            session,
            place.branch_id,
            at=place.at,
            backwards=place.backwards,
            actor=actor,
            now=interaction.now,
        )
    return BranchScreen(
        place=place,
        branch_name=branch.name,
        counts=counts,
        page=page,
        acts=tuple(act for act in ACTS if may(actor, act.permission, place.branch_id)),
        news=news,
    )
