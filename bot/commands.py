"""The slash commands: what somebody typed, and which screen answers it."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from domain.permissions import Act

LOGINS_WORDS: Final = ("logins", "login", "werknemerslogins", "inloggen")
CARD_WORDS: Final = ("kaart", "stamkaart", "card")
_NEAR_ENOUGH: Final = 0.5


class Route(StrEnum):
    """The two ways to the logins that the manual names."""

    MANAGEMENT = "management"
    STAFF = "staff"


COMMANDS: Final = {
    "/beheer": Route.MANAGEMENT,
    "/manage": Route.MANAGEMENT,
    "/personeel": Route.STAFF,
    "/staff": Route.STAFF,
}
PERMISSION: Final = {
    Route.MANAGEMENT: Act.OPEN_MANAGEMENT_MENU,
    Route.STAFF: Act.OPEN_STAFF_MENU,
}


@dataclass(frozen=True)
class OpenMenu:
    """Nothing was typed after the command."""


@dataclass(frozen=True)
class OpenLogins:
    """The logins of a branch were asked for, by a part of its name or by none."""

    branch_part: str


@dataclass(frozen=True)
class OpenCard:
    """A record card was asked for by its personnel number."""

    number: str


@dataclass(frozen=True)
class NotUnderstood:
    """Something else; `is_near` says that it looks like the word for logins."""

    typed: str
    is_near: bool


Wish = OpenMenu | OpenLogins | OpenCard | NotUnderstood


def parse(text: str) -> Wish:
    """What the text after a command asks for."""
    words = text.split()
    if not words:
        return OpenMenu()
    first = words[0].casefold()
    if first in LOGINS_WORDS:
        return OpenLogins(" ".join(words[1:]))
    if first in CARD_WORDS and len(words) > 1:
        return OpenCard(" ".join(words[1:]))
    near = get_close_matches(first, LOGINS_WORDS, n=1, cutoff=_NEAR_ENOUGH)
    return NotUnderstood(text.strip(), is_near=bool(near))
