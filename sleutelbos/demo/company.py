"""The sample company: branches and people, with the oddities of real staff lists.

Everybody is made up, and the same each time: names are picked by counting.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Final

from domain.importing.headings import Column
from sleutelbos.demo.names import FIRST_NAMES, LAST_NAMES, PLACES

NAME: Final = "De Gouden Lepel"
SLACK_DOMAIN: Final = "de-gouden-lepel"

Cell = str | int | date | None
Person = dict[Column, Cell]


class Size(StrEnum):
    """How large the sample company is."""

    SMALL = "small"
    LARGE = "large"


# How many people are on the list of each branch; the story plays in the first.
_SMALL: Final = {"Utrecht": 36, "Amsterdam": 13, "Rotterdam": 11}
_LARGE: Final = dict.fromkeys(PLACES, 300)
_JOBS: Final = ("Bediening", "Keuken", "Afwas", "Receptie", "Bar", "Bezorging")
_CONTRACTS: Final = ("werknemer", "oproepkracht", "stagiair")
_STREETS: Final = ("Dorpsstraat", "Kerkplein", "Molenweg", "Stationslaan", "Havenkade")
_FIRST_NUMBER: Final = 101
_OLDEST_START: Final = date(2016, 3, 1)
_OLDEST_BIRTH: Final = date(1968, 1, 9)


def branch_sizes(size: Size) -> Mapping[str, int]:
    """How many people are on the list of each branch, the story's branch first."""
    return _LARGE if size is Size.LARGE else _SMALL


def people(size: Size) -> Iterator[Person]:
    """The staff list, row by row, as somebody kept it in Excel for years."""
    for branch in branch_sizes(size):
        yield from of_branch(size, branch)


def of_branch(size: Size, branch: str) -> list[Person]:
    """The rows of one branch, in their order on the list."""
    sizes = branch_sizes(size)
    before = sum(sizes[name] for name in takewhile(branch.__ne__, sizes))
    listed: list[Person] = []
    for position in range(sizes[branch]):
        person = _person(before + position, branch)
        oddity = _ODDITIES.get(position) or _ODDITIES_OF.get((branch, position))
        if oddity is not None:
            person |= oddity(person, listed[-1])
        listed.append(person)
    return listed


def somebody(size: Size, branch: str, first_name: str) -> Person:
    """The first of this name in a branch."""
    listed = of_branch(size, branch)
    return next(each for each in listed if each[Column.FIRST_NAME] == first_name)


def _person(index: int, branch: str) -> Person:
    first_name, prefix, last_name, address = _name(index)
    return {
        Column.NUMBER: f"{_FIRST_NUMBER + index:05}",
        Column.FIRST_NAME: first_name,
        Column.PREFIX: prefix,
        Column.LAST_NAME: last_name,
        Column.EMAIL: address,
        Column.BRANCH: branch,
        Column.JOB_TITLE: _JOBS[index % len(_JOBS)],
        Column.CONTRACT: _CONTRACTS[index % len(_CONTRACTS)],
        Column.START_ON: _OLDEST_START + timedelta(days=index * 97 % 3_400),
        Column.END_ON: None,
        Column.STREET: f"{_STREETS[index % len(_STREETS)]} {index * 13 % 180 + 1}",
        Column.POSTAL_CODE: f"{PLACES[branch] + index % 60} {'ABDEGHKL'[index % 8]}A",
        Column.CITY: branch,
        Column.BIRTH_ON: _OLDEST_BIRTH + timedelta(days=index * 211 % 11_600),
    }


def _name(index: int) -> tuple[str, str | None, str, str]:
    """First name, prefix, last name and address; no address comes twice."""
    turn, first = divmod(index, len(FIRST_NAMES))
    # One place further each turn: both lists together give every pair once.
    last = (first + turn * (len(FIRST_NAMES) + 1)) % len(LAST_NAMES)
    first_name, whole_name = FIRST_NAMES[first], LAST_NAMES[last]
    words = whole_name.split()
    prefix = " ".join(words[:-1]) if words[0].islower() else ""
    last_name = whole_name.removeprefix(prefix).strip()
    again = index // (len(FIRST_NAMES) * len(LAST_NAMES))
    name = _ascii(f"{first_name}.{whole_name}")
    address = f"{name}{again + 1 if again else ''}@example.nl"
    return first_name, prefix or None, last_name, address


def _ascii(name: str) -> str:
    """The letters of an address: no accents, blanks or apostrophes."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("ø", "o"))
    letters = plain.replace("ı", "i").encode("ascii", "ignore").decode()
    return "".join(letter for letter in letters if letter.isalnum() or letter == ".")


def _no_address(_person: Person, _before: Person) -> Person:
    return {Column.EMAIL: None}


def _says_it_has_none(_person: Person, _before: Person) -> Person:
    return {Column.EMAIL: "geen"}


def _untidy_address(person: Person, _before: Person) -> Person:
    return {Column.EMAIL: f"  {str(person[Column.EMAIL]).upper()} "}


def _shares_an_address(_person: Person, before: Person) -> Person:
    """Two of one household, on one address."""
    shared = (Column.PREFIX, Column.LAST_NAME, Column.EMAIL, Column.STREET)
    return {column: before[column] for column in shared}


def _second_card(_person: Person, before: Person) -> Person:
    """Somebody who works in the kitchen and at the bar, on a card for each."""
    own = (Column.NUMBER, Column.JOB_TITLE, Column.CONTRACT)
    return {column: cell for column, cell in before.items() if column not in own}


def _left(_person: Person, _before: Person) -> Person:
    return {Column.START_ON: date(2021, 5, 1), Column.END_ON: date(2026, 3, 31)}


def _impossible_date(_person: Person, _before: Person) -> Person:
    return {Column.START_ON: "31-02-2025"}


def _date_in_words(_person: Person, _before: Person) -> Person:
    return {Column.START_ON: "1 maart 2024"}


def _number_as_number(person: Person, _before: Person) -> Person:
    """Excel took the number for a number, and its zeros away."""
    return {Column.NUMBER: int(str(person[Column.NUMBER]))}


# Of a branch that is too small for what stands further down.
_ODDITIES_OF: Final = {("Rotterdam", 9): _second_card}
# What is odd, by how far down the branch's list it stands.
_ODDITIES: Final[Mapping[int, Callable[[Person, Person], Person]]] = {
    3: _no_address,
    11: _shares_an_address,
    14: _says_it_has_none,
    18: _second_card,
    22: _left,
    26: _impossible_date,
    29: _date_in_words,
    33: _number_as_number,
    35: _untidy_address,
}
