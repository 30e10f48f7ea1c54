"""Reads the lists behind the buttons of the dry run and of a run's message."""

from enum import StrEnum
from typing import TypeVar

from bot import notice, payload
from bot.interaction import Interaction
from bot.resets import dry_run, people, reasons
from bot.resets.people import Listing, People, PlanListing, RunListing
from domain.errors import NotFoundError
from domain.runs import planning, reporting
from domain.runs.model import RowReason, RunId
from domain.runs.planning import ResetLeftOut

Reason = TypeVar("Reason", bound=StrEnum)


def open_of_plan(interaction: Interaction) -> None:
    """Whom the dry run leaves out for the reason of the pressed button."""
    shown = dry_run.parse(interaction.body)
    listing = PlanListing(shown.place.branch_id, shown.choice, interaction.value)
    interaction.push(notice.wait(interaction.t("Left out"), interaction.t))
    _show(interaction, listing)


def open_of_run(interaction: Interaction) -> None:
    """Whom a run gave nothing for the reason of the pressed button."""
    interaction.open(notice.wait(interaction.t("Left out"), interaction.t))
    run_id, _, reason = interaction.value.partition(" ")
    listing = RunListing(RunId(payload.whole_number(run_id)), reason)
    _show(interaction, listing)


def turn(interaction: Interaction) -> None:
    """Another page of the list."""
    _show(interaction, people.parse(interaction.body))


def _show(interaction: Interaction, listing: Listing) -> None:
    if isinstance(listing, PlanListing):
        page = _of_plan(interaction, listing)
    else:
        page = _of_run(interaction, listing)
    interaction.show(people.build(page, interaction.t))


def _of_plan(interaction: Interaction, listing: PlanListing) -> People:
    reason = _member(ResetLeftOut, listing.reason)
    with interaction.reading() as session:
        found = planning.list_left_out(
            session,
            listing.branch_id,
            listing.choice,
            reason,
            after=listing.after,
            limit=people.PAGE + 1,
            actor=interaction.actor,
            now=interaction.now,
        )
    return People(listing, reasons.left_out_heading(reason, interaction.t), found)


def _of_run(interaction: Interaction, listing: RunListing) -> People:
    reason = _member(RowReason, listing.reason)
    with interaction.reading() as session:
        found = reporting.list_by_reason(
            session,
            listing.run_id,
            reason,
            after=listing.after,
            limit=people.PAGE + 1,
            actor=interaction.actor,
        )
    return People(listing, reasons.row_heading(reason, interaction.t), found)


def _member(reasons: type[Reason], code: str) -> Reason:
    try:
        return reasons(code)
    except ValueError as error:
        raise NotFoundError(kind="reason") from error
