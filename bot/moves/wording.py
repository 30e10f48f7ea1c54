"""Words for fields, for why two cards are one person's, and for refusals."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.logins.moved_fields import MovedField
from domain.logins.moves import MoveRefusal, UndoRefusal
from domain.record_cards.pairs import PairReason

TITLE: Final = msgid("Move employee data")
ADDRESS_LENGTH: Final = 254

FIELDS: Final[Mapping[MovedField, str]] = {
    MovedField.EMAIL: msgid("E-mail address"),
    MovedField.NAME: msgid("Name"),
    MovedField.BIRTH_ON: msgid("Date of birth"),
    MovedField.PHONE: msgid("Phone"),
    MovedField.HOME_ADDRESS: msgid("Home address"),
}
PAIR_REASONS: Final[Mapping[PairReason, str]] = {
    PairReason.NAME_AND_BIRTH: msgid("same name and date of birth"),
    PairReason.EMAIL: msgid("same e-mail address"),
    PairReason.PHONE: msgid("same phone"),
}
REFUSALS: Final[Mapping[MoveRefusal, str]] = {
    MoveRefusal.SAME_CARD: msgid("That is the same record card twice."),
    MoveRefusal.OLD_CARD_CLOSED: msgid(
        "The old record card is closed: its data moved before. Undo that first, or "
        "move the data of the card that has it now."
    ),
    MoveRefusal.NEW_CARD_CLOSED: msgid(
        "The new record card is closed: its data moved before. Choose the card that "
        "has its data now."
    ),
    MoveRefusal.BOTH_HAVE_LOGINS: msgid(
        "Both record cards have a login, and two logins never become one. Keep both, "
        "each with an e-mail address of its own, or switch off the login that is "
        "not used."
    ),
    MoveRefusal.NO_ADDRESS: msgid(
        "The new record card has no e-mail address, and a login can't do without. "
        "Tick the e-mail address."
    ),
    MoveRefusal.BORN_AFTER_START: msgid(
        "This date of birth is not before the start date on the new record card. Take "
        "away its tick, or mend the date first."
    ),
}
UNDO_REFUSALS: Final[Mapping[UndoRefusal, str]] = {
    UndoRefusal.UNDONE_ALREADY: msgid("This move was undone already."),
    UndoRefusal.TOO_LATE: msgid(
        "This move is more than 30 days old, so it can't be undone any more. You can "
        "change the record cards, or move the data to another card."
    ),
    UndoRefusal.BUILT_ON: msgid(
        "Data was moved from or to one of these record cards since. Undo that later "
        "move first."
    ),
    UndoRefusal.ADDRESS_TAKEN: msgid(
        "The login would sign in as {address} again, and that is the user name of "
        "another login by now. Search for it among the record cards, and give that "
        "one another address first."
    ),
}
ADDRESS_IN_USE: Final = msgid(
    "The e-mail address is the user name of another login already. Tick or untick "
    "the e-mail address, or give one of the record cards an address of its own."
)
NEEDS_TWO_CARDS: Final = msgid("First choose the old and the new record card.")


def value(said: str | date | None, t: Translator) -> str:
    """What a card says in a field."""
    if isinstance(said, date):
        return t.day(said)
    return on_one_line(said, ADDRESS_LENGTH) if said else "–"


def field_names(fields: Iterable[MovedField], t: Translator) -> str:
    """Fields by name, with commas between."""
    return ", ".join(t(FIELDS[field]) for field in fields)
