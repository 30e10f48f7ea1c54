"""What Typer and Pydantic say of a typing error, in Dutch and in plain English.

They say it in English only, and with no code to go by, so their sentences are
recognised; one that is not recognised stays as it is.
"""

import re
from typing import Final

from sleutelbos.wording import Language, Wording

_KNOWN: Final = (
    (
        r"No such command '(?P<name>.*)'\. Did you mean (?P<meant>.+)\?",
        Wording(
            nl="Onbekend commando '{name}': is {meant} bedoeld?",
            en="No such command '{name}': is {meant} meant?",
        ),
    ),
    (
        r"No such command '(?P<name>.*)'",
        Wording(nl="Onbekend commando '{name}'", en="No such command '{name}'"),
    ),
    (
        r"No such option: (?P<name>\S+) \(Possible options: (?P<meant>.+)\)",
        Wording(
            nl="Onbekende optie {name}: is {meant} bedoeld?",
            en="No such option {name}: is {meant} meant?",
        ),
    ),
    (
        r"No such option: (?P<name>.*)",
        Wording(nl="Onbekende optie {name}", en="No such option {name}"),
    ),
    (
        r"Missing command",
        Wording(nl="Er ontbreekt een commando", en="A command is missing"),
    ),
    (
        r"Missing argument '(?P<name>.+)'",
        Wording(nl="{name} ontbreekt", en="{name} is missing"),
    ),
    (
        r"Missing option '(?P<name>.+)'\. Choose from:\s*(?P<choices>.+)",
        Wording(
            nl="{name} ontbreekt: kies uit {choices}",
            en="{name} is missing: choose from {choices}",
        ),
    ),
    (
        r"Missing option '(?P<name>.+)'",
        Wording(nl="{name} ontbreekt", en="{name} is missing"),
    ),
    (
        (
            r"Invalid value for '(?P<name>.+?)': "
            r"(?P<value>'.*') is not one of (?P<choices>.+)"
        ),
        Wording(
            nl="{value} kan niet achter {name}: kies uit {choices}",
            en="{value} can't follow {name}: choose from {choices}",
        ),
    ),
    (
        r"Invalid value for '(?P<name>.+?)': Input should be a valid integer.*",
        Wording(
            nl="Achter {name} hoort een geheel getal",
            en="A whole number belongs after {name}",
        ),
    ),
    (
        (
            r"Invalid value for '(?P<name>.+?)': "
            r"Input should be (?P<side>less|greater) than or equal to (?P<limit>.+)"
        ),
        Wording(
            nl="Het getal achter {name} is te groot of te klein: de grens is {limit}",
            en="The number after {name} is too large or too small: the limit is "
            "{limit}",
        ),
    ),
    (
        r"Got unexpected extra argument\(s\) \((?P<value>.*)\)",
        Wording(nl="Te veel opgegeven: {value}", en="Too much was given: {value}"),
    ),
    (
        r"Option '(?P<name>.+)' requires an argument",
        Wording(nl="Achter {name} hoort een waarde", en="A value belongs after {name}"),
    ),
    (
        r"Option '(?P<name>.+)' does not take a value",
        Wording(
            nl="Achter {name} hoort geen waarde", en="No value belongs after {name}"
        ),
    ),
)


def say(problem: str, language: Language) -> str:
    """The problem in this language, without what a library says of itself."""
    plain = problem.replace("Value error, ", "", 1).rstrip(".")
    for pattern, wording in _KNOWN:
        if match := re.fullmatch(pattern, plain, re.DOTALL):
            return wording.say(language, **match.groupdict())
    return plain
