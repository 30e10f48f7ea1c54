from hypothesis import given
from hypothesis import strategies as st

from domain.importing.addresses import find_conflicts
from domain.record_cards.fields import Reason


def test_a_free_address_is_given():
    assert find_conflicts({1: "a"}, {}) == {}


def test_ones_own_user_name_is_no_conflict():
    assert find_conflicts({1: "a"}, {"a": 1}) == {}


def test_the_address_of_somebody_who_is_not_in_the_list_is_in_use():
    assert find_conflicts({1: "b"}, {"b": 2}) == {1: Reason.ADDRESS_IN_USE}


def test_an_address_that_its_holder_leaves_is_given():
    assert find_conflicts({1: "b", 2: "c"}, {"a": 1, "b": 2}) == {}


def test_three_people_may_pass_their_addresses_around():
    wanted = {1: "b", 2: "c", 3: "a"}
    assert find_conflicts(wanted, {"a": 1, "b": 2, "c": 3}) == {}


def test_who_waits_for_somebody_that_stays_stays_too():
    wanted = {1: "b", 2: "c", 3: "d"}
    holders = {"a": 1, "b": 2, "c": 3, "d": 4}
    assert find_conflicts(wanted, holders) == dict.fromkeys(
        (1, 2, 3), Reason.ADDRESS_IN_USE
    )


def test_two_who_want_one_address_stay_and_so_does_who_wants_theirs():
    wanted = {1: "x", 2: "x", 3: "a"}
    assert find_conflicts(wanted, {"a": 1, "b": 2, "c": 3}) == {
        1: Reason.ADDRESS_SHARED,
        2: Reason.ADDRESS_SHARED,
        3: Reason.ADDRESS_IN_USE,
    }


KEYS = "abcdef"
CARDS = st.integers(1, 6)


@given(
    st.permutations(KEYS).map(lambda keys: dict(enumerate(keys, 1))),
    st.dictionaries(CARDS, st.sampled_from(KEYS + "xy")),
)
def test_what_is_given_leaves_every_user_name_with_one_login(names, wanted):
    wanted = {card: key for card, key in wanted.items() if names[card] != key}
    conflicts = find_conflicts(wanted, {key: card for card, key in names.items()})
    given_out = {card: key for card, key in wanted.items() if card not in conflicts}
    after = names | given_out
    assert len(set(after.values())) == len(after)
    # Nobody is kept waiting for an address that is free in the end.
    for card in conflicts:
        others = [key for other, key in after.items() if other != card]
        contested = list(wanted.values()).count(wanted[card]) > 1
        assert wanted[card] in others or contested
    # Importing the same list again gives nobody anything.
    again = {card: key for card, key in wanted.items() if after[card] != key}
    assert set(
        find_conflicts(again, {key: card for card, key in after.items()})
    ) == set(again)
