from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.record_cards.pairs import (
    PairReason,
    Traits,
    find_pairs,
    in_order,
    phone_digits,
)
from tests.domain.office import day

TODAY = day("2026-11-20")
BORN = day("1990-02-03")


def card(card_id, **given):
    nothing = dict.fromkeys(("birth_on", "email_key", "phone", "start_on", "end_on"))
    values = {"name": f"Persoon {card_id}", "has_login": False} | nothing | given
    return Traits(card_id=card_id, **values)


def found(*cards):
    return [
        (pair.old.card_id, pair.new.card_id, pair.reasons)
        for pair in find_pairs(cards, TODAY)
    ]


def test_same_name_and_date_of_birth_are_likely_one_person():
    one = card(1, name="Jan de Vries", birth_on=BORN)
    assert found(one, card(2, name="jan DE  vries", birth_on=BORN)) == [
        (1, 2, (PairReason.NAME_AND_BIRTH,))
    ]


def test_a_name_alone_or_a_date_of_birth_alone_says_nothing():
    one = card(1, name="Jan de Vries", birth_on=BORN)
    assert found(one, card(2, name="Jan de Vries"), card(3, birth_on=BORN)) == []


def test_a_pair_has_all_its_reasons_the_strongest_first():
    same = {
        "name": "Jan",
        "birth_on": BORN,
        "email_key": "j@example.nl",
        "phone": "0612345678",
    }
    assert found(card(1, **same), card(2, **same)) == [(1, 2, tuple(PairReason))]


def test_pairs_with_a_stronger_reason_come_first():
    cards = [
        card(1, phone="06 12345678"),
        card(2, phone="0612345678"),
        card(3, email_key="a@example.nl"),
        card(4, email_key="a@example.nl"),
        card(5, name="Jan", birth_on=BORN),
        card(6, name="Jan", birth_on=BORN),
    ]
    assert [pair[:2] for pair in found(*cards)] == [(5, 6), (3, 4), (1, 2)]


@pytest.mark.parametrize(
    "written", ["06-12345678", "06 1234 5678", "+31 6 12345678", "0031612345678"]
)
def test_phones_are_compared_by_their_digits(written):
    assert phone_digits(written) == "612345678"


@pytest.mark.parametrize("written", [None, "", "onbekend", "112", "1234"])
def test_too_few_digits_are_nobodys_phone(written):
    assert phone_digits(written) is None


def test_a_phone_of_people_born_on_different_days_is_one_at_home():
    other_day = day("1964-05-06")
    one = card(1, phone="0612345678", birth_on=BORN)
    assert found(one, card(2, phone="0612345678", birth_on=other_day)) == []
    assert found(one, card(2, phone="0612345678")) == [(1, 2, (PairReason.PHONE,))]


def test_what_many_share_is_no_sign_of_one_person():
    assert len(found(*(card(n, phone="0302345678") for n in range(4)))) == 6
    assert found(*(card(n, phone="0302345678") for n in range(5))) == []


def test_two_cards_with_a_login_each_are_kept_by_choice():
    same = {"name": "Jan", "birth_on": BORN}
    one, other = card(1, has_login=True, **same), card(2, has_login=True, **same)
    assert found(one, other) == []
    assert len(found(one, replace(other, has_login=False))) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"end_on": day("2026-10-31")}, {}),
        (
            {"end_on": day("2026-10-31"), "start_on": day("2026-01-01")},
            {"start_on": BORN},
        ),
        ({"start_on": day("2020-01-01")}, {"start_on": day("2026-01-01")}),
        ({}, {"start_on": day("2026-01-01")}),
        ({"has_login": True}, {}),
        ({"has_login": True, "start_on": day("2016-03-01")}, {}),
        ({}, {}),
    ],
)
def test_new_is_who_is_employed_and_began_last(old, new):
    ids = (2, 1) if old else (1, 2)
    first, second = card(ids[0], **old), card(ids[1], **new)
    assert in_order(first, second, TODAY) == (first, second)
    assert in_order(second, first, TODAY) == (first, second)


DRAWN = st.lists(
    st.builds(
        Traits,
        card_id=st.none(),
        name=st.sampled_from(["Jan de Vries", "jan DE vries", "Piet"]),
        birth_on=st.sampled_from([None, BORN, day("1964-05-06")]),
        email_key=st.sampled_from([None, "a@example.nl", "b@example.nl"]),
        phone=st.sampled_from([None, "06-12345678", "+31612345678", "112"]),
        start_on=st.sampled_from([None, TODAY]),
        end_on=st.sampled_from([None, day("2026-10-31")]),
        has_login=st.booleans(),
    ),
    max_size=9,
)


@given(DRAWN)
def test_no_pair_is_named_twice_or_without_a_reason(drawn):
    cards = [replace(traits, card_id=number) for number, traits in enumerate(drawn)]
    pairs = find_pairs(cards, TODAY)
    assert len({frozenset((p.old.card_id, p.new.card_id)) for p in pairs}) == len(pairs)
    for pair in pairs:
        assert pair.reasons == tuple(sorted(pair.reasons, key=list(PairReason).index))
        assert pair.reasons
        assert not (pair.old.has_login and pair.new.has_login)
    assert find_pairs(cards[::-1], TODAY) == pairs
