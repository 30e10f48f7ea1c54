"""Whether a message looks as if somebody put a password into it.

Pure; the message is looked at and never kept, quoted or logged. A guess: whoever is
warned in vain loses nothing, so the warning says "if".
"""

import html
import re
from typing import Final

_CHARACTERS_READ: Final = 2000
# Links, mentions and e-mail addresses as Slack marks them, and emoji by name.
_MARKUP: Final = re.compile(r"<[^<>]*>|(?<!\S):[a-z0-9_+-]+:")
# What we hand out: sixteen characters in four groups, typed over or pasted.
_INITIAL: Final = re.compile(
    r"(?<![\w-])[a-z][a-z2-9]{3}(?:[- ][a-z2-9]{4}){3}(?![\w-])", re.IGNORECASE
)
_INITIAL_UNBROKEN: Final = re.compile(
    r"(?<!\w)(?=\w*[2-9])[a-z][a-z2-9]{15}(?!\w)", re.IGNORECASE
)
_LABELLED: Final = re.compile(
    r"\b(?:wachtwoord|paswoord|passwoord|password|passwd|passcode|ww|pw|pwd)"
    r"(?P<sign>\s*[:=]\s*|\s+(?:is|was|wordt|becomes)\s*:?\s+|\s+)"
    r"(?P<quote>[\"'“”‘’`]?)(?P<value>\S{4,256})",
    re.IGNORECASE,
)
_PLAIN_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*[.,!?;:)]*")
_SAID_OF_PASSWORDS: Final = (
    "vergeten kwijt verlopen geblokkeerd onjuist verkeerd fout ongeldig reset nodig "
    "wijzigen veranderen aanvragen herstellen niet weg nieuw graag help please "
    "forgotten forgot lost expired wrong incorrect invalid locked blocked needed "
    "change none unknown onbekend"
)
_NOT_A_PASSWORD: Final = re.compile(
    r"[\d\s().,:/+-]+"  # a number, a date, a time, a telephone number
    r"|[^@\s]+@[^@\s]+\.[^@\s]+"  # an e-mail address
    r"|(?:https?://|www\.)\S+"
    r"|[a-z]{0,3}[-.]?\d+",  # a personnel number
    re.IGNORECASE,
)
_SIGNS: Final = frozenset("!@#$%^&*+=?_~|\\§€£")
_AROUND: Final = "\"'“”‘’`()[],.;:"
_SHORTEST_TOLD: Final = 4
_SHORTEST: Final = 8
_LONGEST: Final = 256


def seems_to_hold_a_password(message: str) -> bool:
    """Whether this direct message, as Slack sends it, may have a password in it."""
    text = html.unescape(_MARKUP.sub(" ", message[:_CHARACTERS_READ])).strip()
    if _INITIAL.search(text) or _INITIAL_UNBROKEN.search(text):
        return True
    if any(_is_told(found, text) for found in _LABELLED.finditer(text)):
        return True
    words = text.split()
    return any(_is_mixed(word, is_alone=len(words) == 1) for word in words)


def _is_told(found: re.Match[str], text: str) -> bool:
    """Whether what follows the word for it is a password, and no sentence about it."""
    value = found["value"].strip(_AROUND)
    if len(value) < _SHORTEST_TOLD:
        return False
    if _NOT_A_PASSWORD.fullmatch(value) and not value.isdecimal():
        return False
    if not _PLAIN_WORD.fullmatch(value):
        return any(character.isdecimal() for character in value) or _has_sign(value)
    if value.casefold() in _SAID_OF_PASSWORDS.split():
        return False
    is_last = not text[found.end() :].strip()
    is_quoted = bool(found["quote"])
    if is_quoted or any(mark in found["sign"] for mark in ":="):
        return is_last or is_quoted
    said_to_be = bool(found["sign"].strip())
    return said_to_be and is_last and value != value.lower() and not value.isupper()


def _is_mixed(word: str, *, is_alone: bool) -> bool:
    """Whether a word mixes letters, digits and signs as only passwords do."""
    bare = word.strip(_AROUND)
    if not _SHORTEST <= len(bare) <= _LONGEST or _NOT_A_PASSWORD.fullmatch(bare):
        return False
    has_digit = any(character.isdecimal() for character in bare)
    letters = [character for character in bare if character.isalpha()]
    if not has_digit or len(letters) < 3:
        return is_alone and len(letters) > 3 and _has_sign(bare.rstrip("!?"))
    return _has_sign(bare) or (is_alone and not set("-/") & set(bare))


def _has_sign(text: str) -> bool:
    return any(character in _SIGNS for character in text.rstrip("?"))
