"""Placeholders in a template's text: what they are called, and where they stand; pure.

They are replaced by name, from eight strings, and nothing in a text is evaluated.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.plain_text import clean, strip

_FOUND_LENGTH: Final = 40


class Placeholder(StrEnum):
    """What a template may have filled in; the value is its Dutch name."""

    FIRST_NAME = "voornaam"
    NAME = "naam"
    BRANCH = "vestiging"
    USER_NAME = "gebruikersnaam"
    PASSWORD = "wachtwoord"  # noqa: S105 (the name of a placeholder)
    LINK = "link"
    VALID_UNTIL = "geldig_tot"
    SIGN_IN_PAGE = "inlogpagina"


SECRETS: Final = frozenset({Placeholder.PASSWORD, Placeholder.LINK})
Values = Mapping[Placeholder, str]
_BY_NAME: Final[Mapping[str, Placeholder]] = MappingProxyType(
    {placeholder.value: placeholder for placeholder in Placeholder}
    | {placeholder.name.lower(): placeholder for placeholder in Placeholder}
)
# Something in double braces on one line, or a brace that has lost its other half.
_BRACES: Final = re.compile(
    r"\{\{(?P<inside>[^{}\n]*)\}\}"
    r"|\{\{(?P<open>[^}\n]*)"
    r"|(?P<closed>\}\})"
    r"|\{(?P<single>[^{}\n]*)\}"
)


class BraceProblem(StrEnum):
    """What is wrong with something in braces."""

    UNKNOWN = "unknown"
    UNCLOSED = "unclosed"


@dataclass(frozen=True)
class Misspelling:
    """Braces that name no placeholder; `nearest` is the name that was likely meant."""

    kind: BraceProblem
    found: str
    nearest: str


def placeholder_named(name: str) -> Placeholder | None:
    """The placeholder of this Dutch or English name; case does not matter."""
    bare = strip(name)
    # Some letters of other alphabets become a to z in lower case.
    return _BY_NAME.get(bare.lower()) if bare.isascii() else None


def placeholders_in(text: str) -> list[Placeholder]:
    """All placeholders of a text, in order, as often as they stand there."""
    found = (
        placeholder_named(braces["inside"])
        for braces in _BRACES.finditer(text)
        if braces["inside"] is not None
    )
    return [placeholder for placeholder in found if placeholder is not None]


def misspellings_in(text: str) -> Iterator[Misspelling]:
    """Whatever stands in double braces and is no placeholder, or is half of one.

    A known name in single braces is meant as a placeholder too; other single
    braces are text.
    """
    for braces in _BRACES.finditer(text):
        inside, single = braces["inside"], braces["single"]
        if inside is not None:
            if placeholder_named(inside) is None:
                yield _misspelling(BraceProblem.UNKNOWN, inside)
        elif single is not None:
            if placeholder_named(single) is not None:
                yield _misspelling(BraceProblem.UNCLOSED, single)
        elif braces["closed"]:
            before = text[max(0, braces.start() - _FOUND_LENGTH) : braces.start()]
            yield _misspelling(BraceProblem.UNCLOSED, _last_word(before))
        else:
            yield _misspelling(BraceProblem.UNCLOSED, _first_word(braces["open"]))


def nearest_name(name: str) -> str:
    """The placeholder's name that looks most like this; "" when none does."""
    bare = strip(name)[:_FOUND_LENGTH].lower().replace(" ", "_").replace("-", "_")
    likely = difflib.get_close_matches(bare, list(_BY_NAME), n=1, cutoff=0.5)
    return likely[0] if likely else ""


def _misspelling(kind: BraceProblem, found: str) -> Misspelling:
    shown = clean(found[: 2 * _FOUND_LENGTH])[:_FOUND_LENGTH]
    return Misspelling(kind, shown, nearest_name(shown))


def _first_word(text: str) -> str:
    return next(iter(text.replace("{", " ").split()), "")


def _last_word(text: str) -> str:
    return next(iter(reversed(text.replace("{", " ").split())), "")
