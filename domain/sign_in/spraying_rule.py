"""Whether attempts look like a few guesses at each of many names; pure, no database."""

from dataclasses import dataclass
from typing import Final

# A branch that starts with new passwords has a few dozen who mistype them.
_MANY_NAMES: Final = 50
_FEW_GUESSES_EACH: Final = 3
_MOST_FAIL: Final = 0.8


@dataclass(frozen=True)
class Attempts:
    """What was tried of late, by whomever: counts only.

    `names` are the different user names with which somebody failed and nobody got
    in; `guesses` the attempts that failed with them, `sign_ins` those that went on.
    """

    names: int
    guesses: int
    sign_ins: int
    networks: int


def is_spraying(attempts: Attempts) -> bool:
    """Many different names, few guesses at each, and hardly anybody gets in."""
    if attempts.names < _MANY_NAMES:
        return False
    has_few_each = attempts.guesses <= _FEW_GUESSES_EACH * attempts.names
    tried = attempts.guesses + attempts.sign_ins
    return has_few_each and attempts.guesses >= _MOST_FAIL * tried
