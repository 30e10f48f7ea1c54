"""How many attempts there are, and how long the pause after each; pure, no database.

The numbers are the product's: pauses from the third failure, doubling to 15
minutes; a network address has 60 failures or 3 lockouts an hour; the branch says
how many failures within 24 hours lock a login.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

COUNTED_FOR: Final = timedelta(hours=24)
# Names that nobody has are slowed as if they were a login of an ordinary branch.
ALLOWED_FOR_UNKNOWN_NAMES: Final = 10

NETWORK_WINDOW: Final = timedelta(hours=1)
NETWORK_FAILURES: Final = 60
NETWORK_LOCKOUTS: Final = 3

FIRST_PAUSED: Final = 3
_FIRST_PAUSE: Final = timedelta(seconds=2)
LONGEST_PAUSE: Final = timedelta(minutes=15)
# A hash takes a fraction of a second and waits two at most: who is still at it
# after a minute was killed, and counts as wrong.
IN_FLIGHT: Final = timedelta(minutes=1)


def pause_after(failures: int) -> timedelta:
    """The pause after so many failures: none, none, 2 s, 4 s, 8 s ... 15 minutes."""
    if failures < FIRST_PAUSED:
        return timedelta()
    doublings = min(failures - FIRST_PAUSED, 30)
    return min(_FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def _growing_pauses() -> Mapping[int, timedelta]:
    pauses = {}
    failures = FIRST_PAUSED
    while pause_after(failures) < LONGEST_PAUSE:
        pauses[failures] = pause_after(failures)
        failures += 1
    return MappingProxyType(pauses)


# Those shorter than the longest, which is for every failure after them.
GROWING_PAUSES: Final = _growing_pauses()


def may_reach_hash(number: int, allowed: int) -> bool:
    """Whether the attempt with this number, the first being 1, is compared at all."""
    return number <= allowed


def locks(failures: int, allowed: int) -> bool:
    """Whether so many failures within 24 hours lock the login."""
    return failures >= allowed
