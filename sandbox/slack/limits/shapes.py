"""Small checks that bigger ones are put together from."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing Slack would refuse: where (a JSON pointer), what, and which error."""

    pointer: str
    text: str
    code: str = "invalid_blocks"

    def __str__(self) -> str:
        return f"{self.code}: {self.text} [{self.pointer or '/'}]"


Problems = Iterable[Problem]
Check = Callable[[Any, str], Problems]


def string(most: int, least: int = 1, form: str | None = None) -> Check:
    """A string of so many characters, of this form."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, str):
            yield Problem(at, "must be a string")
        elif len(value) < least:
            yield Problem(at, f"must be more than {least - 1} characters")
        elif len(value) > most:
            yield Problem(at, f"must be less than {most + 1} characters")
        elif form and not re.search(form, value):
            yield Problem(at, f"invalid value: {value[:40]!r}")

    return check


def boolean(value: Any, at: str) -> Problems:
    """True or false, nothing like them."""
    if not isinstance(value, bool):
        yield Problem(at, "must be a boolean")


def integer(least: int, most: int) -> Check:
    """A whole number between two others."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem(at, "must be an integer")
        elif not least <= value <= most:
            yield Problem(at, f"must be between {least} and {most}")

    return check


def one_of(*allowed: str) -> Check:
    """One of these words."""

    def check(value: Any, at: str) -> Problems:
        if value not in allowed:
            yield Problem(at, f"must be one of {', '.join(allowed)}")

    return check


def anything(value: Any, at: str) -> Problems:
    """A part that is not looked into."""
    if value is None:
        yield Problem(at, "must not be null")


def list_of(check_item: Check, most: int, least: int = 1) -> Check:
    """A list of so many of these."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, list):
            yield Problem(at, "must be an array")
            return
        if len(value) > most:
            yield Problem(at, f"no more than {most} items allowed")
        if len(value) < least:
            yield Problem(at, f"must have at least {least} items")
        for index, item in enumerate(value):
            yield from check_item(item, f"{at}/{index}")

    return check


def shape(
    required: dict[str, Check], optional: dict[str, Check] | None = None
) -> Check:
    """An object with these fields and no others."""
    known = required | (optional or {})

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        for name in required:
            if name not in value:
                yield Problem(at, f"missing required field: {name}")
        for name, part in value.items():
            if name in known:
                yield from known[name](part, f"{at}/{name}")
            elif name != "type":
                yield Problem(f"{at}/{name}", f"unknown field: {name}")

    return check


def by_type(checks: dict[str, Check]) -> Check:
    """An object whose `type` says which check it must pass."""

    def check(value: Any, at: str) -> Problems:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind in checks:
            yield from checks[kind](value, at)
        else:
            yield Problem(at, f"unsupported type: {kind}")

    return check


def both(*checks: Check) -> Check:
    """Several checks of one value."""

    def check(value: Any, at: str) -> Problems:
        for each in checks:
            yield from each(value, at)

    return check
