"""Placeholders by name: which there are, and what is said of all others."""

import itertools
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.letters.placeholders import (
    BraceProblem,
    Placeholder,
    misspellings_in,
    nearest_name,
    placeholder_named,
    placeholders_in,
)

NAMES = {each.value for each in Placeholder} | {
    each.name.lower() for each in Placeholder
}


def wrong(text: str) -> list[tuple[BraceProblem, str, str]]:
    return [(each.kind, each.found, each.nearest) for each in misspellings_in(text)]


def test_each_placeholder_has_a_dutch_and_an_english_name():
    assert len(Placeholder) == 8
    assert placeholder_named("voornaam") is placeholder_named("first_name")
    assert placeholder_named("link") is Placeholder.LINK
    assert len(NAMES) == 15


def test_case_and_blanks_inside_the_braces_do_not_matter():
    text = "{{voornaam}} {{ VoorNaam }} {{\u00a0voornaam\u200b }} {{\tFIRST_NAME}}"
    assert placeholders_in(text) == [Placeholder.FIRST_NAME] * 4
    assert wrong(text) == []


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("voornam", "voornaam"),
        ("vornaam", "voornaam"),
        ("firstname", "first_name"),
        ("geldig tot", "geldig_tot"),
        ("geldig-tot", "geldig_tot"),
        ("wachtwoort", "wachtwoord"),
        ("Gebruikersnamen", "gebruikersnaam"),
        ("inlog pagina", "inlogpagina"),
        ("vestigingen", "vestiging"),
        ("links", "link"),
        ("7*7", ""),
        ("", ""),
    ],
)
def test_the_nearest_right_name_is_offered(typed, nearest):
    assert nearest_name(typed) == nearest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ voornam }}", (BraceProblem.UNKNOWN, "voornam", "voornaam")),
        ("{{}}", (BraceProblem.UNKNOWN, "", "")),
        ("{{ a.b }}", (BraceProblem.UNKNOWN, "a.b", "")),
        ("{{ voornaam.__class__ }}", None),
        ("{{ voornaam|upper }}", None),
        ("{{ voornaam", (BraceProblem.UNCLOSED, "voornaam", "voornaam")),
        ("{{ voornaam }", (BraceProblem.UNCLOSED, "voornaam", "voornaam")),
        ("{{ voornaam\n}}", None),
        ("voornaam }}", (BraceProblem.UNCLOSED, "voornaam", "voornaam")),
        ("{ voornaam }", (BraceProblem.UNCLOSED, "voornaam", "voornaam")),
        ("${link}", (BraceProblem.UNCLOSED, "link", "link")),
        ("{{{ voornaam }}}", None),
        ("{{ {{ voornaam }} }}", None),
    ],
)
def test_what_is_no_placeholder_is_named(text, expected):
    found = wrong(text)
    assert found
    if expected:
        assert found[0] == expected


@pytest.mark.parametrize("text", ["", "{", "}", "{ }", "{a}", "a } b", "{% if x %}"])
def test_single_braces_around_other_words_are_text(text):
    assert wrong(text) == []


def test_letters_of_other_alphabets_name_nothing():
    for name in (
        "ｖoornaam",
        "lınk",
        "paſſword",
        "lin\u212a",
        "wachtwοord",
        "ﬁrst_name",
    ):
        assert placeholder_named(name) is None


@given(st.text(max_size=30))
def test_no_other_name_resolves(name):
    resolved = placeholder_named(name)
    assert (resolved is not None) == (name.strip().lower() in NAMES) or any(
        not character.isprintable() or character.isspace() for character in name
    )


def test_no_name_that_is_nearly_right_resolves():
    for name, place in itertools.product(NAMES, range(14)):
        for letter in string.ascii_lowercase + "_.[]()":
            other = name[:place] + letter + name[place:]
            assert placeholder_named(other) is None or other in NAMES


def test_what_was_found_is_shown_on_one_short_line():
    [problem] = misspellings_in("{{ " + "x\u202e" * 500 + " }}")
    assert len(problem.found) <= 40
    assert "\u202e" not in problem.found
