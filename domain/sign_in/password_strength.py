"""How hard a password is to guess, by zxcvbn, and its advice as codes."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from zxcvbn import feedback, matching, scoring, time_estimates

from domain.sign_in.common_passwords import dutch_passwords

# zxcvbn's search for signs that stand for letters grows with every kind of sign:
# 20 kinds in 64 characters take 5 seconds, 6 kinds in 40 take 20 milliseconds.
LENGTH_LOOKED_AT: Final = 40
_KINDS_OF_SIGNS: Final = 6
_SIGNS: Final = frozenset("".join(map("".join, matching.L33T_TABLE.values())))
# What `matching.omnimatch` does, but for the search that takes so long.
_WITHOUT_SIGNS: Final = (
    matching.dictionary_match,
    matching.reverse_dictionary_match,
    matching.spatial_match,
    matching.repeat_match,
    matching.sequence_match,
    matching.regex_match,
    matching.date_match,
)


class Advice(StrEnum):
    """What zxcvbn says of a password that is not strong."""

    A_FEW_WORDS = "a_few_words"
    NO_NEED_FOR_SIGNS = "no_need_for_signs"
    ANOTHER_WORD = "another_word"
    STRAIGHT_ROW_OF_KEYS = "straight_row_of_keys"
    SHORT_KEYBOARD_PATTERN = "short_keyboard_pattern"
    LONGER_KEYBOARD_PATTERN = "longer_keyboard_pattern"
    REPEATED_CHARACTER = "repeated_character"
    REPEATED_PART = "repeated_part"
    AVOID_REPEATS = "avoid_repeats"
    SEQUENCE = "sequence"
    AVOID_SEQUENCES = "avoid_sequences"
    RECENT_YEAR = "recent_year"
    AVOID_RECENT_YEARS = "avoid_recent_years"
    AVOID_OWN_YEARS = "avoid_own_years"
    DATE = "date"
    AVOID_OWN_DATES = "avoid_own_dates"
    TOP_TEN = "top_ten"
    TOP_HUNDRED = "top_hundred"
    VERY_COMMON = "very_common"
    LIKE_A_COMMON_ONE = "like_a_common_one"
    WORD_BY_ITSELF = "word_by_itself"
    NAME_BY_ITSELF = "name_by_itself"
    COMMON_NAME = "common_name"
    CAPITALS_HELP_LITTLE = "capitals_help_little"
    ALL_CAPITALS_HELP_LITTLE = "all_capitals_help_little"
    REVERSED_WORDS_HELP_LITTLE = "reversed_words_help_little"
    SIGNS_FOR_LETTERS_HELP_LITTLE = "signs_for_letters_help_little"


ADVICE_BY_TEXT: Final = {
    "Use a few words, avoid common phrases.": Advice.A_FEW_WORDS,
    "No need for symbols, digits, or uppercase letters.": Advice.NO_NEED_FOR_SIGNS,
    "Add another word or two. Uncommon words are better.": Advice.ANOTHER_WORD,
    "Straight rows of keys are easy to guess.": Advice.STRAIGHT_ROW_OF_KEYS,
    "Short keyboard patterns are easy to guess.": Advice.SHORT_KEYBOARD_PATTERN,
    "Use a longer keyboard pattern with more turns.": Advice.LONGER_KEYBOARD_PATTERN,
    'Repeats like "aaa" are easy to guess.': Advice.REPEATED_CHARACTER,
    (
        'Repeats like "abcabcabc" are only slightly harder to guess than "abc".'
    ): Advice.REPEATED_PART,
    "Avoid repeated words and characters.": Advice.AVOID_REPEATS,
    'Sequences like "abc" or "6543" are easy to guess.': Advice.SEQUENCE,
    "Avoid sequences.": Advice.AVOID_SEQUENCES,
    "Recent years are easy to guess.": Advice.RECENT_YEAR,
    "Avoid recent years.": Advice.AVOID_RECENT_YEARS,
    "Avoid years that are associated with you.": Advice.AVOID_OWN_YEARS,
    "Dates are often easy to guess.": Advice.DATE,
    "Avoid dates and years that are associated with you.": Advice.AVOID_OWN_DATES,
    "This is a top-10 common password.": Advice.TOP_TEN,
    "This is a top-100 common password.": Advice.TOP_HUNDRED,
    "This is a very common password.": Advice.VERY_COMMON,
    "This is similar to a commonly used password.": Advice.LIKE_A_COMMON_ONE,
    "A word by itself is easy to guess.": Advice.WORD_BY_ITSELF,
    "Names and surnames by themselves are easy to guess.": Advice.NAME_BY_ITSELF,
    "Common names and surnames are easy to guess.": Advice.COMMON_NAME,
    "Capitalization doesn't help very much.": Advice.CAPITALS_HELP_LITTLE,
    (
        "All-uppercase is almost as easy to guess as all-lowercase."
    ): Advice.ALL_CAPITALS_HELP_LITTLE,
    ("Reversed words aren't much harder to guess."): Advice.REVERSED_WORDS_HELP_LITTLE,
    (
        "Predictable substitutions like '@' instead of 'a' don't help very much."
    ): Advice.SIGNS_FOR_LETTERS_HELP_LITTLE,
}


@dataclass(frozen=True)
class Strength:
    """`score` is zxcvbn's, from 0 (guessed at once) to 4; advice for 0 to 2."""

    score: int
    advice: tuple[Advice, ...]


def estimate(password: str, words: Collection[str]) -> Strength:
    """How hard it is to guess for somebody who knows these words and Dutch.

    Only the first 40 characters are looked at, so a longer one may be stronger.
    """
    text = password[:LENGTH_LOOKED_AT]
    if not text:
        return Strength(0, ())
    # zxcvbn() itself would keep the words in one dictionary for every thread.
    dictionaries = _dictionaries() | {
        "user_inputs": matching.build_ranked_dict(sorted(words))
    }
    matches = _matches(text, dictionaries)
    found: dict[str, Any] = scoring.most_guessable_match_sequence(text, matches)
    score: int = time_estimates.guesses_to_score(found["guesses"])
    said = feedback.get_feedback(score, found["sequence"])
    texts = [said["warning"], *said["suggestions"]]
    advice = (ADVICE_BY_TEXT[text] for text in texts if text in ADVICE_BY_TEXT)
    return Strength(score, tuple(dict.fromkeys(advice)))


@cache
def _dictionaries() -> dict[str, dict[str, int]]:
    dutch: dict[str, int] = matching.build_ranked_dict(dutch_passwords())
    shipped: dict[str, dict[str, int]] = matching.RANKED_DICTIONARIES
    return {**shipped, "dutch": dutch}


def _matches(text: str, dictionaries: dict[str, dict[str, int]]) -> list[Any]:
    found: list[Any]
    if len(_SIGNS.intersection(text)) <= _KINDS_OF_SIGNS:
        found = matching.omnimatch(text, dictionaries)
        return found
    found = [
        match
        for matcher in _WITHOUT_SIGNS
        for match in matcher(text, _ranked_dictionaries=dictionaries)
    ]
    return sorted(found, key=lambda match: (match["i"], match["j"]))
