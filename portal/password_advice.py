"""What is wrong with a password, and what would help, in words."""

from typing import Final

from domain.sign_in.password_rules import Weakness
from domain.sign_in.password_strength import Advice
from portal.locale import msgid

WEAKNESSES: Final[dict[Weakness, str]] = {
    Weakness.TOO_SHORT: msgid("It is too short. Use at least 12 characters."),
    Weakness.TOO_LONG: msgid("It is too long. Use at most 256 characters."),
    Weakness.COMMON: msgid("It is easy to guess: many people use something like it."),
    Weakness.OWN_WORDS: msgid(
        "It is made of what belongs to you or your work, such as your name, address, "
        "branch or company. Others guess that first."
    ),
    Weakness.INITIAL: msgid(
        "It is the password that you were given. Choose one that only you know."
    ),
    Weakness.CURRENT: msgid("It is the password that you have now. Choose another."),
}
ADVICE: Final[dict[Advice, str]] = {
    Advice.A_FEW_WORDS: msgid(
        "Use a few words that do not belong together, and no well-known saying."
    ),
    Advice.NO_NEED_FOR_SIGNS: msgid(
        "Punctuation marks, digits and capitals are not needed."
    ),
    Advice.ANOTHER_WORD: msgid("Add another word or two, rather unusual ones."),
    Advice.STRAIGHT_ROW_OF_KEYS: msgid("A row of keys is easy to guess."),
    Advice.SHORT_KEYBOARD_PATTERN: msgid(
        "A short pattern on the keyboard is easy to guess."
    ),
    Advice.LONGER_KEYBOARD_PATTERN: msgid(
        "If you use a pattern on the keyboard, make it longer, with more turns."
    ),
    Advice.REPEATED_CHARACTER: msgid("The same sign many times is easy to guess."),
    Advice.REPEATED_PART: msgid(
        "The same part several times is hardly better than the part once."
    ),
    Advice.AVOID_REPEATS: msgid("Do not repeat words or signs."),
    Advice.SEQUENCE: msgid("A sequence such as abc or 6543 is easy to guess."),
    Advice.AVOID_SEQUENCES: msgid("Do not use sequences."),
    Advice.RECENT_YEAR: msgid("A recent year is easy to guess."),
    Advice.AVOID_RECENT_YEARS: msgid("Do not use recent years."),
    Advice.AVOID_OWN_YEARS: msgid("Do not use years that have to do with you."),
    Advice.DATE: msgid("A date is often easy to guess."),
    Advice.AVOID_OWN_DATES: msgid(
        "Do not use dates and years that have to do with you."
    ),
    Advice.TOP_TEN: msgid("It is one of the ten best-known passwords."),
    Advice.TOP_HUNDRED: msgid("It is one of the hundred best-known passwords."),
    Advice.VERY_COMMON: msgid("Very many people use this password."),
    Advice.LIKE_A_COMMON_ONE: msgid("It looks like a password that many people use."),
    Advice.WORD_BY_ITSELF: msgid("A single word is easy to guess."),
    Advice.NAME_BY_ITSELF: msgid("A single name is easy to guess."),
    Advice.COMMON_NAME: msgid("Common names are easy to guess."),
    Advice.CAPITALS_HELP_LITTLE: msgid("Capitals help little."),
    Advice.ALL_CAPITALS_HELP_LITTLE: msgid(
        "Only capitals is hardly better than only small letters."
    ),
    Advice.REVERSED_WORDS_HELP_LITTLE: msgid("Words written backwards help little."),
    Advice.SIGNS_FOR_LETTERS_HELP_LITTLE: msgid(
        "Signs in the place of letters, such as @ for a, help little."
    ),
}
# zxcvbn's score, 0 to 4.
STRENGTHS: Final = (
    msgid("very weak"),
    msgid("weak"),
    msgid("fair"),
    msgid("strong"),
    msgid("very strong"),
)
