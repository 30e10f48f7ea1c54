"""What a lockout looks like from its counts: one person, an attack, or unclear."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# People mistype their user name now and then, and change from Wi-Fi to mobile.
_NAMES_OF_ONE_PERSON: Final = 2
_NETWORKS_OF_ONE_PERSON: Final = 2
_NAMES_OF_AN_ATTACK: Final = 4
_NETWORKS_OF_AN_ATTACK: Final = 4
# Seconds: nobody reads a refusal and types a password in less.
_TYPED: Final = 3
_FASTER_THAN_TYPED: Final = 1
_ENOUGH_TO_TIME: Final = 3


@dataclass(frozen=True)
class Story:
    """What happened before a login was locked, in counts only.

    `names_from_networks` are the names that were tried in vain from the same
    network addresses, this one included; `seconds_between` is how fast one password
    followed another where nobody had to wait.
    """

    attempts: int
    networks: int
    names_from_networks: int
    known_browser: bool
    seconds_between: int


class Likeness(StrEnum):
    """What the counts look like; a hint for whoever decides, never a decision."""

    ONE_PERSON = "one_person"
    ATTACK = "attack"


class Sign(StrEnum):
    """What hardly one person does who has forgotten a password."""

    MANY_NAMES = "many_names"
    MANY_NETWORKS = "many_networks"
    FASTER_THAN_TYPED = "faster_than_typed"


def looks_like(story: Story) -> Likeness | None:
    """Whether it looks like one person or like an attack; None when unclear."""
    if story.attempts <= 0:
        return None
    if signs_of_attack(story):
        return None if story.known_browser else Likeness.ATTACK
    return Likeness.ONE_PERSON if _could_be_one_person(story) else None


def signs_of_attack(story: Story) -> tuple[Sign, ...]:
    """Everything in the counts that speaks of an attack."""
    is_fast = story.seconds_between <= _FASTER_THAN_TYPED
    signs = (
        (Sign.MANY_NAMES, story.names_from_networks >= _NAMES_OF_AN_ATTACK),
        (Sign.MANY_NETWORKS, story.networks >= _NETWORKS_OF_AN_ATTACK),
        (Sign.FASTER_THAN_TYPED, is_fast and story.attempts >= _ENOUGH_TO_TIME),
    )
    return tuple(sign for sign, is_seen in signs if is_seen)


def _could_be_one_person(story: Story) -> bool:
    if story.names_from_networks > _NAMES_OF_ONE_PERSON:
        return False
    if story.known_browser:
        return story.networks <= _NETWORKS_OF_ONE_PERSON
    return story.networks == 1 and story.seconds_between >= _TYPED
