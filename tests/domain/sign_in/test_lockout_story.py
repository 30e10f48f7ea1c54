"""What a lockout looks like, told from counts alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sign_in.lockout_story import (
    Likeness,
    Sign,
    Story,
    looks_like,
    signs_of_attack,
)

TYPED = Story(
    attempts=10,
    networks=1,
    names_from_networks=1,
    known_browser=False,
    seconds_between=8,
)
STORIES = st.builds(
    Story,
    attempts=st.integers(0, 500),
    networks=st.integers(0, 500),
    names_from_networks=st.integers(0, 500),
    known_browser=st.booleans(),
    seconds_between=st.integers(0, 90000),
)


def test_one_name_from_one_place_at_the_pace_of_typing_looks_like_one_person():
    assert looks_like(TYPED) is Likeness.ONE_PERSON
    assert looks_like(replace(TYPED, names_from_networks=2)) is Likeness.ONE_PERSON


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({"names_from_networks": 4}, Sign.MANY_NAMES),
        ({"networks": 4}, Sign.MANY_NETWORKS),
        ({"seconds_between": 1}, Sign.FASTER_THAN_TYPED),
    ],
)
def test_each_sign_of_an_attack_is_enough(changes, sign):
    story = replace(TYPED, **changes)
    assert signs_of_attack(story) == (sign,)
    assert looks_like(story) is Likeness.ATTACK


def test_a_known_browser_on_two_networks_looks_like_one_person():
    story = replace(TYPED, known_browser=True, networks=2, seconds_between=2)
    assert looks_like(story) is Likeness.ONE_PERSON


@pytest.mark.parametrize(
    "changes",
    [
        {"networks": 2},
        {"networks": 3},
        {"names_from_networks": 3},
        {"seconds_between": 2},
        {"attempts": 0},
        {"known_browser": True, "names_from_networks": 40},
        {"known_browser": True, "networks": 40},
        {"known_browser": True, "networks": 3},
    ],
)
def test_nothing_is_said_when_it_could_be_either(changes):
    assert looks_like(replace(TYPED, **changes)) is None


def test_two_quick_attempts_are_too_few_to_tell():
    assert looks_like(replace(TYPED, attempts=2, seconds_between=0)) is None


@given(STORIES)
def test_it_never_looks_like_one_person_with_a_sign_of_an_attack(story):
    if signs_of_attack(story):
        assert looks_like(story) is not Likeness.ONE_PERSON
    if story.known_browser:
        assert looks_like(story) is not Likeness.ATTACK
