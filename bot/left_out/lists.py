"""Reads a page of who is left out: of creating, activating, a reset or a run."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, TypeVar

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot.interaction import Interaction
from bot.left_out import screen
from bot.left_out.screen import LeftOut, LeftOutOf, LeftOutPerson, Listing
from bot.logins import activating, creating
from bot.resets import reasons
from domain.actor import BranchId
from domain.errors import NotFoundError
from domain.logins import provisioning
from domain.logins.model import LoginState
from domain.logins.provisioning import LeftOutReason
from domain.runs import planning, reporting
from domain.runs.model import RowReason, RunId
from domain.runs.planning import ResetChoice, ResetLeftOut

Reason = TypeVar("Reason", bound=StrEnum)


def view_of(interaction: Interaction, listing: Listing) -> View:
    """The page of this list. Raises NotFoundError for a reason that is none."""
    with interaction.reading() as session:
        page = _READERS[listing.act](interaction, listing, session)
    return screen.build(page, interaction.t)


def _of_creation(
    interaction: Interaction, listing: Listing, session: Session
) -> LeftOut:
    reason, t = _member(LeftOutReason, listing.reason), interaction.t
    branch_id, look = BranchId(listing.of), _look(interaction)
    page = provisioning.left_out_of_creation(
        session, branch_id, reason, after=listing.after, limit=screen.PAGE, **look
    )
    plan = provisioning.plan_creation(session, branch_id, **look)
    shares = reason in creating.SAME_ADDRESS
    return LeftOut(
        listing=listing,
        why=creating.why(reason, plan.left_out.get(reason, 0), t),
        people=[
            LeftOutPerson(
                card.name, card.number, card.other_number, card.record_card_id
            )
            for card in page.lines
        ],
        next=page.next,
        ways_out=creating.two_ways_out(t) if shares else None,
    )


def _without_address(
    interaction: Interaction, listing: Listing, session: Session
) -> LeftOut:
    page = provisioning.left_out_of_creation(
        session,
        BranchId(listing.of),
        LeftOutReason.NO_ADDRESS,
        after=listing.after,
        limit=screen.PAGE,
        **_look(interaction),
    )
    people = [
        LeftOutPerson(
            card.name, card.number, record_card_id=card.record_card_id, opens_card=True
        )
        for card in page.lines
    ]
    why = interaction.t("Open a record card and fill in the e-mail address.")
    return LeftOut(listing, why, people, page.next)


def _of_activation(
    interaction: Interaction, listing: Listing, session: Session
) -> LeftOut:
    state = _member(LoginState, listing.reason)
    branch_id, look = BranchId(listing.of), _look(interaction)
    page = provisioning.left_out_of_activation(
        session, branch_id, state, after=listing.after, limit=screen.PAGE, **look
    )
    plan = provisioning.plan_activation(session, branch_id, **look)
    why = activating.why(state, plan.left_out.get(state, 0), interaction.t)
    people = [LeftOutPerson(login.name, login.number) for login in page.lines]
    return LeftOut(listing, why, people, page.next)


def _of_reset(interaction: Interaction, listing: Listing, session: Session) -> LeftOut:
    reason = _member(ResetLeftOut, listing.reason)
    page = planning.list_left_out(
        session,
        BranchId(listing.of),
        listing.choice or ResetChoice(),
        reason,
        after=listing.after,
        limit=screen.PAGE,
        **_look(interaction),
    )
    people = [LeftOutPerson(person.name, person.number) for person in page.lines]
    why = reasons.left_out_heading(reason, interaction.t)
    return LeftOut(listing, why, people, page.next)


def _of_run(interaction: Interaction, listing: Listing, session: Session) -> LeftOut:
    reason = _member(RowReason, listing.reason)
    page = reporting.list_by_reason(
        session,
        RunId(listing.of),
        reason,
        after=listing.after,
        limit=screen.PAGE,
        actor=interaction.actor,
    )
    people = [LeftOutPerson(person.name, person.number) for person in page.lines]
    why = reasons.row_heading(reason, interaction.t)
    return LeftOut(listing, why, people, page.next)


def _look(interaction: Interaction) -> dict[str, Any]:
    return {"actor": interaction.actor, "now": interaction.now}


def _member(reasons: type[Reason], code: str) -> Reason:
    try:
        return reasons(code)
    except ValueError as error:
        raise NotFoundError(kind="reason") from error


_READERS: Final[dict[LeftOutOf, Callable[[Interaction, Listing, Session], LeftOut]]] = {
    LeftOutOf.WITHOUT_ADDRESS: _without_address,
    LeftOutOf.CREATION: _of_creation,
    LeftOutOf.ACTIVATION: _of_activation,
    LeftOutOf.RESET: _of_reset,
    LeftOutOf.RUN: _of_run,
}
