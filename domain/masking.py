"""Naming an e-mail address to its owner without telling it to anybody else."""

import unicodedata
from typing import Final

from domain.plain_text import hides, strip

DOTS: Final = "•••"
_DOMAIN_LENGTH: Final = 60
# Letters and digits. Vowel signs of some scripts are marks; so are accents that
# stand on nothing, which nobody sees.
_IN_DOMAINS: Final = frozenset({"Ll", "Lu", "Lo", "Lm", "Lt", "Nd", "Mc"})


def masked(address: str) -> str:
    """`jan@example.nl` as `j•••@example.nl`: always three dots, however long it is.

    What is no plain letter, digit or domain is dots too, so that the result has
    no markup, no line break and nothing invisible.
    """
    local_part, at, domain = strip(address).rpartition("@")
    if not at:
        return DOTS
    first = local_part[:1]
    shown = first if first.isalnum() and not hides(first) else ""
    return f"{shown}{DOTS}@{domain if _is_plain(domain) else DOTS}"


def _is_plain(domain: str) -> bool:
    if not 0 < len(domain) <= _DOMAIN_LENGTH or hides(domain):
        return False
    return all(
        character in "-." or unicodedata.category(character) in _IN_DOMAINS
        for character in domain
    )
