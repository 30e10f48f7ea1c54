"""An address is named to its owner and told to nobody else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.masking import DOTS, masked
from domain.plain_text import hides

HOSTILE = {
    "": "•••",
    "   ": "•••",
    "geen adres": "•••",
    "@": "•••@•••",
    "@example.nl": "•••@example.nl",
    "jan@": "j•••@•••",
    "j@example.nl": "j•••@example.nl",
    "jan.de.vries+werk@sub.example.nl": "j•••@sub.example.nl",
    '"jan@thuis"@example.nl': "•••@example.nl",
    "<!channel>@example.nl": "•••@example.nl",
    "jan@<https://evil.example|example.nl>": "j•••@•••",
    "jan@example.nl>\nBcc: piet@evil.example": "j•••@evil.example",
    "jan@example.nl\r\nBcc: piet": "j•••@•••",
    "\u202ejan@example.nl": "j•••@example.nl",
    "jan@exa\u200bmple.nl": "j•••@•••",
    "jan@exa\u202emple.nl": "j•••@•••",
    "jan@*example*.nl": "j•••@•••",
    "jan@exa mple.nl": "j•••@•••",
    "\u0301jan@example.nl": "•••@example.nl",
    "émile@café.example": "é•••@café.example",
    "ירון@דוגמה.example": "י•••@דוגמה.example",
    "jan@exa\u034fmple.nl": "j•••@•••",
    "\u3164jan@example.nl": "j•••@example.nl",
    "👩‍👩‍👧@example.nl": "•••@example.nl",
    f"jan@{'a' * 61}": "j•••@•••",
    " jan@example.nl ": "j•••@example.nl",
}


@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_is_masked_to_something_harmless(address):
    assert masked(address) == HOSTILE[address]


def test_the_number_of_dots_does_not_tell_how_long_a_name_is():
    assert masked("jo@example.nl") == masked("johannes.van.der.berg@example.nl")


@given(local_part=st.text(), domain=st.text())
def test_no_more_than_the_first_character_of_a_name_is_shown(local_part, domain):
    shown = masked(f"{local_part}@{domain}")
    name = shown.rpartition("@")[0]
    assert name.endswith(DOTS)
    assert len(name) <= len(DOTS) + 1


@given(st.text())
def test_nothing_masked_is_markup_or_invisible(address):
    shown = masked(address)
    assert not set("<>&*_~`|:\n\r") & set(shown)
    kinds = {unicodedata.category(character) for character in shown}
    assert not {kind for kind in kinds if kind[0] in "CZ"}
    assert not hides(shown)
