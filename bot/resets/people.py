"""The list of who gets no new password and why, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, modal, paragraph, small_print
from bot.locale import Translator
from bot.resets import dry_run
from bot.text import on_one_line
from domain.actor import BranchId
from domain.runs.model import RunId
from domain.runs.planning import LeftOutPerson, ResetChoice

CALLBACK_ID: Final = "resets.people"
FURTHER: Final = "resets.people_further"
FROM_START: Final = "resets.people_from_start"
PAGE: Final = 20


@dataclass(frozen=True)
class PlanListing:
    """Whom the dry run of a choice leaves out for a reason, behind a login id."""

    branch_id: BranchId
    choice: ResetChoice
    reason: str
    after: int = 0

    def remembered(self) -> str:
        """For `private_metadata`."""
        return payload.to_remember(
            branch=self.branch_id,
            reason=self.reason,
            **dry_run.remembered(self.choice),
        )


@dataclass(frozen=True)
class RunListing:
    """Whom a run gave nothing for a reason, behind a login id."""

    run_id: RunId
    reason: str
    after: int = 0

    def remembered(self) -> str:
        """For `private_metadata`."""
        return payload.to_remember(run=self.run_id, reason=self.reason)


Listing = PlanListing | RunListing


@dataclass(frozen=True)
class People:
    """A page of the list; one person more than a page holds says there is another."""

    listing: Listing
    heading: str
    people: Sequence[LeftOutPerson]


def build(data: People, t: Translator) -> View:
    """The people, and buttons to go on or back to the start."""
    shown = data.people[:PAGE]
    lines = [
        paragraph(f"{on_one_line(person.name)} · {person.number}") for person in shown
    ]
    is_pushed = isinstance(data.listing, PlanListing)
    nobody = [paragraph(t("Nobody is left on this list."))]
    return modal(
        t("Left out"),
        [small_print(data.heading), *(lines or nobody), *_paging(data, t)],
        close=t("Back") if is_pushed else t("Close"),
        callback_id=CALLBACK_ID,
        ids=data.listing.remembered(),
    )


def parse(body: payload.Body) -> Listing:
    """The list that the view shows, from where the pressed button says."""
    after = payload.whole_number(payload.action_value(body) or 0)
    ids = payload.remembered(body)
    reason = str(ids.get("reason"))
    if "run" in ids:
        return RunListing(RunId(payload.whole_number(ids["run"])), reason, after)
    branch_id = BranchId(payload.whole_number(ids.get("branch")))
    return PlanListing(branch_id, dry_run.choice_of(ids), reason, after)


def _paging(data: People, t: Translator) -> list[Block]:
    turns = []
    if data.listing.after:
        turns.append(button(FROM_START, t("From the start")))
    if len(data.people) > PAGE:
        last = str(data.people[PAGE - 1].login_id)
        turns.append(button(FURTHER, t("Next"), value=last))
    return [buttons(turns, "pages")] if turns else []
