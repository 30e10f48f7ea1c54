"""Reads the lists of who is left out of creating and activating, and shows them."""

from enum import StrEnum
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from bot import notice, payload
from bot.branches import place as places
from bot.interaction import Interaction
from bot.logins import activating, creating, left_out
from bot.logins.left_out import LeftOut, LeftOutPerson, Listing
from domain.errors import NotFoundError
from domain.logins import provisioning
from domain.logins.model import LoginState
from domain.logins.provisioning import LeftOutReason

CREATION: Final = "creation"
ACTIVATION: Final = "activation"
Reason = TypeVar("Reason", bound=StrEnum)


def open_of_creation(interaction: Interaction) -> None:
    """The list behind a button of the dry run of creating."""
    _open(interaction, CREATION)


def open_of_activation(interaction: Interaction) -> None:
    """The list behind a button of the dry run of activating."""
    _open(interaction, ACTIVATION)


def turn(interaction: Interaction) -> None:
    """Another page of the list."""
    listing = left_out.parse(interaction.body)
    interaction.show(left_out.build(_read(interaction, listing), interaction.t))


def _open(interaction: Interaction, act: str) -> None:
    place = places.read(interaction.body)
    listing = Listing(place.branch_id, act, payload.action_value(interaction.body))
    interaction.push(notice.wait(interaction.t("Left out"), interaction.t))
    interaction.show(left_out.build(_read(interaction, listing), interaction.t))


def _read(interaction: Interaction, listing: Listing) -> LeftOut:
    with interaction.reading() as session:
        if listing.act == CREATION:
            return _of_creation(interaction, listing, session)
        if listing.act == ACTIVATION:
            return _of_activation(interaction, listing, session)
    raise NotFoundError(kind="list")


def _of_creation(
    interaction: Interaction, listing: Listing, session: Session
) -> LeftOut:
    reason, t = _member(LeftOutReason, listing.reason), interaction.t
    page = provisioning.left_out_of_creation(
        session,
        listing.branch_id,
        reason,
        after=listing.after,
        limit=left_out.PAGE,
        actor=interaction.actor,
        now=interaction.now,
    )
    plan = provisioning.plan_creation(
        session, listing.branch_id, actor=interaction.actor, now=interaction.now
    )
    shares = reason in creating.SAME_ADDRESS
    return LeftOut(
        listing=listing,
        why=creating.why(reason, plan.left_out.get(reason, 0), t),
        ways_out=creating.two_ways_out(t) if shares else None,
        people=[
            LeftOutPerson(card.name, card.number, card.other_number)
            for card in page.lines
        ],
        next=page.next,
    )


def _of_activation(
    interaction: Interaction, listing: Listing, session: Session
) -> LeftOut:
    state = _member(LoginState, listing.reason)
    page = provisioning.left_out_of_activation(
        session,
        listing.branch_id,
        state,
        after=listing.after,
        limit=left_out.PAGE,
        actor=interaction.actor,
        now=interaction.now,
    )
    plan = provisioning.plan_activation(
        session, listing.branch_id, actor=interaction.actor, now=interaction.now
    )
    return LeftOut(
        listing=listing,
        why=activating.why(state, plan.left_out.get(state, 0), interaction.t),
        ways_out=None,
        people=[LeftOutPerson(login.name, login.number) for login in page.lines],
        next=page.next,
    )


def _member(reasons: type[Reason], code: str) -> Reason:
    try:
        return reasons(code)
    except ValueError as error:
        raise NotFoundError(kind="reason") from error
