"""What an employee may choose as a password, and what is said of it, as codes.

Two lists of codes have words on the sign-in page: `Weakness`, why a password is
refused, and `password_strength.Advice`, how it could be better. At least 12 and at
most 256 characters in any script, no rules of composition, no expiry (product; NIST
SP 800-63B, 3.1.1.2).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from domain.logins.passwords import canonical_form
from domain.secret import Secret
from domain.sign_in.common_passwords import is_common
from domain.sign_in.own_words import is_made_of
from domain.sign_in.password_strength import Advice, Strength, estimate

# Unicode code points of the canonical form, as NIST counts: one rule in every
# script, and the same in every version of Python, which grapheme clusters are not.
SHORTEST: Final = 12
LONGEST: Final = 256
# zxcvbn's 0 and 1 are less than a million guesses: patterns that guessers try first.
_TOO_EASY: Final = 1
# Of these one can type any number, also of such as nobody sees.
_FEW_DIFFERENT: Final = 4


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    OWN_WORDS = "own_words"
    INITIAL = "initial"
    CURRENT = "current"


@dataclass(frozen=True)
class Judgement:
    """What is wrong with a password, if anything, and how strong it is (0 to 4)."""

    problems: tuple[Weakness, ...]
    score: int
    advice: tuple[Advice, ...]

    @property
    def is_good(self) -> bool:
        """Whether it may be used."""
        return not self.problems

    def with_problem(self, problem: Weakness) -> "Judgement":
        """The same, and this besides."""
        return replace(self, problems=(*self.problems, problem))


def judge(password: Secret, *, words: Collection[str]) -> Judgement:
    """Judge a password of somebody to whom `words` belong (`own_words.words_of`).

    Whether it equals the present one is not asked here: of that only a hash is
    known.
    """
    text = canonical_form(password).reveal()
    if len(text) > LONGEST:
        return Judgement((Weakness.TOO_LONG,), 0, ())
    strength = estimate(text, words)
    problems = tuple(_problems(text, words, strength))
    # What is refused never looks strong, however many digits hang on it.
    score = min(strength.score, _TOO_EASY) if problems else strength.score
    return Judgement(problems, score, strength.advice)


def _problems(
    text: str, words: Collection[str], strength: Strength
) -> Iterator[Weakness]:
    if len(text) < SHORTEST:
        yield Weakness.TOO_SHORT
    if is_made_of(text, words):
        yield Weakness.OWN_WORDS
    elif is_common(text) or (len(text) >= SHORTEST and _is_easy(text, strength)):
        yield Weakness.COMMON


def _is_easy(text: str, strength: Strength) -> bool:
    """Of a long one; a short one is easy anyway, and saying so twice helps nobody."""
    return strength.score <= _TOO_EASY or len(set(text)) <= _FEW_DIFFERENT
