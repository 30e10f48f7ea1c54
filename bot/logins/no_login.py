"""Somebody without a login: why, and what gives them one."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, header, modal, paragraph, small_print
from bot.branches import acts
from bot.locale import Translator, msgid
from bot.logins import creating
from bot.text import on_one_line
from domain.logins.finding import PersonWithoutLogin
from domain.logins.provisioning import LeftOutReason
from domain.record_cards.model import RecordCardId

# The cards that share an address, side by side.
MOVE_DATA: Final = "moves.open_clash"
_CARD: Final = "card:"
# In the list of who was found, under the name.
_BRIEFLY: Final = {
    None: msgid("no login yet"),
    LeftOutReason.DATA_MOVED: msgid("closed: data moved to another card"),
    LeftOutReason.NO_ADDRESS: msgid("no login: no e-mail address"),
    LeftOutReason.EMPLOYMENT_ENDED: msgid("no login: no longer employed"),
    LeftOutReason.ADDRESS_SHARED: msgid("no login: shares an e-mail address"),
    LeftOutReason.ADDRESS_IN_USE: msgid("no login: e-mail address is in use"),
}
_WHY: Final = {
    None: msgid("No login yet. Press {button}, beside {label}."),
    LeftOutReason.DATA_MOVED: msgid(
        "This record card is closed: its data and login moved to record card {number}."
    ),
    LeftOutReason.NO_ADDRESS: msgid(
        "No login: the record card has no e-mail address. Fill it in on the record "
        "card, or in the staff list and import that once more; then press {button}, "
        "beside {label}."
    ),
    LeftOutReason.EMPLOYMENT_ENDED: msgid("No login: no longer employed."),
    LeftOutReason.ADDRESS_SHARED: msgid(
        "No login: record card {number} has the same e-mail address."
    ),
    LeftOutReason.ADDRESS_IN_USE: msgid(
        "No login: record card {number} has a login with this e-mail address."
    ),
}
_WITHOUT_NUMBER: Final = {
    LeftOutReason.DATA_MOVED: msgid(
        "This record card is closed: its data and login moved to a record card of "
        "another branch."
    ),
    LeftOutReason.ADDRESS_SHARED: msgid(
        "No login: a record card of another branch has the same e-mail address."
    ),
    LeftOutReason.ADDRESS_IN_USE: msgid(
        "No login: a record card of another branch has a login with this e-mail "
        "address."
    ),
}


@dataclass(frozen=True)
class NoLogin:
    """Who has no login."""

    person: PersonWithoutLogin


def build(data: NoLogin, t: Translator) -> View:
    """Why, and what to do about it."""
    person = data.person
    shares = person.reason in creating.SAME_ADDRESS
    return modal(
        t("Employee login"),
        [
            header(on_one_line(person.name, limit=100)),
            paragraph(
                t("Employee number: {number}", number=on_one_line(person.number))
            ),
            paragraph(_why(person, t)),
            *([small_print(creating.two_ways_out(t))] if shares else []),
            *(_move_data(person, t) if shares and person.other_number else []),
        ],
        close=t("Back"),
    )


def _move_data(person: PersonWithoutLogin, t: Translator) -> list[Block]:
    move = button(MOVE_DATA, t("Move data"), value=str(person.record_card_id))
    return [buttons([move], "ways_out")]


def option_value(card_id: RecordCardId) -> str:
    """What stands for somebody without login among those that were found."""
    return f"{_CARD}{card_id}"


def chosen_card(value: str) -> RecordCardId | None:
    """The card that was chosen, or None when a login was."""
    if not value.startswith(_CARD):
        return None
    return RecordCardId(payload.whole_number(value.removeprefix(_CARD)))


def briefly(reason: LeftOutReason | None, t: Translator) -> str:
    """The same in a few words."""
    return t(_BRIEFLY[reason])


def _why(person: PersonWithoutLogin, t: Translator) -> str:
    words = _WHY[person.reason]
    if person.other_number is None and person.reason is not None:
        words = _WITHOUT_NUMBER.get(person.reason, words)
    return t(
        words,
        number=on_one_line(person.other_number or ""),
        button=t(acts.CREATE.button),
        label=t(acts.CREATE.label),
    )
