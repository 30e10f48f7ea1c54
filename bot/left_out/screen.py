"""The list of who is left out of an act for one reason, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, modal, paragraph, small_print
from bot.locale import Translator
from bot.logins import no_login
from bot.resets import whom
from bot.text import on_one_line
from domain.errors import NotFoundError
from domain.logins.paging import PageKey
from domain.record_cards.model import RecordCardId
from domain.runs.planning import ResetChoice

CALLBACK_ID: Final = "left_out.list"
FURTHER: Final = "left_out.further"
FROM_START: Final = "left_out.from_start"
OPEN_CARD: Final = "left_out.open_card"
PAGE: Final = 20


class LeftOutOf(StrEnum):
    """What people are left out of: an act that is planned, or a run that began.

    WITHOUT_ADDRESS is the list of the App Home, from which their cards are opened.
    """

    WITHOUT_ADDRESS = "without_address"
    CREATION = "creation"
    ACTIVATION = "activation"
    RESET = "reset"
    RUN = "run"


@dataclass(frozen=True)
class Listing:
    """Which list: left out of what, for which reason, from where.

    `of` is the branch, or the run; `choice` is that of a reset.
    """

    act: LeftOutOf
    of: int
    reason: str
    choice: ResetChoice | None = None
    after: PageKey | None = None

    def remembered(self) -> str:
        """For `private_metadata`."""
        choice = whom.remembered(self.choice) if self.choice else {}
        return payload.to_remember(
            act=self.act.value, of=self.of, reason=self.reason, **choice
        )


@dataclass(frozen=True)
class LeftOutPerson:
    """One person; `other_number` is the card that has the same address.

    With `record_card_id` the two can be set side by side, or with `opens_card` the
    card be opened.
    """

    name: str
    number: str
    other_number: str | None = None
    record_card_id: RecordCardId | None = None
    opens_card: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A page of the list; `why` says what all on it have in common."""

    listing: Listing
    why: str
    people: Sequence[LeftOutPerson]
    next: PageKey | None
    ways_out: str | None = None


def build(data: LeftOut, t: Translator) -> View:
    """The people, and buttons to go on or back to the start."""
    people = [_line(person, t) for person in data.people]
    nobody = [paragraph(t("Nobody is left on this list."))]
    ways_out = [small_print(data.ways_out)] if data.ways_out else []
    stands_alone = data.listing.act in (LeftOutOf.RUN, LeftOutOf.WITHOUT_ADDRESS)
    return modal(
        title(data.listing.act, t),
        [small_print(data.why), *ways_out, *(people or nobody), *_paging(data, t)],
        close=t("Close") if stands_alone else t("Back"),
        callback_id=CALLBACK_ID,
        ids=data.listing.remembered(),
    )


def title(act: LeftOutOf, t: Translator) -> str:
    """What the list is called."""
    if act is LeftOutOf.WITHOUT_ADDRESS:
        return t("Without e-mail address")
    return t("Left out")


def parse(body: payload.Body) -> Listing:
    """The list that the view shows, from where the pressed button says.

    Raises NotFoundError for a list that is none.
    """
    ids = payload.remembered(body)
    after = payload.action_value(body)
    try:
        act = LeftOutOf(str(ids.get("act")))
    except ValueError as error:
        raise NotFoundError(kind="list") from error
    return Listing(
        act=act,
        of=payload.whole_number(ids.get("of")),
        reason=str(ids.get("reason")),
        choice=whom.choice_of(ids) if act is LeftOutOf.RESET else None,
        after=PageKey.decode(after) if after else None,
    )


def _line(person: LeftOutPerson, t: Translator) -> Block:
    press = _button(person, t)
    return paragraph(_person(person, t), accessory=press)


def _button(person: LeftOutPerson, t: Translator) -> ButtonElement | None:
    if person.record_card_id is None:
        return None
    name, value = on_one_line(person.name, limit=40), str(person.record_card_id)
    if person.opens_card:
        label = t("Open {name}", name=name)
        return button(OPEN_CARD, t("Open"), value=value, label=label)
    if person.other_number is None:
        return None
    label = t("Compare the cards of {name}", name=name)
    return button(no_login.MOVE_DATA, t("Compare"), value=value, label=label)


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
