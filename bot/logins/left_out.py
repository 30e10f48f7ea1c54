"""The list of who is left out of an act, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, modal, paragraph, small_print
from bot.locale import Translator
from bot.text import on_one_line
from domain.actor import BranchId
from domain.logins.paging import PageKey

CALLBACK_ID: Final = "logins.left_out"
FURTHER: Final = "logins.left_out_further"
FROM_START: Final = "logins.left_out_from_start"
PAGE: Final = 20


@dataclass(frozen=True)
class LeftOutPerson:
    """One person; `other_number` is the card that has the same address."""

    name: str
    number: str
    other_number: str | None = None


@dataclass(frozen=True)
class Listing:
    """Which list: of which act in which branch, for which reason, from where."""

    branch_id: BranchId
    act: str
    reason: str
    after: PageKey | None = None


@dataclass(frozen=True)
class LeftOut:
    """A page of the list; `why` says what all on it have in common."""

    listing: Listing
    why: str
    ways_out: str | None
    people: Sequence[LeftOutPerson]
    next: PageKey | None


def build(data: LeftOut, t: Translator) -> View:
    """The people, and buttons to go on or back to the start."""
    people = [paragraph(_person(person, t)) for person in data.people]
    nobody = [paragraph(t("Nobody is left on this list."))]
    ways_out = [small_print(data.ways_out)] if data.ways_out else []
    return modal(
        t("Left out"),
        [small_print(data.why), *ways_out, *(people or nobody), *_paging(data, t)],
        close=t("Back"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(
            branch=data.listing.branch_id,
            act=data.listing.act,
            reason=data.listing.reason,
        ),
    )


def parse(body: payload.Body) -> Listing:
    """The list that the view shows, from where the pressed button says."""
    ids = payload.remembered(body)
    after = payload.action_value(body)
    return Listing(
        branch_id=BranchId(payload.whole_number(ids.get("branch"))),
        act=str(ids.get("act")),
        reason=str(ids.get("reason")),
        after=PageKey.decode(after) if after else None,
    )


def _person(person: LeftOutPerson, t: Translator) -> str:
    who = f"{on_one_line(person.name)} · {on_one_line(person.number)}"
    if person.other_number is None:
        return who
    return t(
        "{who}: same e-mail address as record card {number}",
        who=who,
        number=on_one_line(person.other_number),
    )


def _paging(data: LeftOut, t: Translator) -> list[Block]:
    turns = []
    if data.listing.after:
        turns.append(button(FROM_START, t("From the start")))
    if data.next:
        turns.append(button(FURTHER, t("Next"), value=data.next.encode()))
    return [buttons(turns, "pages")] if turns else []
