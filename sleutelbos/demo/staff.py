"""What the staff lists of the past weeks said, and what became of whom."""

from datetime import date
from enum import Enum, auto
from typing import Final

from domain.importing.headings import Column
from domain.record_cards.fields import number_key
from sleutelbos.demo import company
from sleutelbos.demo.company import Person, Size

NEW_BRANCH: Final = "Utrecht"
FIRST_BRANCH: Final = "Amsterdam"
SECOND_BRANCH: Final = "Rotterdam"
_OLD_ADDRESS: Final = "@example.com"


class Fate(Enum):
    """What became of somebody of a branch that is at work."""

    SIGNS_IN = auto()
    NEVER_SIGNS_IN = auto()
    SWITCHED_OFF = auto()
    LOCKED_OUT = auto()
    GIVEN_ONE_IN_PERSON = auto()
    LEAVES = auto()
    HAD_NO_ADDRESS = auto()
    CHANGED_ADDRESS = auto()
    SECOND_CARD = auto()


# By how far down the list of the branch they stand; everybody else signs in.
_FATES: Final = {
    FIRST_BRANCH: {
        2: Fate.SWITCHED_OFF,
        5: Fate.NEVER_SIGNS_IN,
        7: Fate.CHANGED_ADDRESS,
        9: Fate.LEAVES,
        12: Fate.HAD_NO_ADDRESS,
    },
    SECOND_BRANCH: {
        1: Fate.GIVEN_ONE_IN_PERSON,
        4: Fate.SWITCHED_OFF,
        5: Fate.NEVER_SIGNS_IN,
        9: Fate.SECOND_CARD,
        # Jan: of the small company, and of the large one.
        10: Fate.LOCKED_OUT,
        35: Fate.LOCKED_OUT,
    },
}
# In a large branch one in so many never got round to it.
_EVERY_SO_OFTEN: Final = 13


def fate_of(branch: str, position: int) -> Fate:
    """What became of who stands there on the branch's list."""
    fates = _FATES[branch]
    is_one_of_many = position > max(fates) and position % _EVERY_SO_OFTEN == 0
    never = Fate.NEVER_SIGNS_IN if is_one_of_many else Fate.SIGNS_IN
    return fates.get(position, never)


def numbers(size: Size, branch: str, *fates: Fate) -> list[str]:
    """Whom one of these became: the keys of their personnel numbers."""
    return [
        number_key(str(person[Column.NUMBER]))
        for position, person in enumerate(company.of_branch(size, branch))
        if fate_of(branch, position) in fates
    ]


def first_list(size: Size) -> list[Person]:
    """Every branch but the new one, as HR had them five weeks ago."""
    rows: list[Person] = []
    for branch in company.branch_sizes(size):
        listed = company.of_branch(size, branch)
        if branch in _FATES:
            rows += _as_they_were(branch, listed)
        elif branch != NEW_BRANCH:
            rows += listed
    return rows


def monthly_list(size: Size, last_day: date) -> list[Person]:
    """The branches at work as they are now, with who leaves after `last_day`."""
    rows: list[Person] = []
    for branch in _FATES:
        for position, person in enumerate(company.of_branch(size, branch)):
            leaves = fate_of(branch, position) is Fate.LEAVES
            rows.append(person | {Column.END_ON: last_day} if leaves else person)
    return rows


def _as_they_were(branch: str, listed: list[Person]) -> list[Person]:
    rows = []
    for position, person in enumerate(listed):
        fate = fate_of(branch, position)
        if fate is Fate.HAD_NO_ADDRESS:
            rows.append(person | {Column.EMAIL: None})
        elif fate is Fate.CHANGED_ADDRESS:
            name, _, _ = str(person[Column.EMAIL]).partition("@")
            rows.append(person | {Column.EMAIL: name + _OLD_ADDRESS})
        elif fate is not Fate.SECOND_CARD:
            rows.append(person)
    return rows
