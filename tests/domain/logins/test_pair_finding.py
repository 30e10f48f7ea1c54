import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from domain.actor import OPERATOR
from domain.errors import NotPermittedError
from domain.logins.moved_fields import MovedField
from domain.record_cards.model import RecordCard
from domain.record_cards.pairs import PairReason, Traits
from domain.record_cards.pairs import find_pairs as by_rule
from tests.domain.logins.moving_data import find_pairs, move, undo
from tests.domain.office import day

BORN = day("1990-02-03")
TODAY = day("2026-11-20")


def ids(page):
    return [(pair.old.card_id, pair.new.card_id) for pair in page.pairs]


def add_pair(office, **given):
    same = {"first_name": "Jan", "prefix": "de", "last_name": "Vries", "birth_on": BORN}
    return office.add_card(**same | given), office.add_card(**same | given)


def test_a_pair_is_found_with_its_reason(office):
    one, other = add_pair(office)
    office.add_card(birth_on=BORN)
    page = find_pairs(office)
    assert (ids(page), page.count) == ([(one, other)], 1)
    assert page.pairs[0].reasons == (PairReason.NAME_AND_BIRTH,)


def test_a_prefix_in_the_last_name_is_the_same_name(office):
    one, _ = add_pair(office)
    office.change_card(
        one, prefix=None, last_name="de Vries", name_key="devries jan 00001"
    )
    assert find_pairs(office).count == 1


def test_phones_are_found_however_they_are_written(office):
    one = office.add_card(phone="+31 (0)6 12.34.56.78")
    other = office.add_card(phone="06-12345678")
    assert ids(find_pairs(office)) == [(one, other)]


def test_a_pair_across_branches_is_for_whoever_reaches_both(office):
    one, _ = add_pair(office)
    office.change_card(one, branch_id=office.amsterdam)
    assert find_pairs(office).count == 1
    assert find_pairs(office, actor=office.bram).count == 0
    assert find_pairs(office, actor=office.ursula).count == 0
    office.change_card(one, branch_id=office.utrecht)
    assert find_pairs(office, actor=office.ursula).count == 1


def test_a_pair_that_was_moved_is_proposed_no_more_until_it_is_undone(office):
    one, other = add_pair(office)
    move_id = move(office, one, other, [MovedField.PHONE])
    assert find_pairs(office).count == 0
    undo(office, move_id)
    assert find_pairs(office).count == 1


def test_pairs_come_a_page_at_a_time(office):
    for number in range(5):
        add_pair(office, last_name=f"Vries {number}")
    pages = [find_pairs(office, start=start, limit=2) for start in (0, 2, 4)]
    assert [len(page.pairs) for page in pages] == [2, 2, 1]
    assert len({pair for page in pages for pair in ids(page)}) == 5
    assert find_pairs(office, start=99, limit=2) == pages[0]


def test_only_who_may_move_is_shown_pairs(office):
    with pytest.raises(NotPermittedError):
        find_pairs(office, actor=OPERATOR)


CARDS = st.lists(
    st.fixed_dictionaries(
        {
            "first_name": st.sampled_from(["Jan", "Piet"]),
            "prefix": st.sampled_from([None, "de"]),
            "last_name": st.sampled_from(["Vries", "de Vries", "VRIES"]),
            "birth_on": st.sampled_from([None, BORN, TODAY]),
            "email": st.sampled_from([None, "a@example.nl", "A@example.nl"]),
            "phone": st.sampled_from([None, "06-12345678", "+31 612345678", "112"]),
            "end_on": st.sampled_from([None, day("2026-10-31")]),
        }
    ),
    max_size=8,
)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=CARDS)
def test_the_database_finds_what_comparing_all_with_all_finds(office, drawn):
    with office.database.transaction() as session:
        session.execute(delete(RecordCard))
        rows = [
            office.card_values(number=str(number), **card)
            for number, card in enumerate(drawn)
        ]
        if rows:
            session.execute(insert(RecordCard), rows)
    with office.database.reading() as session:
        traits = [
            Traits(
                card.id,
                card.full_name,
                card.birth_on,
                card.email_key,
                card.phone,
                card.start_on,
                card.end_on,
                has_login=False,
            )
            for card in session.query(RecordCard)
        ]
    assert list(find_pairs(office, limit=99).pairs) == by_rule(traits, TODAY)
